package org.tollkeeper.mediation.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.mediation.delivery.FileNumbers.Numbered;

class FileNumbersTest {

    /// Files in the order in which they were written, `number` or `number=content`; without a
    /// content each has one of its own. Findings are `first-last:missing` and `number*contents`.
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        // nothing, one, a row without a gap
        "'', ''",
        "7, ''",
        "3 4 5, ''",
        // gaps between those that came, not before the first or after the last
        "1 2 5, 3-4:2",
        "0001 0003 0004 0008, 2-2:1 5-7:3",
        // late files fill them, in whatever order they come
        "1 2 5 4 3, ''",
        // equal content under one number is one file; another content is an overlap
        "1 2=a 2=a 3, ''",
        "1 2=a 2=b 3, 2*2",
        "1 2=a 2=b 2=c 5=a 5=b, 3-4:2 2*3 5*2",
        // of a quarantined file nothing was read, but it came
        "1 2=- 3, ''",
        "1 2=- 2=b 3, ''",
        // leading zeros tell the width: 99 rolls over to 00, or to 01 where there is no zero
        "97 98 99 00 01 02, ''",
        "97 98 99 01 02, ''",
        "00 01 98 99 01 02, 2-97:96 0-0:1",
        "97 98 02 03, 99-1:2",
        "097 998 999 001 003, 98-997:900 2-2:1",
        "99998 99999 00001 00002, ''",
        "99997 99999 00002, 99998-99998:1 1-1:1",
        // a file from before the roll-over comes late
        "99997 99999 00001 99998 00002, ''",
        "99998 00001 00002 99999 00003, ''",
        // a number that comes again a round later is another file
        "99999=a 00001=b 50000=c 99999=d 00001=e, 2-49999:49998 50001-99998:49998",
        // small counters without leading zeros grow; from four digits on they may roll over
        "8 9 10 11, ''",
        "98 99 100 102, 101-101:1",
        "1 8, 2-7:6",
        "9 10 1 2, 3-8:6",
        "9998 9999 1 2, ''",
    })
    void numbers_are_missing_or_double(String files, String findings) {
        assertThat(String.join(" ", found(files))).isEqualTo(findings);
    }

    private static List<String> found(String files) {
        List<Numbered> numbered = new ArrayList<>();
        for (String file : files.isEmpty() ? new String[0] : files.split(" ", -1)) {
            int equals = file.indexOf('=');
            String content = equals < 0 ? "" : file.substring(equals + 1);
            numbered.add(
                    new Numbered(
                            equals < 0 ? file : file.substring(0, equals),
                            content.equals("-")
                                    ? null
                                    : content.isEmpty()
                                            ? Integer.valueOf(1000 + numbered.size())
                                            : Integer.valueOf(content.charAt(0)),
                            "sw/" + file));
        }
        return FileNumbers.findings("sw", numbered).stream()
                .map(finding ->
                        switch (finding.kind()) {
                            case SEQUENCE_GAP ->
                                    "%s-%s:%d"
                                            .formatted(
                                                    finding.from(),
                                                    finding.to(),
                                                    finding.missingCount());
                            case SEQUENCE_OVERLAP -> finding.from() + "*" + finding.cameCount();
                            case MISSING_FILES, LOW_VOLUME, HIGH_VOLUME -> "?";
                        })
                .toList();
    }
}
