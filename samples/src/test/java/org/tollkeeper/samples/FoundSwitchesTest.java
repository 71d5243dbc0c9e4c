package org.tollkeeper.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.mediation.decoder.Formats;
import org.tollkeeper.mediation.decoder.UndecodableException;
import org.tollkeeper.model.Switch;

/// A night over the files of three real switches, which lie outside the repository in the folder
/// that `TOLLKEEPER_FOUND_DATA` names; skipped without it. The book knows every trunk they name and
/// prices every number. What comes out is held against a count by a spreadsheet's rules.
class FoundSwitchesTest {

    private static final Map<String, String> FORMATS =
            Map.of(
                    "fs-a", "freeswitch-csv",
                    "fs-b", "freeswitch-csv",
                    "ast", "asterisk-csv");

    @TempDir Path folder;

    private Path found;

    /// What a spreadsheet counts: rows, and of the answered ones how many and how many seconds.
    private record Count(long rows, long answered, long seconds) {
        Count plus(Count other) {
            return new Count(rows + other.rows, answered + other.answered, seconds + other.seconds);
        }
    }

    @BeforeEach
    void findTheFiles() {
        String place = System.getenv("TOLLKEEPER_FOUND_DATA");
        assumeTrue(place != null, "skipped: TOLLKEEPER_FOUND_DATA is not set");
        found = Path.of(place, "cdr");
        assumeTrue(Files.isDirectory(found), "skipped: " + found + " is not there");
    }

    @Test
    void every_row_of_real_switches_is_accounted_for_up_to_the_invoice() throws Exception {
        copy("freeswitch-csv/Master-a.csv", "fs-a");
        copy("freeswitch-csv/Master-b.csv", "fs-b");
        copy("freeswitch-csv/account-of-b.csv", "fs-b");
        copy("asterisk-csv/Master.csv", "ast");
        writeBook();

        Program program = new Program(folder);
        program.run(
                "nightly",
                "--book",
                folder.resolve("book").toString(),
                "--inbox",
                folder.resolve("inbox").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--through",
                "2024-06-30");

        List<CSVRecord> calls = export(program, "calls");
        List<CSVRecord> duplicates = export(program, "duplicates");
        List<CSVRecord> held =
                export(program, "suspense").stream()
                        .filter(row -> row.get("stage").equals("mediation"))
                        .toList();
        Count spreadsheet =
                count("freeswitch-csv/Master-a.csv", 5, 8, -1)
                        .plus(count("freeswitch-csv/Master-b.csv", 5, 8, -1))
                        .plus(count("asterisk-csv/Master.csv", 10, 13, 14));

        assertThat(duplicates).hasSize(12).allMatch(row -> row.get("switch").equals("fs-b"));
        assertThat(duplicates).allMatch(row -> row.get("differs").equals("false"));
        assertThat(calls.size() + held.size()).isEqualTo(spreadsheet.rows());
        // Internal extensions such as s or *97 are no numbers; such rows are held back.
        assertThat(held).allMatch(row -> row.get("reason").equals("BAD_NUMBER"));
        Set<String> heldIds =
                held.stream().map(row -> row.get("call_id")).collect(Collectors.toSet());
        Count heldTalk =
                talkOf("freeswitch-csv/Master-a.csv", 10, 5, 8, -1, heldIds)
                        .plus(talkOf("freeswitch-csv/Master-b.csv", 10, 5, 8, -1, heldIds));
        Count answered = answered(calls);
        Count heldAsterisk = heldAsterisk(held);
        assertThat(answered.plus(heldTalk).plus(heldAsterisk))
                .as("answered calls and their seconds, as a spreadsheet counts them")
                .isEqualTo(
                        new Count(
                                spreadsheet.rows(), spreadsheet.answered(), spreadsheet.seconds()));

        List<CSVRecord> index = Program.rows(folder.resolve("out/invoices/index.csv"));
        assertThat(index).isNotEmpty().allMatch(row -> row.get("kind").equals("invoice"));
        for (CSVRecord invoice : index) {
            assertThat(folder.resolve("out/invoices/" + invoice.get("number") + ".pdf"))
                    .isNotEmptyFile();
        }
    }

    private void copy(String file, String switchId) throws IOException {
        Path target = folder.resolve("inbox").resolve(switchId);
        Files.createDirectories(target);
        Files.copy(found.resolve(file), target.resolve(Path.of(file).getFileName()));
    }

    private List<CSVRecord> export(Program program, String what) throws Exception {
        Path file = folder.resolve(what + ".csv");
        program.run(
                "export",
                what,
                "--from",
                "2000-01-01",
                "--to",
                "2099-12-31",
                "--out",
                file.toString());
        return Program.rows(file);
    }

    private static Count answered(List<CSVRecord> calls) {
        List<CSVRecord> answered =
                calls.stream().filter(row -> !row.get("connect_at").isEmpty()).toList();
        long ms = answered.stream().mapToLong(row -> Long.parseLong(row.get("duration_ms"))).sum();
        return new Count(calls.size(), answered.size(), ms / 1000);
    }

    private Count count(String file, int answer, int seconds, int disposition) throws IOException {
        return talk(file, row -> true, answer, seconds, disposition);
    }

    private Count talkOf(
            String file, int id, int answer, int seconds, int disposition, Set<String> ids)
            throws IOException {
        return talk(file, row -> ids.contains(row.get(id)), answer, seconds, disposition);
    }

    /// Records of the Asterisk file are named by their number, since one unique id has several.
    private Count heldAsterisk(List<CSVRecord> held) throws IOException {
        Set<Long> numbers =
                held.stream()
                        .filter(row -> row.get("switch").equals("ast"))
                        .map(row -> Long.parseLong(row.get("record")))
                        .collect(Collectors.toSet());
        return talk(
                "asterisk-csv/Master.csv",
                row -> numbers.contains(row.getRecordNumber()),
                10,
                13,
                14);
    }

    private Count talk(
            String file,
            java.util.function.Predicate<CSVRecord> which,
            int answer,
            int seconds,
            int disposition)
            throws IOException {
        Count count = new Count(0, 0, 0);
        try (Reader reader = Files.newBufferedReader(found.resolve(file))) {
            for (CSVRecord row : CSVFormat.DEFAULT.parse(reader)) {
                boolean answered =
                        !row.get(answer).isEmpty()
                                && (disposition < 0 || row.get(disposition).equals("ANSWERED"));
                if (which.test(row)) {
                    count =
                            count.plus(
                                    new Count(
                                            1,
                                            answered ? 1 : 0,
                                            answered ? Long.parseLong(row.get(seconds)) : 0));
                }
            }
        }
        return count;
    }

    private void writeBook() throws Exception {
        Path book = folder.resolve("book");
        Files.createDirectories(book.resolve("decks"));
        Files.writeString(
                book.resolve("company.yaml"),
                """
                name: Found Voice Ltd
                address: [1 Exchange Place, London]
                country: GB
                vatId: GB999999973
                currency: GBP
                timeZone: Europe/London
                invoicePrefix: FV
                bank: {name: Bank of Examples, iban: GB33BUKB20201555555555, bic: BUKBGB22}
                email: billing@example.com
                """);
        Files.writeString(
                book.resolve("carriers.csv"),
                """
                carrier,name,address,city,postcode,country,vat_id,email,endpoint
                ALPHA,Alpha Networks Ltd,2 Exchange Place,London,EC1A,GB,GB999999973,a@example.com,
                """);
        Files.writeString(
                book.resolve("agreements.yaml"),
                """
                - id: ALPHA-1
                  carrier: ALPHA
                  from: 2010-01-01
                  currency: GBP
                  timeZone: Europe/London
                  sell: [ANY]
                  settlement: {model: sender-keeps-all}
                """);
        Files.writeString(
                book.resolve("decks.yaml"), "- {id: ANY, file: any.csv, currency: GBP}\n");
        StringBuilder deck =
                new StringBuilder(
                        "code,destination,rate,setup,minimum,increment,effective,expires,band,"
                                + "tier_from,origin,jurisdiction,status\n");
        for (int digit = 0; digit <= 9; digit++) {
            deck.append("%d,Zone %d,0.0%d00,,1,1,,,,,,,\n".formatted(digit, digit, digit + 1));
        }
        Files.writeString(book.resolve("decks/any.csv"), deck);
        StringBuilder switches = new StringBuilder();
        StringBuilder trunks =
                new StringBuilder("switch,trunk,carrier,direction,strip,add,from,to\n");
        for (String id : new TreeSet<>(FORMATS.keySet())) {
            switches.append("- {id: %s, format: %s}\n".formatted(id, FORMATS.get(id)));
            for (String trunk : ingressTrunks(id)) {
                trunks.append(
                        "%s,\"%s\",ALPHA,in,,,,\n".formatted(id, trunk.replace("\"", "\"\"")));
            }
            for (String trunk : egressTrunks(id)) {
                trunks.append(
                        "%s,\"%s\",ALPHA,out,,,,\n".formatted(id, trunk.replace("\"", "\"\"")));
            }
        }
        Files.writeString(book.resolve("switches.yaml"), switches);
        Files.writeString(book.resolve("trunks.csv"), trunks);
    }

    private Set<String> ingressTrunks(String id) throws Exception {
        return trunks(id, true);
    }

    private Set<String> egressTrunks(String id) throws Exception {
        return trunks(id, false);
    }

    private Set<String> trunks(String id, boolean ingress) throws Exception {
        Switch source =
                new Switch(
                        id,
                        FORMATS.getOrDefault(id, ""),
                        ZoneOffset.UTC,
                        "*",
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        "");
        Set<String> names = new TreeSet<>();
        try (var files = Files.list(folder.resolve("inbox").resolve(id))) {
            for (Path file : files.toList()) {
                try (InputStream content = Files.newInputStream(file)) {
                    Formats.decoderFor(source)
                            .decode(
                                    content,
                                    record ->
                                            names.add(
                                                    ingress
                                                            ? record.ingressTrunk()
                                                            : record.egressTrunk()));
                } catch (UndecodableException e) {
                    throw new AssertionError(file.toString(), e);
                }
            }
        }
        names.remove("");
        return names;
    }
}
