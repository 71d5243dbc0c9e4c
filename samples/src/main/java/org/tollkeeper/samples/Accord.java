package org.tollkeeper.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// An agreement of the book, as far as the sample's own arithmetic needs it.
record Accord(
        String id,
        Party party,
        Model model,
        int dueDays,
        boolean netting,
        ZoneId zone,
        LocalDate from,
        PriceList sell,
        PriceList buy) {

    /// Who pays for what.
    enum Model {
        SENDER_KEEPS_ALL,
        BILL_AND_KEEP,
        IMBALANCE
    }

    static List<Accord> all(Path book) throws IOException {
        ZoneId utc = ZoneId.of("UTC");
        LocalDate january = LocalDate.of(2024, 1, 1);
        LocalDate june = LocalDate.of(2024, 6, 1);
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        return List.of(
                of(book, Party.BRASA, Model.BILL_AND_KEEP, 30, false, utc, january),
                of(book, Party.GANGES, Model.SENDER_KEEPS_ALL, 30, true, utc, january),
                of(book, Party.HANSE, Model.IMBALANCE, 15, false, berlin, june));
    }

    private static Accord of(
            Path book,
            Party party,
            Model model,
            int dueDays,
            boolean netting,
            ZoneId zone,
            LocalDate from)
            throws IOException {
        Path decks = book.resolve("decks");
        String file = party.carrier().toLowerCase(Locale.ROOT);
        return new Accord(
                party.carrier() + "-2024",
                party,
                model,
                dueDays,
                netting,
                zone,
                from,
                PriceList.read(decks.resolve(file + "-sell.csv")),
                PriceList.read(decks.resolve(file + "-buy.csv")));
    }

    LocalDate dayOfAnswer(Call call) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(call.answerSecond()), zone);
    }
}
