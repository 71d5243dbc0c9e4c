package org.tollkeeper.mediation.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A row of canonical CSV in a test: an answered call of a minute unless told otherwise.
public final class Cdr {

    static final List<String> COLUMNS =
            List.of(
                    "call_id",
                    "leg_id",
                    "record_type",
                    "ingress_trunk",
                    "egress_trunk",
                    "calling",
                    "called",
                    "setup_at",
                    "connect_at",
                    "release_at",
                    "duration_ms",
                    "cause",
                    "sip_code",
                    "pdd_ms",
                    "mos",
                    "codec",
                    "attestation",
                    "sequence",
                    "final");

    private final Map<String, String> fields = new LinkedHashMap<>();

    private Cdr() {
        COLUMNS.forEach(column -> fields.put(column, ""));
        set("ingress_trunk", "IN").set("egress_trunk", "OUT");
        set("calling", "+4930123456").set("called", "+442079460000");
        set("setup_at", "2024-06-01T10:00:00Z").set("connect_at", "2024-06-01T10:00:05Z");
        set("release_at", "2024-06-01T10:01:05Z").set("cause", "16");
    }

    public static Cdr call(String callId) {
        return new Cdr().set("call_id", callId);
    }

    /// A part of half an hour; the parts of a call follow each other.
    public static Cdr part(String callId, int sequence, boolean isFinal) {
        return call(callId)
                .set("record_type", "interim")
                .set("sequence", Integer.toString(sequence))
                .set("final", isFinal ? "true" : "")
                .set("connect_at", halfHour(sequence - 1))
                .set("release_at", halfHour(sequence))
                .set("duration_ms", "1800000")
                .set("cause", isFinal ? "16" : "")
                .set("mos", "4." + sequence);
    }

    private static String halfHour(int count) {
        return Instant.parse("2024-06-01T10:00:05Z").plusSeconds(1800L * count).toString();
    }

    public Cdr set(String column, String value) {
        if (!COLUMNS.contains(column)) {
            throw new IllegalArgumentException("no column " + column);
        }
        fields.put(column, value);
        return this;
    }

    @Override
    public String toString() {
        return fields.values().stream()
                .map(text ->
                        text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    public static String file(Object... rows) {
        return file(List.of(rows));
    }

    static String file(List<?> rows) {
        return rows.stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n", String.join(",", COLUMNS) + "\n", "\n"));
    }
}
