package org.tollkeeper.rating.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.model.Digits;

/// Whatever way a number takes through the trie, it finds the longest prefix that a look at every
/// prefix finds.
class DigitTrieTest {

    @ParameterizedTest(name = "{0} has the longest prefix {1}")
    @CsvSource(
            textBlock =
                    """
                    4930123456,      4930
                    493,             49
                    49,              49
                    4,
                    4930,            4930
                    49301,           4930
                    493000000000000, 4930
                    1,               1
                    19,              1
                    100000000000000, 1
                    199999999999999, 1999999999
                    1999999999,      1999999999
                    199999999,       1
                    0,               0
                    000,             00
                    7,
                    """)
    void worked_numbers(String number, @Nullable String prefix) {
        Map<String, Integer> values = new HashMap<>();
        for (String known : List.of("49", "4930", "1", "1999999999", "0", "00")) {
            values.put(known, values.size() + 1);
        }
        check(trie(values), values, List.of(number));
        assertThat(trie(values).longestPrefixOf(Digits.of(number).packed()))
                .isEqualTo(prefix == null ? 0 : values.getOrDefault(prefix, 0));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void random_decks_and_numbers(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, Integer> values = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            values.putIfAbsent(digits(random, 1 + random.nextInt(9)), values.size() + 1);
        }
        List<String> numbers = new ArrayList<>(values.keySet());
        for (int i = 0; i < 60_000; i++) {
            numbers.add(digits(random, 1 + random.nextInt(Digits.MOST_DIGITS)));
        }
        check(trie(values), values, numbers);
    }

    /// Digits come off by multiplication with a rounded fraction: where a long number ends in zeros
    /// or nines, a part too little or too much would show.
    @Test
    void every_digit_of_a_long_number_is_exact() {
        for (String end : List.of("0", "1", "9")) {
            for (int start = 0; start < 10_000; start++) {
                String number = "%04d%s".formatted(start, end.repeat(11));
                Map<String, Integer> values = Map.of(number, 1);
                long packed = Digits.of(number).packed();
                DigitTrie trie = trie(values);
                assertThat(trie.exactly(packed)).as(number).isEqualTo(1);
                assertThat(trie.longestPrefixOf(packed)).as(number).isEqualTo(1);
            }
        }
    }

    private static String digits(RandomGenerator random, int length) {
        StringBuilder digits = new StringBuilder();
        boolean even = random.nextBoolean();
        while (digits.length() < length) {
            digits.append(even ? random.nextInt(10) : 9 * random.nextInt(2));
        }
        return digits.toString();
    }

    private static DigitTrie trie(Map<String, Integer> values) {
        DigitTrie trie = new DigitTrie();
        values.forEach(trie::put);
        return trie;
    }

    private static void check(DigitTrie trie, Map<String, Integer> values, List<String> numbers) {
        trie.finish();
        DigitTrie.Walk walk = new DigitTrie.Walk(64);
        for (int from = 0; from < numbers.size(); from += 64) {
            List<String> some = numbers.subList(from, Math.min(from + 64, numbers.size()));
            for (int lane = 0; lane < some.size(); lane++) {
                walk.packed[lane] = Digits.of(some.get(lane)).packed();
            }
            trie.walk(walk, some.size());
            for (int lane = 0; lane < some.size(); lane++) {
                String number = some.get(lane);
                int expected = longest(values, number);
                assertThat(walk.found[lane]).as(number).isEqualTo(expected);
                assertThat(trie.longestPrefixOf(walk.packed[lane])).as(number).isEqualTo(expected);
                assertThat(trie.exactly(walk.packed[lane]))
                        .as(number)
                        .isEqualTo(values.getOrDefault(number, 0));
            }
        }
    }

    private static int longest(Map<String, Integer> values, String number) {
        for (int length = number.length(); length > 0; length--) {
            Integer value = values.get(number.substring(0, length));
            if (value != null) {
                return value;
            }
        }
        return 0;
    }
}
