package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.rating.kernel.CallColumns;
import org.tollkeeper.rating.kernel.ChargeColumns;
import org.tollkeeper.rating.kernel.RatingKernel;

/// A carrier's real list of eighteen thousand codes and look-ups in it, read where
/// `TOLLKEEPER_FOUND_DATA` says they lie; skipped where they are not at hand.
class GenuineDeckTest {

    private static final Instant CONNECT = Instant.parse("2024-03-05T10:00:00Z");

    @Test
    void a_real_list_gives_the_known_prices() throws IOException {
        Path folder = folder().resolve("decks");
        Path list = folder.resolve("carrier_a_az_expected.csv.gz");
        Path lookUps = folder.resolve("golden_lookups_carrier_a.csv");
        assumeTrue(
                Files.exists(list) && Files.exists(lookUps),
                () -> "skipped: no files in " + folder);
        Book book = book(rows(list));
        Rater rater = new Rater(book);
        RatingKernel kernel =
                new RatingKernel(
                        new RatingKernel.Shared(book, rater, new TieredDestinations(rater)),
                        "ACME",
                        Side.SELL,
                        "");
        List<String> lines = Files.readAllLines(lookUps, StandardCharsets.UTF_8);
        for (String line : lines.subList(1, lines.size())) {
            String[] known = line.split(",", -1);
            assertThat(priced(rater, known)).as(line).isEqualTo(expected(known));
            assertThat(pricedByKernel(kernel, known)).as(line).isEqualTo(expected(known));
        }
    }

    private static String expected(String[] known) {
        return known[2].isEmpty()
                ? SuspenseReason.NO_RATE.label()
                : known[2] + " " + known[6] + " " + known[7];
    }

    private static String priced(Rater rater, String[] known) {
        CallSide call =
                new CallSide(
                        Side.SELL,
                        "ACME",
                        "",
                        Digits.NONE,
                        Digits.of(known[0]),
                        Digits.NONE,
                        CONNECT,
                        Long.parseLong(known[1]) * 1000);
        return switch (rater.rate(call, 0)) {
            case Suspended(SuspenseReason reason) -> reason.label();
            case Charge charge -> text(charge.firstRow(), charge.billedSeconds(), charge.amount());
        };
    }

    private static String pricedByKernel(RatingKernel kernel, String[] known) {
        CallColumns calls = new CallColumns(1);
        ChargeColumns charges = new ChargeColumns(1);
        calls.add(
                CONNECT.toEpochMilli(),
                Integer.parseInt(known[1]) * 1000,
                0,
                Digits.of(known[0]).packed(),
                0);
        kernel.rate(calls, charges);
        return charges.status[0] == SuspenseReason.NO_RATE.code()
                ? SuspenseReason.NO_RATE.label()
                : text(
                        kernel.row(charges.agreement[0], charges.row[0]),
                        charges.billedSeconds[0],
                        BigDecimal.valueOf(charges.chargeNanos[0], 9));
    }

    private static String text(DeckRow row, int billedSeconds, BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return row.code()
                + " "
                + billedSeconds
                + " "
                + (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
    }

    private static Book book(List<DeckRow> rows) {
        return BookText.of(
                List.of(BookText.agreement("A", Map.of("sell", "A"))),
                List.of(new Deck("A", "a.csv", Currency.getInstance("USD"), List.of(), Set.of())),
                rows,
                Map.of(),
                Map.of());
    }

    private static List<DeckRow> rows(Path list) throws IOException {
        List<DeckRow> rows = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(list)),
                                StandardCharsets.UTF_8))) {
            lines.readLine();
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] f = line.replaceAll("\"[^\"]*\"", "quoted").split(",", -1);
                rows.add(
                        BookText.row(
                                rows.size() + 1,
                                "A,%s,%s,%s,,%s,%s,%s"
                                        .formatted(
                                                f[0],
                                                f[1],
                                                f[2],
                                                f[4],
                                                f[5],
                                                f[6].substring(0, 10))));
            }
        }
        return rows;
    }

    private static Path folder() {
        @Nullable String property = System.getProperty("TOLLKEEPER_FOUND_DATA");
        @Nullable String named =
                property != null ? property : System.getenv("TOLLKEEPER_FOUND_DATA");
        if (named != null) {
            return Path.of(named);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        return root.resolve("../shared/data/found").normalize();
    }
}
