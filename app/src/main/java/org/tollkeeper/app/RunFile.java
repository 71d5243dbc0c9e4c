package org.tollkeeper.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.ControlTotals;
import org.tollkeeper.app.store.DocumentTotal;
import org.tollkeeper.app.store.OpenSuspense;
import org.tollkeeper.app.store.PastRun;
import org.tollkeeper.app.store.PickupState;
import org.tollkeeper.app.store.SwitchFiles;
import org.tollkeeper.app.store.Totals;
import org.tollkeeper.app.store.TrafficTotal;
import org.tollkeeper.app.terminal.Json;
import org.tollkeeper.db.Database;
import org.tollkeeper.invoicing.out.OutFolder;
import org.tollkeeper.model.DeliveryFinding;

/// `run.json`: the state through a date, the run that last changed it, and the digest of every
/// other file in the output folder.
///
/// It is a function of the database, the date and those files alone, so a run that changes nothing
/// leaves it as it is, to the byte.
final class RunFile {

    private static final String NAME = "run.json";

    private RunFile() {}

    /// Writes the file unless it says the same already.
    ///
    /// @param deliveries what is wrong with what switches delivered
    /// @param out the output folder, with everything else in it
    static void write(
            Database database, LocalDate through, List<DeliveryFinding> deliveries, Path out)
            throws IOException {
        byte[] text =
                Json.write(values(database, through, deliveries, out))
                        .getBytes(StandardCharsets.UTF_8);
        Path file = out.resolve(NAME);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), text)) {
            return;
        }
        Path part = out.resolve(NAME + ".part");
        Files.write(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, @Nullable Object> values(
            Database database, LocalDate through, List<DeliveryFinding> deliveries, Path out)
            throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("through", through);
        values.put("lastChangedBy", run(PastRun.lastToPublish(database)));
        List<PickupState> pickups = PickupState.of(database);
        if (!pickups.isEmpty()) {
            values.put("pickups", StatusPage.pickupValues(pickups));
        }
        values.put("files", StatusPage.fileValues(SwitchFiles.of(database)));
        values.put("totals", Totals.ofFiles(database).values());
        values.put("suspense", StatusPage.suspenseValues(OpenSuspense.of(database)));
        values.putAll(DeliveryWords.values(deliveries));
        values.put("charges", TrafficTotal.of(database).stream().map(RunFile::traffic).toList());
        values.put(
                "documents", DocumentTotal.of(database).stream().map(RunFile::documents).toList());
        values.put("controlTotals", controlTotals(ControlTotals.of(database)));
        values.put("digests", digests(out));
        return values;
    }

    private static @Nullable Map<String, Object> run(@Nullable PastRun run) {
        if (run == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", run.id());
        values.put("command", run.command());
        values.put("startedAt", run.startedAt());
        values.put("seconds", StatusPage.seconds(run.elapsedMillis()));
        values.put("totals", run.totals().values());
        return values;
    }

    private static Map<String, Object> traffic(TrafficTotal total) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("side", total.side().label());
        values.put("currency", total.currency());
        values.put("calls", total.callCount());
        values.put("actualSeconds", total.actualSeconds());
        values.put("billedSeconds", total.billedSeconds());
        values.put("amount", total.amount());
        return values;
    }

    private static Map<String, Object> documents(DocumentTotal total) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", total.kind());
        values.put("status", total.status());
        values.put("currency", total.currency());
        values.put("documents", total.documentCount());
        values.put("net", total.net());
        values.put("tax", total.tax());
        values.put("gross", total.gross());
        return values;
    }

    private static List<Map<String, Object>> controlTotals(List<ControlTotals> totals) {
        return totals.stream()
                .map(total -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    values.put("what", total.what());
                    values.put("handedOver", total.handedOver());
                    values.put("takenOver", total.takenOver());
                    values.put("agree", total.agree());
                    return values;
                })
                .toList();
    }

    /// SHA-256 of every file below `out` but this one, by path.
    private static Map<String, String> digests(Path out) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(out)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String path = out.relativize(file).toString().replace('\\', '/');
            if (!path.equals(NAME) && !path.endsWith(".part")) {
                digests.put(path, OutFolder.sha256(file));
            }
        }
        return digests;
    }
}
