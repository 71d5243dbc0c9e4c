package org.tollkeeper.samples;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// The sample `dispute-rerun`: a carrier moved to a new tech prefix, the book had it wrong for
/// three days, the month was invoiced, and the carrier disputes it.
///
/// Both books are written by hand. From a fixed seed come the CDR files of March 2024 and what they
/// are worth under either book. To make them again:
///
/// ```
/// java samples/src/main/java/org/tollkeeper/samples/DisputeRerun.java
/// ```
public final class DisputeRerun {

    private static final long SEED = 20240304L;
    private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2024, 3, 10);
    private static final LocalDate MOVED = LocalDate.of(2024, 3, 4);
    private static final LocalDate NOTICED = LocalDate.of(2024, 3, 7);
    private static final int CALLS_A_DAY = 90;
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    private static final String HEADER =
            "call_id,leg_id,record_type,ingress_trunk,egress_trunk,calling,called,setup_at,"
                    + "connect_at,release_at,duration_ms,cause,sip_code,pdd_ms,mos,codec,"
                    + "attestation,sequence,final\n";

    /// What we charge Neptun and what Tasman charges us, as the decks have it.
    private static final Map<String, Price> SELL =
            Map.of(
                    "33", new Price("France", "0.0062"),
                    "44", new Price("United Kingdom", "0.0041"),
                    "84", new Price("Vietnam", "0.0740"));

    private static final Map<String, Price> BUY =
            Map.of(
                    "33", new Price("France", "0.0045"),
                    "44", new Price("United Kingdom", "0.0029"));

    private final SortedMap<String, String> files = new TreeMap<>();
    private final SortedMap<String, Sums> sums = new TreeMap<>();
    private int callCount;
    private int misreadCount;

    private record Price(String destination, String ratePerMinute) {

        BigDecimal amount(int seconds) {
            return new BigDecimal(ratePerMinute)
                    .multiply(BigDecimal.valueOf(seconds))
                    .divide(SECONDS_PER_MINUTE, 6, RoundingMode.HALF_UP);
        }
    }

    /// What a side and destination comes to under the book as it was and as it was mended.
    private static final class Sums {
        private int callsBefore;
        private int callsAfter;
        private BigDecimal before = BigDecimal.ZERO.setScale(6);
        private BigDecimal after = BigDecimal.ZERO.setScale(6);
    }

    private DisputeRerun() {
        Random random = new Random(SEED);
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            StringBuilder file = new StringBuilder(HEADER);
            for (int second : seconds(random)) {
                file.append(call(day, second, random));
            }
            files.put(
                    "inbox/ams1/ams1-%s.csv".formatted(day.toString().replace("-", "")),
                    file.toString());
        }
    }

    /// Writes what the sample holds besides its books.
    ///
    /// @param args the sample's folder; by default the repository's, from its root
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "samples/dispute-rerun");
        for (Map.Entry<String, String> text : texts(folder).entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    /// The text of every file that is made, by its path below the sample's folder.
    ///
    /// @param folder where the page is whose tables are filled in
    public static SortedMap<String, String> texts(Path folder) throws IOException {
        DisputeRerun story = new DisputeRerun();
        SortedMap<String, String> texts = new TreeMap<>(story.files);
        texts.put("expected/charges.csv", story.charges());
        texts.put("expected/corrections.csv", story.corrections());
        String page = Files.readString(folder.resolve("README.md"));
        page = filled(page, "counts", story.counts());
        page = filled(page, "charges", table(story.charges()));
        page = filled(page, "corrections", table(story.corrections()));
        texts.put("README.md", page);
        return texts;
    }

    private static List<Integer> seconds(Random random) {
        List<Integer> seconds = new ArrayList<>();
        for (int i = 0; i < CALLS_A_DAY; i++) {
            seconds.add(random.nextInt(86_000));
        }
        seconds.sort(null);
        return seconds;
    }

    private String call(LocalDate day, int secondOfDay, Random random) {
        callCount++;
        String country = random.nextInt(3) == 0 ? "33" : "44";
        String number =
                country
                        + (country.equals("33") ? "199" : "2079")
                        + (100_000 + random.nextInt(900_000));
        int seconds = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(600);
        Instant setup = day.atTime(LocalTime.ofSecondOfDay(secondOfDay)).toInstant(ZoneOffset.UTC);
        Instant connect = setup.plusSeconds(3 + random.nextInt(20));
        boolean isMoved = !day.isBefore(MOVED);
        boolean isMisread = isMoved && day.isBefore(NOTICED);
        misreadCount += isMisread ? 1 : 0;
        if (seconds > 0) {
            charge("buy", BUY, country, isMisread, seconds);
            charge("sell", SELL, country, isMisread, seconds);
        }
        return String.join(
                        ",",
                        "q%06d".formatted(callCount),
                        "",
                        "",
                        "neptun-ams",
                        "tasman-ams",
                        "+3852" + (1_000_000 + random.nextInt(9_000_000)),
                        (isMoved ? "2288" : "1188") + number,
                        setup.toString(),
                        seconds == 0 ? "" : connect.toString(),
                        seconds == 0 ? "" : connect.plusSeconds(seconds).toString(),
                        seconds == 0 ? "" : seconds + "000",
                        seconds == 0 ? "19" : "16",
                        seconds == 0 ? "480" : "200",
                        String.valueOf(900 + random.nextInt(900)),
                        seconds == 0 ? "" : "4." + random.nextInt(5),
                        "PCMA",
                        "",
                        "",
                        "")
                + "\n";
    }

    /// With `228` taken off instead of `2288`, an 8 stays before the number.
    private void charge(
            String side,
            Map<String, Price> prices,
            String country,
            boolean isMisread,
            int seconds) {
        Price right = Objects.requireNonNull(prices.get(country));
        Sums after = sums(side, right.destination());
        after.callsAfter++;
        after.after = after.after.add(right.amount(seconds));
        Price taken = isMisread ? prices.get("8" + country.charAt(0)) : right;
        if (taken != null) {
            Sums before = sums(side, taken.destination());
            before.callsBefore++;
            before.before = before.before.add(taken.amount(seconds));
        }
    }

    private Sums sums(String side, String destination) {
        return sums.computeIfAbsent(side + "," + destination, any -> new Sums());
    }

    private String counts() {
        return "%d calls in ten days, %d of them read with the wrong prefix.%n"
                .formatted(callCount, misreadCount);
    }

    private String charges() {
        StringBuilder csv =
                new StringBuilder(
                        "side,destination,calls_before,calls_after,amount_before,amount_after,"
                                + "difference\n");
        sums.forEach((key, sum) ->
                csv.append(
                        "%s,%d,%d,%s,%s,%s%n"
                                .formatted(
                                        key,
                                        sum.callsBefore,
                                        sum.callsAfter,
                                        sum.before,
                                        sum.after,
                                        sum.after.subtract(sum.before))));
        return csv.toString();
    }

    /// The lines of the invoice that was sent, numbered by destination, and what they should say.
    private String corrections() {
        StringBuilder csv = new StringBuilder("document,line,destination,from,to,difference\n");
        int line = 0;
        for (Map.Entry<String, Sums> sum : sums.entrySet()) {
            if (!sum.getKey().startsWith("sell,")) {
                continue;
            }
            line += sum.getValue().callsBefore == 0 ? 0 : 1;
            BigDecimal from = cents(sum.getValue().before);
            BigDecimal to = cents(sum.getValue().after);
            if (from.compareTo(to) != 0) {
                csv.append(
                        "QW-2024-000001,%d,%s,%s,%s,%s%n"
                                .formatted(
                                        sum.getValue().callsBefore == 0 ? 0 : line,
                                        sum.getKey().substring("sell,".length()),
                                        from,
                                        to,
                                        to.subtract(from)));
            }
        }
        return csv.toString();
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private static String table(String csv) {
        StringBuilder table = new StringBuilder();
        for (String line : csv.lines().toList()) {
            table.append("| ").append(line.replace("_", " ").replace(",", " | ")).append(" |\n");
            if (table.indexOf("\n") == table.length() - 1) {
                table.append("|---".repeat(line.split(",", -1).length)).append("|\n");
            }
        }
        return table.toString();
    }

    /// The page with what stands between `<!-- name -->` and `<!-- end -->` made anew.
    private static String filled(String page, String name, String text) {
        String begin = "<!-- " + name + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        return page.substring(0, from) + text + page.substring(page.indexOf("<!-- end -->", from));
    }
}
