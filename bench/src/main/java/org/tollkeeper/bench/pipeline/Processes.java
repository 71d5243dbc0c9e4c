package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What Linux tells about processes under `/proc`.
final class Processes {

    /// A clock tick of `/proc/*/stat`: 100 a second on every Linux that runs Java.
    static final long MS_PER_TICK = 10;

    private Processes() {}

    /// CPU time of a server: of its own, of its children alive and of those it has waited for.
    static long cpuMsOfServer(long pid) {
        long[] own = ticks(pid);
        long ticks = own[0] + own[1] + own[2] + own[3];
        for (long child : children(pid)) {
            long[] of = ticks(child);
            ticks += of[0] + of[1];
        }
        return ticks * MS_PER_TICK;
    }

    /// CPU time of the children that this process has waited for.
    static long cpuMsOfEndedChildren() {
        long[] own = ticks(ProcessHandle.current().pid());
        return (own[2] + own[3]) * MS_PER_TICK;
    }

    /// Proportional set size of a process: what it shares is shared out among the sharers.
    static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * 1024;
        } catch (IOException | RuntimeException e) {
            return 0; // it has ended
        }
    }

    static List<Long> children(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
    }

    /// User and system time, and the same of children waited for.
    private static long[] ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long[] ticks = new long[4];
            for (int i = 0; i < 4; i++) {
                ticks[i] = Long.parseLong(fields[11 + i]);
            }
            return ticks;
        } catch (IOException e) {
            return new long[4]; // it has ended
        }
    }
}
