package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.tollkeeper.book.BookFolder;
import org.tollkeeper.book.BookReading;
import org.tollkeeper.model.Book;

/// The book of the benchmark: 5 switches, some carriers with an agreement each, four decks of many
/// codes with origins, bands, tiers and history ([DeckFiles]).
///
/// A code's digits are the country's (three, from 200 on), and up to five more. Countries differ in
/// what their prices depend on, so that every rule is met and most calls stay ordinary ones.
final class Market {

    static final int SWITCHES = 5;
    static final String TEST_NUMBER = "20012345678";
    static final List<String> DECKS = List.of("SELL-USD", "BUY-USD", "SELL-EUR", "BUY-EUR");

    /// The columns of the FreeSWITCH template, as its own variables are called.
    static final List<String> FREESWITCH_COLUMNS =
            List.of(
                    "caller_id_number",
                    "destination_number",
                    "context",
                    "start_uepoch",
                    "answer_uepoch",
                    "end_uepoch",
                    "billmsec",
                    "hangup_cause",
                    "uuid",
                    "accountcode",
                    "read_codec",
                    "sip_gateway_name",
                    "sip_term_status",
                    "rtp_audio_in_mos");

    private static final int COUNTRIES = 200;

    private final int carrierCount;
    private final List<String> codes = new ArrayList<>();

    Market(Size size) {
        this.carrierCount = size.carriers();
        Random random = new Random(size.seed());
        Set<String> known = new HashSet<>();
        for (int country = 0; country < COUNTRIES; country++) {
            String digits = String.valueOf(200 + country);
            known.add(digits);
            codes.add(digits);
            for (int i = 1; i < size.codes() / COUNTRIES; i++) {
                String code = digits + extension(random);
                while (!known.add(code)) {
                    code = digits + extension(random);
                }
                codes.add(code);
            }
        }
    }

    private static String extension(Random random) {
        int length = 2 + random.nextInt(4);
        StringBuilder extension = new StringBuilder();
        for (int i = 0; i < length; i++) {
            extension.append((char) ('0' + random.nextInt(10)));
        }
        return extension.toString();
    }

    /// How many carriers there are.
    int carrierCount() {
        return carrierCount;
    }

    /// All codes of every deck.
    List<String> codes() {
        return codes;
    }

    static String carrier(int carrier) {
        return "C" + twoDigits(carrier);
    }

    static String switchId(int number) {
        return "sw" + (number + 1);
    }

    static boolean isFreeswitch(int switchNumber) {
        return switchNumber < 2;
    }

    static String ingressTrunk(int carrier) {
        return "in-" + twoDigits(carrier);
    }

    static String egressTrunk(int carrier) {
        return "out-" + twoDigits(carrier);
    }

    /// The technical prefix of a carrier's ingress trunks; empty for most.
    static String prefix(int carrier) {
        return carrier % 8 == 3 ? "7733#" : "";
    }

    static boolean isEuro(int carrier) {
        return carrier % 2 == 1;
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    void write(Path book) throws IOException {
        Files.createDirectories(book.resolve("decks"));
        Files.writeString(book.resolve("company.yaml"), company());
        Files.writeString(book.resolve("carriers.csv"), carriers());
        Files.writeString(book.resolve("switches.yaml"), switches());
        Files.writeString(book.resolve("trunks.csv"), trunks());
        Files.writeString(book.resolve("agreements.yaml"), agreements());
        Files.writeString(book.resolve("decks.yaml"), decks());
        Files.writeString(book.resolve("testnumbers.csv"), "number\n" + TEST_NUMBER + "\n");
        Files.writeString(
                book.resolve("origins.csv"), "origin,code\nNEAR,20\nNEAR,21\nFAR,3\nFAR,399\n");
        Files.writeString(
                book.resolve("fx.csv"), "date,base,quote,rate\n2024-01-02,EUR,USD,1.0956\n");
        writeDecks(book, 0);
    }

    /// Writes the decks alone, over those that are there.
    ///
    /// @param dearer by how much each rate is higher, in hundred-thousandths a minute
    void writeDecks(Path book, int dearer) throws IOException {
        DeckFiles files = new DeckFiles(codes, dearer);
        for (int deck = 0; deck < DECKS.size(); deck++) {
            files.write(book.resolve("decks").resolve(DECKS.get(deck) + ".csv"), deck);
        }
    }

    /// A book that was written before.
    static Book read(Path book) {
        return switch (BookFolder.read(book)) {
            case BookReading.Valid valid -> valid.book();
            case BookReading.Invalid invalid ->
                    throw new IllegalStateException("the book is wrong: " + invalid.errors());
        };
    }

    private static String company() {
        return """
        name: "Benchmark Transit Ltd"
        address: ["1 Example Street", "Example"]
        country: GB
        vatId: GB123456782
        currency: USD
        timeZone: UTC
        invoicePrefix: BENCH
        bank: {name: "Bank of Examples", iban: GB33BUKB20201555555555, bic: BUKBGB22}
        email: billing@example.com
        """;
    }

    private String carriers() {
        StringBuilder text =
                new StringBuilder(
                        "carrier,name,address,city,postcode,country,vat_id,email,endpoint\n");
        for (int i = 0; i < carrierCount; i++) {
            text.append(
                    "%s,Carrier %d Ltd,%d Example Road,Example,1000,GB,,c%d@example.com,\n"
                            .formatted(carrier(i), i, i, i));
        }
        return text.toString();
    }

    private static String switches() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SWITCHES; i++) {
            text.append(
                    """
                    - id: %s
                      format: %s
                      timeZone: UTC
                      countryCode: "200"
                      nationalPrefix: "0"
                      internationalPrefix: "00"
                    """
                            .formatted(
                                    switchId(i),
                                    isFreeswitch(i) ? "freeswitch-csv" : "canonical-csv"));
            if (isFreeswitch(i)) {
                text.append(
                        """
                          mapping:
                            columns: [%s]
                            ingressTrunk: accountcode
                            egressTrunk: sip_gateway_name
                        """
                                .formatted(String.join(", ", FREESWITCH_COLUMNS)));
            }
        }
        return text.toString();
    }

    private String trunks() {
        StringBuilder text =
                new StringBuilder("switch,trunk,carrier,direction,strip,add,from,to\n");
        for (int s = 0; s < SWITCHES; s++) {
            for (int c = 0; c < carrierCount; c++) {
                text.append(
                        "%s,%s,%s,in,%s,,,\n"
                                .formatted(switchId(s), ingressTrunk(c), carrier(c), prefix(c)));
                text.append(
                        "%s,%s,%s,out,,,,\n".formatted(switchId(s), egressTrunk(c), carrier(c)));
            }
        }
        return text.toString();
    }

    private String agreements() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < carrierCount; i++) {
            String currency = isEuro(i) ? "EUR" : "USD";
            text.append(
                    """
                    - id: %s-2024
                      carrier: %s
                      from: 2023-01-01
                      currency: %s
                      timeZone: %s
                      cycle: monthly
                      dueDays: 30
                      sell: [SELL-%s]
                      buy: [BUY-%s]
                      settlement: {model: sender-keeps-all}
                      netting: true
                      bands: %s
                    """
                            .formatted(
                                    carrier(i),
                                    carrier(i),
                                    currency,
                                    isEuro(i) ? "Europe/Berlin" : "UTC",
                                    currency,
                                    currency,
                                    i == 38
                                            ? "split-carry"
                                            : i == 39 ? "split-rounded" : "by-start"));
        }
        return text.toString();
    }

    private static String decks() {
        StringBuilder text = new StringBuilder();
        for (String deck : DECKS) {
            text.append(
                    """
                    - id: %s
                      file: %s.csv
                      currency: %s
                      bands:
                        peak: [{days: mon-sun, from: "08:00", to: "20:00"}]
                    """
                            .formatted(deck, deck, deck.substring(deck.length() - 3)));
        }
        return text.toString();
    }
}
