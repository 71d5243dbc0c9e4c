package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `./tollkeeper` as a user starts it, in a process of its own, watched from outside.
final class Program {

    /// How long a command may have ended unnoticed.
    private static final long WAIT_MS = 50;

    /// Often enough to see a peak, seldom enough to cost the program nothing: telling how much
    /// memory is resident walks through all of it.
    private static final int WAITS_A_LOOK = 20;

    private final Path root;
    private final Path work;
    private final Path home;
    private final @Nullable Server server;
    private String options = "";

    /// A command that came to its end.
    ///
    /// @param firstOutputMs from the start to the first byte on standard output or error
    /// @param residentPeakBytes of the JVM and, if it is watched, of PostgreSQL
    /// @param threadMs CPU time by what its threads do
    /// @param output what it said on standard output and error
    record Ended(
            long wallMs,
            long firstOutputMs,
            long residentPeakBytes,
            Map<String, Long> threadMs,
            String output) {

        /// A number of the answer in JSON.
        long number(String member) {
            Matcher found = member(member, "(\\d+)").matcher(output);
            if (!found.find()) {
                throw new IllegalStateException("no number '%s' in: %s".formatted(member, output));
            }
            return Long.parseLong(found.group(1));
        }

        /// Whether the answer in JSON has a member of this value.
        boolean says(String member, String value) {
            return member(member, value + "\\b").matcher(output).find();
        }

        private static Pattern member(String name, String value) {
            return Pattern.compile("\"" + name + "\"\\s*:\\s*" + value);
        }
    }

    /// @param server whose memory is watched too; null = the program starts its own
    Program(Path root, Path work, Path home, @Nullable Server server) {
        this.root = root;
        this.work = work;
        this.home = home;
        this.server = server;
    }

    /// Starts the program with further options of the JVM from now on.
    void setOptions(String options) {
        this.options = options;
    }

    /// Where the last command's collector has left its log.
    Path heapLog() {
        return work.resolve("heap.log");
    }

    /// Runs a command on the home folder.
    ///
    /// @throws IllegalStateException when it ends otherwise than with 0
    Ended run(String... arguments) throws IOException, InterruptedException {
        Files.deleteIfExists(heapLog());
        List<String> command = new ArrayList<>();
        command.add(root.resolve("tollkeeper").toString());
        command.addAll(List.of(arguments));
        command.add("--home");
        command.add(home.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .merge(
                        "TOLLKEEPER_JAVA_OPTS",
                        "-Dtollkeeper.now=2024-07-01T06:00:00Z -Xlog:gc,gc+heap+exit:file="
                                + heapLog()
                                + " "
                                + options,
                        (old, more) -> old + " " + more);
        Path log = work.resolve("night.log");
        long begun = System.nanoTime();
        Process process = builder.start();
        CompletableFuture<Long> first =
                CompletableFuture.supplyAsync(() -> copy(process.getInputStream(), log));
        ThreadTimes threads = new ThreadTimes();
        long peak = 0;
        try {
            for (int i = 1; !process.waitFor(WAIT_MS, TimeUnit.MILLISECONDS); i++) {
                if (i % WAITS_A_LOOK == 0) {
                    peak = Math.max(peak, residentBytes(process));
                    threads.look(process.pid());
                }
            }
        } finally {
            process.destroy();
        }
        long wallMs = (System.nanoTime() - begun) / 1_000_000;
        long firstOutputMs = (first.join() - begun) / 1_000_000;
        String output = Files.readString(log);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "%s ended with %d; %s ends:%n%s"
                            .formatted(
                                    String.join(" ", command),
                                    process.exitValue(),
                                    log,
                                    lastLines(output)));
        }
        return new Ended(wallMs, firstOutputMs, peak, threads.workMs(), output);
    }

    /// Keeps what a process says, and tells when the first of it came.
    private static long copy(InputStream from, Path log) {
        try (from;
                OutputStream out = Files.newOutputStream(log)) {
            int first = from.read();
            long came = System.nanoTime();
            if (first >= 0) {
                out.write(first);
                from.transferTo(out);
            }
            return came;
        } catch (IOException e) {
            throw new IllegalStateException("what the program said is lost: " + e, e);
        }
    }

    private long residentBytes(Process process) {
        long resident = Processes.residentBytes(process.pid());
        if (server != null) {
            resident += Processes.residentBytes(server.pid());
            for (long child : Processes.children(server.pid())) {
                resident += Processes.residentBytes(child);
            }
        }
        return resident;
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
