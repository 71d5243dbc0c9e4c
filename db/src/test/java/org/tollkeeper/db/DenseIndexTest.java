package org.tollkeeper.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseIndexTest {

    @Test
    void keys_are_numbered_as_they_come() {
        DenseIndex index = new DenseIndex();
        assertThat(index.find(0)).isNegative();
        assertThat(index.of(0)).isZero();
        assertThat(index.of(-1)).isEqualTo(1);
        assertThat(index.of(0)).isZero();
        assertThat(index.of(Long.MIN_VALUE)).isEqualTo(2);
        assertThat(index.find(-1)).isEqualTo(1);
        assertThat(index.find(1)).isNegative();
        assertThat(index.count()).isEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void many_keys_have_the_numbers_a_map_gives_them_until_they_are_forgotten(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        DenseIndex index = new DenseIndex();
        Map<Long, Integer> map = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(9_000) == 0) {
                index.clear();
                map.clear();
            }
            long key = random.nextLong(-2_500, 2_500) * (random.nextBoolean() ? 1 : 1 << 7);
            assertThat(index.find(key)).isEqualTo(map.getOrDefault(key, -1));
            int number = map.computeIfAbsent(key, any -> map.size());
            assertThat(index.of(key)).isEqualTo(number);
        }
        assertThat(index.count()).isEqualTo(map.size());
    }
}
