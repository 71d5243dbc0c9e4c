package org.tollkeeper.bench.pipeline;

/// What a piece of work cost.
///
/// @param cpuMs of the Java program, all threads
/// @param serverCpuMs of PostgreSQL, all its processes
/// @param walBytes written ahead
public record Work(long wallMs, long cpuMs, long serverCpuMs, long walBytes) {

    /// Of which only the time is known.
    static Work wall(long ms) {
        return new Work(ms, 0, 0, 0);
    }
}
