package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/// Where a night's Java code spends its time: samples of its threads by the Flight Recorder, by the
/// part of the program and by the innermost method of ours. What the collector, the compilers and
/// native code (zlib) do is not among them.
public final class Profile {

    private static final int SHOWN_METHODS = 15;

    /// What is behind the name of the class that a lambda is in.
    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*");

    private static final String OURS = "org.tollkeeper.";
    private static final List<String> SHARED = List.of("db", "model", "app");

    private final Map<String, Integer> parts = new HashMap<>();
    private final Map<String, Integer> methods = new HashMap<>();
    private int sampleCount;

    private Profile() {}

    /// The option that records a night into a file.
    static String option(Path recording) {
        return "-XX:StartFlightRecording=settings=profile,filename=" + recording;
    }

    static Profile read(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    profile.add(event.getStackTrace());
                }
            }
        }
        return profile;
    }

    private void add(RecordedStackTrace stack) {
        if (stack == null) {
            return;
        }
        sampleCount++;
        String part = "";
        String method = "";
        for (RecordedFrame frame : stack.getFrames()) {
            String type = LAMBDA.matcher(frame.getMethod().getType().getName()).replaceFirst("");
            if (type.startsWith("net.sf.jasperreports.") || type.startsWith("com.lowagie.")) {
                part = "JasperReports";
            }
            if (type.startsWith(OURS)) {
                String inside = type.substring(OURS.length());
                String module = inside.substring(0, Math.max(0, inside.indexOf('.')));
                if (method.isEmpty()) {
                    method =
                            type.substring(type.lastIndexOf('.') + 1)
                                    + "."
                                    + frame.getMethod().getName();
                }
                if (part.isEmpty() || (SHARED.contains(part) && !SHARED.contains(module))) {
                    part = module;
                }
            }
        }
        parts.merge(part.isEmpty() ? "start and libraries" : part, 1, Integer::sum);
        if (!method.isEmpty()) {
            methods.merge(method, 1, Integer::sum);
        }
    }

    /// As tables for people, in Markdown.
    public List<String> tables() {
        List<String> lines = new ArrayList<>();
        lines.add("| part of the program | share of its samples |");
        lines.add("|---|---:|");
        add(lines, parts, parts.size());
        lines.add("");
        lines.add("| innermost method of ours | share |");
        lines.add("|---|---:|");
        add(lines, methods, SHOWN_METHODS);
        return lines;
    }

    private void add(List<String> lines, Map<String, Integer> counts, int shown) {
        counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(shown)
                .forEach(each ->
                        lines.add(
                                "| %s | %d.%d %% |"
                                        .formatted(
                                                each.getKey(),
                                                each.getValue() * 100 / sampleCount,
                                                each.getValue() * 1000 / sampleCount % 10)));
    }
}
