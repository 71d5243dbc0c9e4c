package org.tollkeeper.db.embedded;

import java.util.Map;
import java.util.TreeMap;

/// The settings an embedded server starts with, by name; a name and a value a line in PostgreSQL's
/// own file format.
record PostgresSettings(Map<String, String> values) {

    /// What makes a commit survive a power cut; a server without them is refused.
    static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on");

    PostgresSettings {
        values = Map.copyOf(values);
    }

    /// Bulk loads: few connections, long transactions, far apart checkpoints; durable.
    static PostgresSettings bulkLoad() {
        Map<String, String> values = new TreeMap<>(DURABLE);
        values.put("listen_addresses", "127.0.0.1");
        values.put("unix_socket_directories", "");
        values.put("password_encryption", "scram-sha-256");
        values.put("max_connections", "20");
        values.put("shared_buffers", "512MB");
        values.put("work_mem", "64MB");
        values.put("maintenance_work_mem", "256MB");
        // What a transaction writes into tables it made itself is forced to disk, not logged first.
        values.put("wal_level", "minimal");
        values.put("max_wal_senders", "0");
        values.put("max_wal_size", "4GB");
        values.put("checkpoint_timeout", "15min");
        values.put("checkpoint_completion_target", "0.9");
        values.put("jit", "off");
        values.put("autovacuum", "on");
        values.put("timezone", "UTC");
        values.put("log_timezone", "UTC");
        values.put("log_checkpoints", "off");
        values.put("log_min_messages", "warning");
        return new PostgresSettings(values);
    }

    /// The same without waiting for the disk, for data that no test needs after its end.
    static PostgresSettings disposable() {
        Map<String, String> values = new TreeMap<>(bulkLoad().values());
        DURABLE.keySet().forEach(name -> values.put(name, "off"));
        values.put("shared_buffers", "128MB");
        return new PostgresSettings(values);
    }

    boolean durable() {
        return values.entrySet().containsAll(DURABLE.entrySet());
    }

    String file(int port) {
        StringBuilder file = new StringBuilder("# Written anew at every start by Tollkeeper.\n");
        new TreeMap<>(values)
                .forEach((name, value) -> file.append("%s = '%s'\n".formatted(name, value)));
        return file.append("port = ").append(port).append('\n').toString();
    }
}
