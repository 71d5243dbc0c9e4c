package org.tollkeeper.mediation.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.DeliveryFinding.Kind;

/// The numbers that a switch gives its files, as one line across roll-overs, and what is missing or
/// double in it.
///
/// A counter rolls over at the power of ten that its digits allow: `99999` is followed by `00000`,
/// or by `00001` where zero is never used. Files need to be only roughly in the order in which they
/// were written: from the highest tenth of the numbers to the lowest the counter rolled over, from
/// the lowest to the highest a file came late. Counters of few digits without leading zeros are
/// taken to grow.
public final class FileNumbers {

    /// Digits from which on a counter may roll over: with leading zeros, and without.
    private static final int LEAST_PADDED_WIDTH = 2;

    private static final int LEAST_WIDTH = 4;
    private static final int TEN = 10;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /// A file that has a number.
    ///
    /// @param digits the number as it stands, at most 18 digits
    /// @param content equal for files of equal content; null = nothing of it was read
    /// @param path below the inbox
    public record Numbered(String digits, @Nullable Integer content, String path) {

        /// Whether a text can be a number of a file.
        public static boolean isNumber(String digits) {
            return NUMBER.matcher(digits).matches();
        }

        long number() {
            return Long.parseLong(digits);
        }
    }

    private final String switchId;
    private final long modulus;
    private final boolean hasZero;
    private final NavigableMap<Long, TreeMap<Integer, String>> came = new TreeMap<>();

    private FileNumbers(String switchId, long modulus, boolean hasZero) {
        this.switchId = switchId;
        this.modulus = modulus;
        this.hasZero = hasZero;
    }

    /// What is missing or double, by number.
    ///
    /// @param files roughly in the order in which they were written
    public static List<DeliveryFinding> findings(String switchId, List<Numbered> files) {
        int width = files.stream().mapToInt(file -> file.digits().length()).max().orElse(1);
        boolean padded =
                files.stream().anyMatch(f -> f.digits().length() > 1 && f.digits().startsWith("0"));
        boolean rolls = width >= (padded ? LEAST_PADDED_WIDTH : LEAST_WIDTH);
        FileNumbers numbers =
                new FileNumbers(
                        switchId,
                        rolls ? powerOfTen(width) : Long.MAX_VALUE,
                        files.stream().anyMatch(file -> file.number() == 0));
        numbers.add(files);
        List<DeliveryFinding> findings = new ArrayList<>(numbers.gaps());
        findings.addAll(numbers.overlaps());
        return findings;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= TEN;
        }
        return power;
    }

    private void add(List<Numbered> files) {
        long cycle = 0;
        long last = -1;
        for (Numbered file : files) {
            long number = file.number();
            if (last >= modulus - modulus / TEN && number < modulus / TEN) {
                cycle++;
            } else if (cycle > 0 && last < modulus / TEN && number >= modulus - modulus / TEN) {
                cycle--;
            }
            last = number;
            long place = cycle == 0 ? number : cycle * modulus + number;
            Map<Integer, String> contents = came.computeIfAbsent(place, _ -> new TreeMap<>());
            if (file.content() != null) {
                contents.putIfAbsent(file.content(), file.path());
            }
        }
    }

    private List<DeliveryFinding> gaps() {
        List<DeliveryFinding> gaps = new ArrayList<>();
        if (came.isEmpty()) {
            return gaps;
        }
        long expected = came.firstKey();
        for (long place : came.keySet()) {
            long first = isUnused(expected) ? expected + 1 : expected;
            long last = isUnused(place - 1) ? place - 2 : place - 1;
            if (first <= last) {
                gaps.add(
                        new DeliveryFinding(
                                switchId,
                                Kind.SEQUENCE_GAP,
                                Long.toString(first % modulus),
                                Long.toString(last % modulus),
                                last - first + 1 - unusedBetween(first, last),
                                0,
                                ""));
            }
            expected = place + 1;
        }
        return gaps;
    }

    /// Whether it is the zero after a roll-over of a counter that begins with one.
    private boolean isUnused(long place) {
        return !hasZero && place > 0 && place % modulus == 0;
    }

    private long unusedBetween(long first, long last) {
        return hasZero ? 0 : last / modulus - (first - 1) / modulus;
    }

    private List<DeliveryFinding> overlaps() {
        List<DeliveryFinding> overlaps = new ArrayList<>();
        came.forEach((place, contents) -> {
            if (contents.size() > 1) {
                String number = Long.toString(place % modulus);
                overlaps.add(
                        new DeliveryFinding(
                                switchId,
                                Kind.SEQUENCE_OVERLAP,
                                number,
                                number,
                                1,
                                contents.size(),
                                String.join(" ", new TreeSet<>(contents.values()))));
            }
        });
        return overlaps;
    }
}
