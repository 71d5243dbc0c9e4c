package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The CPU time of a Java program's threads, by what they do. What a thread does between the last
/// look at it and its end is missed.
final class ThreadTimes {

    /// Linux keeps the first 15 bytes of a thread's name.
    private static final Map<String, String> WORK =
            Map.of(
                    "java", "main: decides, prices, makes rows",
                    "C1 CompilerThre", "JIT compilers",
                    "C2 CompilerThre", "JIT compilers",
                    "VM Thread", "garbage collection",
                    "decode", "decoding of files",
                    "archive", "archive of files",
                    "copy", "rows to PostgreSQL",
                    "compress", "compression of call detail",
                    "count", "counting of reports",
                    "ForkJoinPool.co", "printing beside main");

    private final Map<Long, Long> ticks = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    /// Looks at the threads of a process.
    void look(long pid) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            tasks.forEach(this::look);
        } catch (IOException | UncheckedIOException e) {
            // the process has ended
        }
    }

    private void look(Path task) {
        String stat;
        try {
            stat = Files.readString(task.resolve("stat"));
        } catch (IOException e) {
            return; // the thread has ended: what was seen of it last counts
        }
        int end = stat.lastIndexOf(')');
        String[] fields = stat.substring(end + 2).split(" ", -1);
        long thread = Long.parseLong(task.getFileName().toString());
        names.put(thread, stat.substring(stat.indexOf('(') + 1, end));
        ticks.put(thread, Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }

    /// Milliseconds by what was done.
    Map<String, Long> workMs() {
        Map<String, Long> work = new TreeMap<>();
        ticks.forEach((thread, count) ->
                work.merge(
                        WORK.getOrDefault(names.get(thread), "other threads"),
                        count * Processes.MS_PER_TICK,
                        Long::sum));
        return work;
    }

    /// The works that any of some nights did, the most costly first.
    static List<String> works(List<Map<String, Long>> nights) {
        Map<String, Long> sums = new HashMap<>();
        nights.forEach(night -> night.forEach((work, ms) -> sums.merge(work, ms, Long::sum)));
        return sums.keySet().stream()
                .sorted((a, b) -> Long.compare(sums.getOrDefault(b, 0L), sums.getOrDefault(a, 0L)))
                .toList();
    }
}
