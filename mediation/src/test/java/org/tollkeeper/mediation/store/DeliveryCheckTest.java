package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.mediation.decoder.SampleFile;
import org.tollkeeper.mediation.decoder.SampleFiles;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.TrunkDirection;

class DeliveryCheckTest {

    /// 1 July 2024, 00:00 where the switch is.
    private static final String END = "2024-06-30T22:00:00Z";

    private static final Switch SWITCH =
            new Switch(
                    "sw",
                    "canonical-csv",
                    ZoneId.of("Europe/Berlin"),
                    "*",
                    "-n([0-9]+)",
                    "44",
                    "0",
                    "00",
                    List.of(),
                    "");

    @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void open() throws SQLException {
        bench =
                new Bench(
                        folder,
                        TestBook.of(
                                SWITCH,
                                TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                                TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT)));
        try (Connection connection = bench.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "update switch_version set expected_files = 1, expected_minutes = 1440,"
                            + " expected_days = 127, expected_stamp = '^([0-9]{8})',"
                            + " expected_stamp_is_end = false");
            connection.commit();
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> found() throws SQLException {
        try (Connection connection = bench.database.connect()) {
            return DeliveryCheck.findings(connection, Instant.parse(END)).stream()
                    .map(finding ->
                            "%s %s %s %d/%d %s"
                                    .formatted(
                                            finding.kind().label(),
                                            finding.from(),
                                            finding.to(),
                                            finding.cameCount(),
                                            finding.expectedCount(),
                                            finding.detail())
                                    .strip())
                    .toList();
        }
    }

    @Test
    void files_are_checked_by_number_and_by_calendar() throws Exception {
        bench.file("sw/20240626-n07.csv", Cdr.file(Cdr.call("a")));
        bench.file("sw/20240627-n08.csv", Cdr.file(Cdr.call("b")));
        bench.file("sw/20240628-n10.csv", "no header");
        bench.file("sw/20240630-n11.csv", Cdr.file(Cdr.call("c")));
        bench.file("sw/20240630-n11x.csv", Cdr.file(Cdr.call("d")));
        // known content under other names: its numbers came, but no file of the day did
        bench.file("sw/20240629-n13.csv", Cdr.file(Cdr.call("a")));
        var _ = bench.mediate();
        assertThat(found())
                .containsExactly(
                        "sequence-gap 9 9 0/1",
                        "sequence-gap 12 12 0/1",
                        "sequence-overlap 11 11 2/1 sw/20240630-n11.csv sw/20240630-n11x.csv",
                        "missing-files 2024-06-29 2024-06-29 0/1");
        bench.file("sw/20240629-n09.csv", Cdr.file(Cdr.call("e")));
        bench.file("sw/20240629-n12.csv", Cdr.file(Cdr.call("f")));
        var _ = bench.mediate();
        assertThat(found())
                .containsExactly(
                        "sequence-overlap 11 11 2/1 sw/20240630-n11.csv sw/20240630-n11x.csv");
    }

    /// TAP files bear their numbers inside; those of the other switch have them in their names.
    @Test
    void each_switch_has_numbers_of_its_own() throws Exception {
        bench.store(
                new TestBook(
                        List.of(SWITCH, TestBook.source("tap", "tap3", "UTC", "")),
                        List.of(),
                        Set.of()));
        SampleFile tap = sample("tap3");
        for (int number : List.of(3, 4, 7)) {
            bench.file("tap/" + number, tap.file(tap.story(10 + number), number));
            bench.file("sw/x-n%02d.csv".formatted(number - 2), Cdr.file(Cdr.call("x" + number)));
        }
        assertThat(bench.mediate().quarantined()).isEmpty();
        assertThat(found()).containsExactly("sequence-gap 3 4 0/2", "sequence-gap 5 6 0/2");
    }

    private static SampleFile sample(String name) {
        return SampleFiles.all().stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void volume_counts_the_calls_that_stand() throws Exception {
        LocalDate sunday = LocalDate.parse("2024-06-30");
        for (int week = 1; week <= 4; week++) {
            file("w" + week, sunday.minusWeeks(week), 100);
        }
        file("w0", sunday, 49);
        var _ = bench.mediate();
        assertThat(found()).contains("low-volume 2024-06-30T10:00:00Z 2024-06-30T11:00:00Z 49/100");
        file("w0b", sunday, 1);
        var _ = bench.mediate();
        assertThat(found()).noneMatch(finding -> finding.startsWith("low"));
        try (Connection connection = bench.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into tombstone select slice, 1, from_publication from slice_life"
                            + " order by slice desc limit 1");
            connection.commit();
        }
        assertThat(found()).contains("low-volume 2024-06-30T10:00:00Z 2024-06-30T11:00:00Z 49/100");
    }

    private void file(String name, LocalDate day, int count) throws IOException {
        List<Object> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(
                    Cdr.call(name + "-" + i)
                            .set("setup_at", day + "T10:59:59.999Z")
                            .set("connect_at", day + "T11:00:05Z")
                            .set("release_at", day + "T11:01:05Z"));
        }
        bench.file("sw/" + name + ".csv", Cdr.file(calls.toArray()));
    }
}
