package org.tollkeeper.invoicing.report;

import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.print.TablesSheet;
import org.tollkeeper.model.DeliveryFinding;

/// Files that never came or came twice, and hours with far fewer or far more calls than usual.
public final class CompletenessReport {

    private static final int PRINTED_DETAIL = 120;

    private CompletenessReport() {}

    public static Report of(List<DeliveryFinding> findings) {
        CsvText csv =
                new CsvText(
                        List.of("switch", "finding", "from", "to", "expected", "came", "detail"));
        List<List<String>> printed = new ArrayList<>();
        for (DeliveryFinding finding : findings) {
            csv.row(
                    List.of(
                            finding.switchId(),
                            finding.kind().label(),
                            finding.from(),
                            finding.to(),
                            Long.toString(finding.expectedCount()),
                            Long.toString(finding.cameCount()),
                            finding.detail()));
            printed.add(
                    List.of(
                            finding.switchId() + ", " + words(finding),
                            span(finding),
                            Printed.count(finding.expectedCount()),
                            Printed.count(finding.cameCount())));
        }
        return new Report(
                "completeness",
                csv,
                new TablesSheet.Table(
                        "Completeness",
                        "What switches did not deliver, or delivered twice, by file number and by"
                                + " the calendar of the book; hours of the last week, in UTC, with"
                                + " less than half or more than twice the calls of the four weeks"
                                + " before.",
                        List.of("SWITCH AND FINDING", "WHERE", "EXPECTED", "CAME"),
                        printed,
                        List.of()));
    }

    private static String words(DeliveryFinding finding) {
        String words =
                switch (finding.kind()) {
                    case SEQUENCE_GAP -> "numbers that never came";
                    case SEQUENCE_OVERLAP -> "one number, several contents";
                    case MISSING_FILES -> "files missing";
                    case LOW_VOLUME -> "few calls";
                    case HIGH_VOLUME -> "many calls";
                };
        String detail = finding.detail();
        if (detail.isEmpty()) {
            return words;
        }
        String shown =
                detail.length() > PRINTED_DETAIL
                        ? detail.substring(0, PRINTED_DETAIL) + "…"
                        : detail;
        return finding.kind() == DeliveryFinding.Kind.SEQUENCE_OVERLAP
                ? words + "\n" + shown.replace(' ', '\n')
                : words + ": " + shown;
    }

    private static String span(DeliveryFinding finding) {
        return finding.from().equals(finding.to())
                ? finding.from()
                : finding.from() + " to " + finding.to();
    }
}
