package org.tollkeeper.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// The program as a user runs it: a process of its own with a home folder of its own, on the
/// morning of 1 July 2024.
record Program(Path home) {

    private static final String NOW = "2024-07-01T03:00:00Z";

    /// Runs a command to its end and gives what it printed; fails unless it exits with 0.
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dtollkeeper.now=" + NOW);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("org.tollkeeper.app.Tollkeeper");
        command.addAll(List.of(arguments));
        command.add("--home");
        command.add(home.resolve("home").toString());
        Path out = home.resolve("stdout");
        Path err = home.resolve("stderr");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new AssertionError(
                    "exit %d of %s:%n%s%n%s"
                            .formatted(
                                    exit,
                                    List.of(arguments),
                                    Files.readString(out),
                                    Files.readString(err)));
        }
        return Files.readString(out);
    }

    /// Exports all there is, and gives the file.
    Path export(String what) throws IOException, InterruptedException {
        Path file = home.resolve(what + ".csv");
        run("export", what, "--from", "2024-05-01", "--to", "2024-07-31", "--out", file.toString());
        return file;
    }

    /// The rows of a CSV file with a header.
    static List<CSVRecord> rows(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(Files.readString(file), format)) {
            return parser.getRecords();
        }
    }
}
