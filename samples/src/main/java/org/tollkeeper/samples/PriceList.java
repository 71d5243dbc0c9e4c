package org.tollkeeper.samples;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The prices of one deck file of the book, and what a call costs by them: longest code, then the
/// newest price in force.
record PriceList(List<Price> prices) {

    private static final String HEADER =
            "code,destination,rate,setup,minimum,increment,effective,expires,band,tier_from,origin,"
                    + "jurisdiction,status";

    /// A row of the file. A price without a date is in force since ever.
    record Price(
            String code,
            String destination,
            String rate,
            BigDecimal setup,
            int minimumSeconds,
            int incrementSeconds,
            LocalDate effective,
            boolean blocked) {

        long billedSeconds(long talkSeconds) {
            if (talkSeconds <= minimumSeconds) {
                return minimumSeconds;
            }
            long rest = talkSeconds - minimumSeconds;
            return minimumSeconds
                    + (rest + incrementSeconds - 1) / incrementSeconds * incrementSeconds;
        }

        /// Setup and billed minutes times rate, rounded once to six decimals.
        BigDecimal amount(long talkSeconds) {
            BigDecimal sixty = BigDecimal.valueOf(60);
            return new BigDecimal(rate)
                    .multiply(BigDecimal.valueOf(billedSeconds(talkSeconds)))
                    .add(setup.multiply(sixty))
                    .divide(sixty, 6, RoundingMode.HALF_UP);
        }
    }

    static PriceList read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (!lines.getFirst().equals(HEADER)) {
            throw new IOException(file + ": the header should be " + HEADER);
        }
        return new PriceList(lines.stream().skip(1).map(PriceList::price).toList());
    }

    /// The price of a number on a day; none where no code fits.
    Optional<Price> of(String called, LocalDate day) {
        return prices.stream()
                .filter(price -> called.startsWith(price.code) && !price.effective.isAfter(day))
                .max(
                        Comparator.comparingInt((Price price) -> price.code.length())
                                .thenComparing(Price::effective));
    }

    private static Price price(String line) {
        String[] cells = line.split(",", -1);
        return new Price(
                cells[0],
                cells[1],
                cells[2],
                cells[3].isEmpty() ? BigDecimal.ZERO : new BigDecimal(cells[3]),
                cells[4].isEmpty() ? 1 : Integer.parseInt(cells[4]),
                cells[5].isEmpty() ? 1 : Integer.parseInt(cells[5]),
                cells[6].isEmpty() ? LocalDate.MIN : LocalDate.parse(cells[6]),
                cells[12].equals("blocked"));
    }
}
