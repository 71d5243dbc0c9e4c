package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TierMode;

/// A book written as lines of text, for tests:
///
/// ```
/// agreement A carrier=ACME zone=Europe/Berlin sell=S,T sell/premium=P buy=B bands=split-carry
/// deck S band=peak:mon-fri:08:00-20:00:false holidays=2024-03-29
/// row S,44,UK,0.0120,0.0005,60,60,2024-01-01,,peak,,EEA,interstate,blocked
/// origin EEA 43 49
/// nanp 212555 NY
/// ```
///
/// What a line leaves out is as absent as in a book's files.
public final class BookText {

    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Currency USD = Currency.getInstance("USD");

    private final List<Agreement> agreements = new ArrayList<>();
    private final List<Deck> decks = new ArrayList<>();
    private final List<DeckRow> rows = new ArrayList<>();
    private final Map<String, Set<String>> origins = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();

    private BookText() {}

    public static Book of(String text) {
        BookText book = new BookText();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(book::line);
        return book.book();
    }

    public static Book of(
            List<Agreement> agreements,
            List<Deck> decks,
            List<DeckRow> rows,
            Map<String, Set<String>> origins,
            Map<String, String> states) {
        Set<String> names = new HashSet<>();
        agreements.forEach(agreement -> names.add(agreement.carrier()));
        List<Carrier> carriers =
                names.stream()
                        .sorted()
                        .map(name -> new Carrier(name, name, "", "", "", "GB", "", "", ""))
                        .toList();
        Company company =
                new Company(
                        "Us",
                        List.of(),
                        "GB",
                        "",
                        USD,
                        ZoneId.of("UTC"),
                        "INV",
                        new Company.Bank("", "", ""),
                        "");
        return new Book(
                company,
                carriers,
                List.of(),
                List.of(),
                agreements,
                decks,
                rows,
                Set.of(),
                origins,
                states,
                List.of(),
                Map.of(),
                List.of());
    }

    private Book book() {
        return of(agreements, decks, rows, origins, states);
    }

    private void line(String line) {
        String[] words = line.split(" +", 3);
        String rest = words.length > 2 ? words[2] : "";
        switch (words[0]) {
            case "agreement" -> agreements.add(agreement(words[1], keys(rest)));
            case "deck" -> decks.add(deck(words[1], keys(rest)));
            case "row" -> rows.add(row(rows.size() + 1, line.substring(4)));
            case "origin" -> origins.put(words[1], Set.of(rest.split(" +", -1)));
            case "nanp" -> states.put(words[1], rest);
            default -> throw new IllegalArgumentException(line);
        }
    }

    private static Map<String, String> keys(String rest) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String word : rest.split(" +", -1)) {
            if (!word.isEmpty()) {
                String[] pair = word.split("=", 2);
                keys.merge(pair[0], pair[1], (one, other) -> one + ";" + other);
            }
        }
        return keys;
    }

    static Agreement agreement(String id, Map<String, String> keys) {
        List<DeckList> lists = new ArrayList<>();
        keys.forEach((key, value) -> {
            String[] path = key.split("/", 2);
            if (path[0].equals("sell") || path[0].equals("buy")) {
                lists.add(
                        new DeckList(
                                labelled(Side.class, path[0]),
                                path.length > 1 ? path[1] : "",
                                List.of(value.split(",", -1))));
            }
        });
        @Nullable String to = keys.get("to");
        return new Agreement(
                id,
                keys.getOrDefault("carrier", "ACME"),
                LocalDate.parse(keys.getOrDefault("from", "2000-01-01")),
                to == null ? null : LocalDate.parse(to),
                Currency.getInstance(keys.getOrDefault("currency", "USD")),
                ZoneId.of(keys.getOrDefault("zone", "UTC")),
                Cycle.MONTHLY,
                30,
                lists,
                new Settlement.SenderKeepsAll(),
                false,
                labelled(DurationRounding.class, keys.getOrDefault("duration", "up")),
                Integer.parseInt(keys.getOrDefault("decimals", "6")),
                labelled(ChargeRounding.class, keys.getOrDefault("rounding", "half-up")),
                labelled(TierMode.class, keys.getOrDefault("tiers", "graduated")),
                labelled(BandPolicy.class, keys.getOrDefault("bands", "by-start")),
                List.of(),
                Boolean.parseBoolean(keys.getOrDefault("routingNumber", "false")),
                LateUsage.CORRECT,
                Tax.NONE);
    }

    private static Deck deck(String id, Map<String, String> keys) {
        List<Deck.BandWindow> windows = new ArrayList<>();
        for (String band : keys.getOrDefault("band", "").split(";", -1)) {
            if (!band.isEmpty()) {
                windows.add(window(band));
            }
        }
        Set<LocalDate> holidays = new HashSet<>();
        for (String holiday : keys.getOrDefault("holidays", "").split(",", -1)) {
            if (!holiday.isEmpty()) {
                holidays.add(LocalDate.parse(holiday));
            }
        }
        return new Deck(
                id,
                id + ".csv",
                Currency.getInstance(keys.getOrDefault("currency", "USD")),
                windows,
                holidays);
    }

    /// `peak:mon-fri:08:00-20:00:false`.
    static Deck.BandWindow window(String text) {
        String[] parts = text.split(":", -1);
        String[] days = parts[1].split("-", -1);
        Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
        int last = DAYS.indexOf(days[days.length - 1]);
        for (int day = DAYS.indexOf(days[0]); day <= last; day++) {
            weekdays.add(DayOfWeek.of(day + 1));
        }
        String[] middle = parts[3].split("-", -1);
        return new Deck.BandWindow(
                parts[0],
                weekdays,
                minute(parts[2], middle[0]),
                minute(middle[1], parts[4]),
                parts.length > 5 ? Boolean.valueOf(parts[5]) : null);
    }

    private static int minute(String hours, String minutes) {
        return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    }

    /// `deck,code,destination,rate,setup,minimum,increment,effective,expires,band,tier_from,origin,
    /// jurisdiction,status`; commas at the end may be left out.
    static DeckRow row(int id, String line) {
        String[] f = Arrays.copyOf(line.split(",", -1), 14);
        Arrays.setAll(f, i -> f[i] == null ? "" : f[i].strip());
        return new DeckRow(
                id,
                f[0],
                f[1],
                f[2],
                decimal(f[3]),
                decimal(f[4]),
                f[5].isEmpty() ? 1 : Integer.parseInt(f[5]),
                f[6].isEmpty() ? 1 : Integer.parseInt(f[6]),
                time(f[7]),
                time(f[8]),
                f[9],
                decimal(f[10]),
                f[11],
                f[12].isEmpty() ? null : labelled(Jurisdiction.class, f[12]),
                f[13].equals("blocked"));
    }

    private static BigDecimal decimal(String text) {
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static @Nullable LocalDateTime time(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalDate.parse(text).atTime(LocalTime.MIDNIGHT);
    }

    static <T extends Enum<T> & Coded> T labelled(Class<T> terms, String label) {
        return Arrays.stream(terms.getEnumConstants())
                .filter(term -> term.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label));
    }
}
