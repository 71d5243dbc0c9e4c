package org.tollkeeper.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.app.terminal.TextTable;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.DeliveryFinding.Kind;

/// What is wrong with what switches delivered, for programs and for people.
final class DeliveryWords {

    private static final int SHOWN_COUNT = 20;
    private static final int SHOWN_DETAIL = 60;

    private DeliveryWords() {}

    /// The findings as programs read them: gaps as they ever were, the others beside them.
    static Map<String, Object> values(List<DeliveryFinding> findings) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "sequenceGaps",
                findings.stream()
                        .filter(finding -> finding.kind() == Kind.SEQUENCE_GAP)
                        .map(DeliveryWords::gap)
                        .toList());
        values.put(
                "deliveries",
                findings.stream()
                        .filter(finding -> finding.kind() != Kind.SEQUENCE_GAP)
                        .map(DeliveryWords::finding)
                        .toList());
        return values;
    }

    private static Map<String, Object> gap(DeliveryFinding gap) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("switch", gap.switchId());
        values.put("first", Long.valueOf(gap.from()));
        values.put("last", Long.valueOf(gap.to()));
        values.put("missing", gap.missingCount());
        return values;
    }

    private static Map<String, Object> finding(DeliveryFinding finding) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("switch", finding.switchId());
        values.put("finding", finding.kind().label());
        values.put("from", finding.from());
        values.put("to", finding.to());
        values.put("expected", finding.expectedCount());
        values.put("came", finding.cameCount());
        values.put("detail", finding.detail());
        return values;
    }

    /// The findings as people read them; nothing where there are none.
    static List<String> lines(List<DeliveryFinding> findings) {
        List<String> lines = new ArrayList<>();
        if (findings.isEmpty()) {
            return lines;
        }
        lines.add("");
        lines.add("Deliveries");
        TextTable table = new TextTable("llll");
        findings.stream()
                .limit(SHOWN_COUNT)
                .forEach(each -> table.row(each.switchId(), words(each), span(each), counts(each)));
        lines.addAll(table.lines("  "));
        if (findings.size() > SHOWN_COUNT) {
            lines.add(
                    "  and %,d more; all are in reports/completeness.csv of a night"
                            .formatted(findings.size() - SHOWN_COUNT));
        }
        return lines;
    }

    private static String words(DeliveryFinding finding) {
        return switch (finding.kind()) {
            case SEQUENCE_GAP -> "gap in the numbers";
            case SEQUENCE_OVERLAP -> "one number, several contents";
            case MISSING_FILES -> "files missing";
            case LOW_VOLUME -> "few calls";
            case HIGH_VOLUME -> "many calls";
        };
    }

    private static String span(DeliveryFinding finding) {
        String from = moment(finding.from());
        String to = moment(finding.to());
        return from.equals(to) ? from : from + " to " + to;
    }

    /// Instants are whole hours.
    private static String moment(String text) {
        return text.replace('T', ' ').replace(":00Z", " UTC");
    }

    private static String counts(DeliveryFinding finding) {
        String detail = finding.detail();
        String shown =
                detail.length() > SHOWN_DETAIL ? detail.substring(0, SHOWN_DETAIL) + "…" : detail;
        return switch (finding.kind()) {
            case SEQUENCE_GAP -> "%,d missing".formatted(finding.missingCount());
            case SEQUENCE_OVERLAP -> "%,d: %s".formatted(finding.cameCount(), shown);
            case MISSING_FILES ->
                    "%,d of %,d came%s"
                            .formatted(
                                    finding.cameCount(),
                                    finding.expectedCount(),
                                    shown.isEmpty() ? "" : ", not " + shown);
            case LOW_VOLUME, HIGH_VOLUME ->
                    "%,d, usually %,d".formatted(finding.cameCount(), finding.expectedCount());
        };
    }
}
