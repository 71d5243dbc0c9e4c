package org.tollkeeper.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The program as a user starts it, on a home folder of its own.
///
/// @param database a JDBC URL, or null for the embedded database of the home folder
record Program(Path home, @Nullable String database, Map<String, String> environment) {

    /// Long after every call of the tests, so that the hour at which they run does not matter.
    static final String NOW = "2024-07-01T06:00:00Z";

    private static final int LIMIT_SECONDS = 180;

    static Program in(Path home) {
        return new Program(home, null, Map.of());
    }

    /// What a command left behind.
    record Outcome(int exitCode, String out, String err) {}

    /// Runs a command to its end: in this process, which is warm, unless it needs an environment.
    Outcome run(Object... arguments) throws IOException, InterruptedException {
        if (!environment.isEmpty()) {
            return start(arguments).end();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Tollkeeper.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        System.setProperty("tollkeeper.now", NOW);
        try {
            int exitCode = commandLine.execute(words(arguments).toArray(String[]::new));
            return new Outcome(exitCode, out.toString(), err.toString());
        } finally {
            System.clearProperty("tollkeeper.now");
        }
    }

    private List<String> words(Object... arguments) {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        words.addAll(List.of("--home", home.toString()));
        if (database != null) {
            words.addAll(List.of("--database", database));
        }
        return words;
    }

    /// Starts a command in a process of its own.
    Started start(Object... arguments) throws IOException {
        Path out = Files.createTempFile("tollkeeper-", ".out");
        Path err = Files.createTempFile("tollkeeper-", ".err");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx512m",
                                "-Dtollkeeper.now=" + NOW,
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                Objects.requireNonNullElse(
                                        System.getProperty("surefire.test.class.path"),
                                        System.getProperty("java.class.path")),
                                Tollkeeper.class.getName()));
        command.addAll(words(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    /// A command that may still be at work.
    record Started(Process process, Path out, Path err) {

        Outcome end() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("no end within " + LIMIT_SECONDS + " s: " + read(err));
            }
            Outcome outcome = new Outcome(process.exitValue(), read(out), read(err));
            Files.delete(out);
            Files.delete(err);
            return outcome;
        }

        private static String read(Path file) throws IOException {
            return Files.readString(file);
        }
    }
}
