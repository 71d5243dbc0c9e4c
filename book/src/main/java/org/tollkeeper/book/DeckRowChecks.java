package org.tollkeeper.book;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.book.DeckPage.Line;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Jurisdiction;

/// What the rows of a deck owe each other: one price at a time, and tiers that fit together.
///
/// @param lines the sound rows, in the order of the file
record DeckRowChecks(Findings findings, CsvPage page, List<Line> lines) {

    void check() {
        Map<Group, List<Line>> groups = new LinkedHashMap<>();
        for (Line line : lines) {
            groups.computeIfAbsent(Group.of(line.row()), group -> new ArrayList<>(1)).add(line);
        }
        for (List<Line> group : groups.values()) {
            if (group.size() > 1) {
                checkOnePrice(group);
                checkTerms(group);
            }
        }
        checkFirstTiers();
    }

    /// Rows that differ in tier and validity only.
    private record Group(
            String code, String band, String origin, @Nullable Jurisdiction jurisdiction) {

        private static Group of(DeckRow row) {
            return new Group(row.code(), row.band(), row.origin(), row.jurisdiction());
        }
    }

    // Of two rows the later effective one holds; with the same one nothing decides. As every row
    // expires after it becomes effective, two with the same one overlap.
    private void checkOnePrice(List<Line> group) {
        record Start(BigDecimal tier, @Nullable LocalDateTime effective) {}
        Map<Start, Line> seen = new HashMap<>();
        for (Line line : group) {
            DeckRow row = line.row();
            BigDecimal tier = row.tierFromMinutes().stripTrailingZeros();
            @Nullable Line first = seen.putIfAbsent(new Start(tier, row.effective()), line);
            if (first != null) {
                findings.error(
                        page.place(line.position(), "effective"),
                        "a second row for code %s %s".formatted(row.code(), since(row)),
                        "one row with the same band, tier, origin, jurisdiction and effective time;"
                                + " the other is in line "
                                + page.place(first.position(), "code").line(),
                        "remove one, or let one become effective later");
            }
        }
    }

    private static String since(DeckRow row) {
        return row.effective() == null ? "since ever" : "effective " + row.effective();
    }

    private void checkTerms(List<Line> group) {
        for (int later = 1; later < group.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                Line a = group.get(earlier);
                Line b = group.get(later);
                if (differInTier(a.row(), b.row())
                        && !sameTerms(a.row(), b.row())
                        && holdTogether(a.row(), b.row(), group)) {
                    findings.error(
                            page.place(b.position(), "tier_from"),
                            "other setup, minimum or increment for code %s from tier %s on"
                                    .formatted(
                                            b.row().code(),
                                            b.row().tierFromMinutes().toPlainString()),
                            "those of the tier in line " + page.place(a.position(), "code").line(),
                            "give all tiers of a price the same");
                    return;
                }
            }
        }
    }

    private static boolean differInTier(DeckRow a, DeckRow b) {
        return !a.blocked()
                && !b.blocked()
                && a.tierFromMinutes().compareTo(b.tierFromMinutes()) != 0;
    }

    private static boolean sameTerms(DeckRow a, DeckRow b) {
        return a.setup().compareTo(b.setup()) == 0
                && a.minimumSeconds() == b.minimumSeconds()
                && a.incrementSeconds() == b.incrementSeconds();
    }

    private static boolean holdTogether(DeckRow a, DeckRow b, List<Line> group) {
        return isBefore(a.effective(), heldUntil(b, group))
                && isBefore(b.effective(), heldUntil(a, group));
    }

    private static boolean isBefore(@Nullable LocalDateTime from, @Nullable LocalDateTime end) {
        return from == null || end == null || from.isBefore(end);
    }

    /// When a row expires or a later one of its tier takes its place; null = never.
    private static @Nullable LocalDateTime heldUntil(DeckRow row, List<Line> group) {
        @Nullable LocalDateTime end = row.expires();
        for (Line line : group) {
            DeckRow other = line.row();
            @Nullable LocalDateTime begin = other.effective();
            boolean replaces =
                    begin != null
                            && other.tierFromMinutes().compareTo(row.tierFromMinutes()) == 0
                            && (row.effective() == null || begin.isAfter(row.effective()));
            if (replaces && isBefore(begin, end)) {
                end = begin;
            }
        }
        return end;
    }

    private void checkFirstTiers() {
        Set<String> withFirst = new HashSet<>();
        Map<String, Line> withTiers = new LinkedHashMap<>();
        for (Line line : lines) {
            DeckRow row = line.row();
            if (row.tierFromMinutes().signum() == 0) {
                withFirst.add(row.destination());
            } else {
                withTiers.putIfAbsent(row.destination(), line);
            }
        }
        withTiers.forEach((destination, line) -> {
            if (!withFirst.contains(destination)) {
                findings.error(
                        page.place(line.position(), "tier_from"),
                        "tiers of %s without a first one".formatted(Field.quoted(destination)),
                        "a row of the destination with tier_from 0",
                        "add the price of the first minute");
            }
        });
    }
}
