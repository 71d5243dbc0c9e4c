package org.tollkeeper.bench.pipeline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes decks: the same codes in each, at prices of its own, with origins, bands, tiers, prices
/// of the past and prices that change in the month.
final class DeckFiles {

    private static final String[] BLOCKS = {"1,1", "60,1", "30,6", "60,60", "1,1"};
    private static final String HEADER =
            "code,destination,rate,setup,minimum,increment,effective,expires,band,tier_from,origin,"
                    + "jurisdiction,status\n";

    private final List<String> codes;
    private final int dearer;

    /// @param dearer by how much each rate is higher, in hundred-thousandths a minute
    DeckFiles(List<String> codes, int dearer) {
        this.codes = codes;
        this.dearer = dearer;
    }

    /// @param deck the place of the deck in [Market#DECKS]
    void write(Path file, int deck) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            for (String code : codes) {
                writeCode(out, code, 20 + deck);
            }
            // Withdrawn before any call: the shorter code holds again.
            for (int i = 0; i < codes.size(); i += 100) {
                row(
                        out,
                        codes.get(i) + "901234",
                        "Withdrawn",
                        9,
                        "1,1",
                        "2023-01-01",
                        "2023-07-01",
                        "",
                        0,
                        "");
            }
        }
    }

    /// All codes of a destination cost the same, as price lists have it.
    private void writeCode(BufferedWriter out, String code, int dearness) throws IOException {
        int country = Integer.parseInt(code.substring(0, 3)) - 200;
        boolean isMobile = code.length() > 3 && code.charAt(3) >= '5';
        String destination = "Country %d%s".formatted(country, isMobile ? " Mobile" : "");
        String blocks = BLOCKS[country % BLOCKS.length];
        int rate = dearness * (10 + country * 7 % 90) + (isMobile ? 3 : 0);
        String effective = "";
        if (country % 10 < 3) {
            row(out, code, destination, rate + 3, blocks, "2023-01-01", "2024-03-01", "", 0, "");
            effective = "2024-03-01";
        } else if (country % 33 == 4) {
            row(out, code, destination, rate + 5, blocks, "2024-06-15", "", "", 0, "");
            effective = "2022-01-01";
        }
        row(out, code, destination, rate, blocks, effective, "", "", 0, "");
        if (country % 10 == 0) {
            row(out, code, destination, rate - 7, blocks, effective, "", "", 0, "NEAR");
            row(out, code, destination, rate + 90, blocks, effective, "", "", 0, "FAR");
        }
        if (country % 20 == 5) {
            row(out, code, destination, rate + 40, blocks, effective, "", "peak", 0, "");
        }
        if (country == 77) {
            row(out, code, destination, rate - 20, blocks, effective, "", "", 1_000, "");
            row(out, code, destination, rate - 40, blocks, effective, "", "", 20_000, "");
        }
    }

    /// @param plainRate before it grew dearer, in hundred-thousandths a minute
    private void row(
            BufferedWriter out,
            String code,
            String destination,
            int plainRate,
            String blocks,
            String effective,
            String expires,
            String band,
            int tierFrom,
            String origin)
            throws IOException {
        int rate = plainRate + dearer;
        String fraction = String.valueOf(100_000 + rate % 100_000).substring(1);
        out.write(
                "%s,%s,%d.%s,,%s,%s,%s,%s,%s,%s,,\n"
                        .formatted(
                                code,
                                destination,
                                rate / 100_000,
                                fraction,
                                blocks,
                                effective,
                                expires,
                                band,
                                tierFrom == 0 ? "" : String.valueOf(tierFrom),
                                origin));
    }
}
