package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tollkeeper.model.Digests;

/// What the program gives away, as text that two runs can be compared by.
final class Exports {

    private static final List<String> NAMES =
            List.of("calls", "charges", "suspense", "duplicates", "statements");

    private Exports() {}

    /// Every export over all days.
    static Map<String, String> of(Program program, Path folder) throws Exception {
        Map<String, String> exports = new TreeMap<>();
        for (String name : NAMES) {
            Path file = folder.resolve(name + ".csv");
            Program.Outcome outcome =
                    program.run(
                            "export",
                            name,
                            "--from",
                            "1999-01-01",
                            "--to",
                            "2100-12-31",
                            "--out",
                            file);
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            exports.put(name, Files.readString(file));
        }
        return exports;
    }

    /// The CSV files below an output folder, by their path.
    static Map<String, String> tablesBelow(Path out) throws IOException {
        Map<String, String> tables = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                tables.put(out.relativize(file).toString(), Files.readString(file));
            }
        }
        return tables;
    }

    /// The files below a folder, in the byte order of their paths.
    static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// Every file below a folder: its time of change and its bytes.
    static Map<String, String> fingerprintsBelow(Path folder) throws IOException {
        Map<String, String> prints = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                prints.put(
                        folder.relativize(file).toString(),
                        Files.getLastModifiedTime(file)
                                + " "
                                + HexFormat.of()
                                        .formatHex(
                                                Digests.sha256().digest(Files.readAllBytes(file))));
            }
        }
        return prints;
    }
}
