package org.tollkeeper.db.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A server process as its data folder's `postmaster.pid` describes it; the file outlives a server
/// that was killed, and its process number may belong to somebody else by now.
record Postmaster(long pid, int port, Path data) {

    /// Whether the process lives and is, as far as the system tells, PostgreSQL on that folder.
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> isPostgresOnData(process.info()))
                .orElse(false);
    }

    private boolean isPostgresOnData(ProcessHandle.Info process) {
        String program = process.command().orElse("postgres");
        List<String> arguments = process.arguments().map(Arrays::asList).orElse(List.of());
        return Path.of(program).endsWith("postgres")
                && (arguments.isEmpty() || arguments.contains(data.toString()));
    }
}
