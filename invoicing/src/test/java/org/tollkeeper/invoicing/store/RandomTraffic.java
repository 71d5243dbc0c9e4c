package org.tollkeeper.invoicing.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;

/// Nights of random calls between three carriers on three switches, from the end of February 2024
/// to the beginning of April: answered and not, charged by carrier and day or by tier group,
/// suspended, taken out again, and priced anew in slices that replace others.
final class RandomTraffic {

    static final List<String> AGREEMENTS = List.of("BETA-A", "BETA-B", "GAMMA-A");

    private static final List<String> SWITCHES = List.of("ams,1", "Zür\"x");
    private static final LocalDate FIRST = LocalDate.of(2024, 2, 28);
    private static final int DAY_COUNT = 35;
    private static final String NEW_YORK = "America/New_York";
    private static final int CARRIER_COUNT = 3; // our own network among them
    private static final int TIERED_EVERY = 4;
    private static final List<String> CAUSES = List.of("", "16", "17", "34", "NO_ANSWER");
    private static final List<String> SIP_CODES = List.of("", "200", "486", "503");
    private static final List<String> MOS = List.of("", "4.3", "3", "2.75", "n/a");
    private static final String ODD_ID_LETTERS = "aé,\"\n\r ;7";

    private final Books books;
    private final RandomGenerator random;
    private final List<Call> calls = new ArrayList<>();
    private final Map<Unit, List<Integer>> live = new TreeMap<>();
    private final int[] deckRows;

    /// A call of the database, and which of its sides have a charge.
    private record Call(
            LocalDate day,
            int slice,
            int n,
            long connectMs,
            List<Integer> carriers,
            List<Integer> agreements) {}

    /// What a slice of charges is for.
    private record Unit(
            @Nullable LocalDate day,
            int carrier,
            Side side,
            int agreement,
            @Nullable LocalDate month)
            implements Comparable<Unit> {

        @Override
        public int compareTo(Unit other) {
            return toString().compareTo(other.toString());
        }
    }

    RandomTraffic(Books books, RandomGenerator random) throws SQLException {
        this.books = books;
        this.random = random;
        books.agreement("BETA-A", "EUR", 1, "20").agreement("BETA-B", "JPY", 4, "0");
        books.otherCarrier("GAMMA");
        books.agreement("GAMMA-A", "USD", 1, "20");
        books.execute("update agreement_version set carrier = 2 where agreement = 3");
        books.execute(
                "update agreement_version set time_zone = ?, charge_decimals = 2"
                        + " where agreement = 2",
                NEW_YORK);
        for (String name : SWITCHES) {
            books.execute("insert into switch (name) values (?)", name);
        }
        for (List<String> words : List.of(CAUSES, SIP_CODES, MOS)) {
            for (String word : words) {
                books.execute("insert into word (text) values (?) on conflict do nothing", word);
            }
        }
        this.deckRows =
                new int[] {
                    books.price("44", "UK", "0.60"),
                    books.price("447", "UK, \"Mobile\"", "0.0100"),
                    books.price("4420794600001", "One house", "0.3000"),
                    books.price("33", "France", "0"),
                    books.price("1", "USA", "12.5")
                };
        books.execute(
                "update rate_line set band = 'peak', origin = 'EEA', tier_from = 1000.50,"
                        + " jurisdiction = 2 where destination = 'USA'");
        for (int agreement = 1; agreement <= AGREEMENTS.size(); agreement++) {
            for (Side side : Side.values()) {
                books.execute(
                        "insert into agreement_deck values (?, ?, '', 1, 1, 1)",
                        agreement,
                        side.code());
            }
        }
        books.commit();
    }

    /// Takes a row out of the book of today; charges of before go on naming it.
    void withdraw(String code) throws SQLException {
        books.execute("update deck_row set known_to = known_from + 1 where code = ?", code);
        books.newVersion();
        books.commit();
    }

    /// A night: new calls on some days, all of them charged; some older slices are priced anew, and
    /// some calls are taken out.
    void night(int callCount) throws SQLException {
        int publication = books.run.publish(books.connection);
        Map<LocalDate, Integer> slices = new TreeMap<>();
        Map<LocalDate, Integer> counts = new TreeMap<>();
        List<Call> fresh = new ArrayList<>();
        for (int i = 0; i < callCount; i++) {
            LocalDate day = FIRST.plusDays(random.nextInt(DAY_COUNT));
            new DayLeaves(books.connection, "call").ensure(day);
            Integer slice = slices.get(day);
            if (slice == null) {
                slice = Slices.openCalls(books.connection, books.run, day);
                slices.put(day, slice);
            }
            fresh.add(call(day, slice, counts.merge(day, 1, Integer::sum)));
        }
        for (Map.Entry<LocalDate, Integer> each : slices.entrySet()) {
            Slices.publish(
                    books.connection,
                    each.getValue(),
                    publication,
                    counts.getOrDefault(each.getKey(), 0),
                    0);
        }
        calls.addAll(fresh);
        charge(fresh, publication);
        takeOutSome(publication);
        repriceSome();
        books.commit();
    }

    private Call call(LocalDate day, int slice, int n) throws SQLException {
        long setupMs =
                day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()
                        + random.nextInt(86_400) * 1000L
                        + random.nextInt(2);
        boolean isAnswered = random.nextInt(3) > 0;
        long connectMs = setupMs + random.nextInt(60_000);
        int ingress = random.nextInt(CARRIER_COUNT);
        int egress = random.nextInt(CARRIER_COUNT);
        long durationMs = isAnswered ? random.nextInt(300_000) : 0;
        String[] numbers = {
            "447700900123", "442079460000", "442079460000123", "33123456789", "12025550123", "0055"
        };
        books.execute(
                """
                insert into call select ?, ?, ?, 1, 1, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0, 0, 0, 0,
                    (select id from word where text = ?), (select id from word where text = ?), 0,
                    (select id from word where text = ?), 0, ?, ?, ?
                """,
                day,
                slice,
                n,
                setupMs,
                isAnswered ? connectMs : null,
                isAnswered ? connectMs + durationMs : null,
                durationMs,
                random.nextBoolean() ? 0L : Digits.of("0033123").packed(),
                Digits.of(numbers[random.nextInt(numbers.length)]).packed(),
                1 + random.nextInt(1 + SWITCHES.size()),
                ingress,
                egress,
                CAUSES.get(random.nextInt(CAUSES.size())),
                SIP_CODES.get(random.nextInt(SIP_CODES.size())),
                MOS.get(random.nextInt(MOS.size())),
                random.nextBoolean() ? null : random.nextInt(5_000),
                callId(),
                random.nextBoolean() ? "" : "b,leg");
        boolean isCharged = isAnswered && durationMs > 0;
        if (isCharged) {
            sum(slice, egress, Side.BUY, connectMs, durationMs);
            sum(slice, ingress, Side.SELL, connectMs, durationMs);
        }
        return new Call(
                day,
                slice,
                n,
                connectMs,
                List.of(0, isCharged ? egress : 0, isCharged ? ingress : 0),
                List.of(0, agreement(egress), agreement(ingress)));
    }

    private void sum(int slice, int carrier, Side side, long connectMs, long durationMs)
            throws SQLException {
        if (carrier != 0) {
            books.execute(
                    """
                    insert into call_sum as s values (?, ?, ?, ?, 1, ?)
                    on conflict (slice, carrier, side, connect_day) do update
                    set call_count = s.call_count + 1, talk_ms = s.talk_ms + excluded.talk_ms
                    """,
                    slice,
                    carrier,
                    side.code(),
                    utcDay(connectMs),
                    durationMs);
        }
    }

    private int agreement(int carrier) {
        return carrier == 2 ? 3 : 1 + random.nextInt(2);
    }

    private String callId() {
        StringBuilder id = new StringBuilder("id");
        for (int length = random.nextInt(4); length >= 0; length--) {
            id.append(ODD_ID_LETTERS.charAt(random.nextInt(ODD_ID_LETTERS.length())));
        }
        return id.toString();
    }

    /// Charges both sides of calls, in slices of their own.
    private void charge(List<Call> some, int publication) throws SQLException {
        Map<Unit, List<Call>> units = new TreeMap<>();
        for (Call call : some) {
            for (Side side : Side.values()) {
                int carrier = call.carriers().get(side.code());
                if (carrier != 0) {
                    int agreement = call.agreements().get(side.code());
                    boolean tiered = call.n() % TIERED_EVERY == 0;
                    Unit unit =
                            tiered
                                    ? new Unit(
                                            null, carrier, side, agreement, month(call, agreement))
                                    : new Unit(utcDay(call.connectMs()), carrier, side, 0, null);
                    units.computeIfAbsent(unit, any -> new ArrayList<>()).add(call);
                }
            }
        }
        for (Map.Entry<Unit, List<Call>> unit : units.entrySet()) {
            charge(unit.getKey(), unit.getValue(), publication);
        }
    }

    private static LocalDate utcDay(long ms) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(ms), ZoneOffset.UTC);
    }

    /// First day of the month in the agreement's zone.
    private static LocalDate month(Call call, int agreement) {
        ZoneId zone = ZoneId.of(agreement == 2 ? NEW_YORK : "UTC");
        return LocalDate.ofInstant(Instant.ofEpochMilli(call.connectMs()), zone).withDayOfMonth(1);
    }

    private void charge(Unit unit, List<Call> some, int publication) throws SQLException {
        LocalDate day = unit.day();
        int slice =
                day == null
                        ? Slices.openTieredCharges(
                                books.connection,
                                books.run,
                                unit.carrier(),
                                unit.side(),
                                unit.agreement(),
                                "USA",
                                Objects.requireNonNull(unit.month()))
                        : Slices.openCharges(
                                books.connection, books.run, day, unit.carrier(), unit.side());
        for (Call call : some) {
            charge(slice, unit, call);
        }
        sumUp(slice);
        Slices.publish(books.connection, slice, publication, some.size(), 0);
        live.computeIfAbsent(unit, any -> new ArrayList<>()).add(slice);
    }

    private void charge(int slice, Unit unit, Call call) throws SQLException {
        int agreement = call.agreements().get(unit.side().code());
        if (random.nextInt(20) == 0) {
            books.execute(
                    "insert into charge_suspense values (?, ?, ?, ?, ?, ?, ?, 9)",
                    slice,
                    call.day(),
                    call.slice(),
                    call.n(),
                    unit.side().code(),
                    unit.carrier(),
                    call.connectMs());
            return;
        }
        new DayLeaves(books.connection, "charge").ensure(utcDay(call.connectMs()));
        books.execute(
                "insert into charge values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 60, ?, ?, 0)",
                utcDay(call.connectMs()),
                slice,
                call.day(),
                call.slice(),
                call.n(),
                unit.side().code(),
                unit.carrier(),
                agreement,
                deckRows[random.nextInt(deckRows.length)],
                call.connectMs(),
                random.nextInt(600),
                random.nextInt(3) == 0 ? random.nextLong(100) : random.nextLong(9_000_000_000L));
    }

    /// What settlement would count of a slice; days do not matter here, rate lines do.
    private void sumUp(int slice) throws SQLException {
        books.execute(
                """
                insert into traffic_sum
                select h.slice, h.agreement, h.side, h.day, r.rate_line, count(*),
                       sum(h.actual_seconds), sum(h.billed_seconds), sum(h.charge_nanos)
                from charge h join deck_row r on r.id = h.deck_row
                where h.slice = ?
                group by 1, 2, 3, 4, 5\
                """,
                slice);
    }

    private void takeOutSome(int publication) throws SQLException {
        for (int i = 0; i < 3; i++) {
            Call gone = calls.get(random.nextInt(calls.size()));
            if (gone.carriers().get(1) == 0 && gone.carriers().get(2) == 0) {
                books.execute(
                        "insert into tombstone values (?, ?, ?) on conflict do nothing",
                        gone.slice(),
                        gone.n(),
                        publication);
            }
        }
    }

    /// Replaces the slices of some units by one with new prices for the same calls.
    private void repriceSome() throws SQLException {
        int publication = books.run.publish(books.connection);
        for (Unit unit : List.copyOf(live.keySet())) {
            if (random.nextInt(5) == 0) {
                List<Integer> slices = live.getOrDefault(unit, List.of());
                List<Call> again = new ArrayList<>();
                for (Call call : calls) {
                    if (call.carriers().get(unit.side().code()) == unit.carrier()
                            && isCharged(call, unit, slices)) {
                        again.add(call);
                    }
                }
                for (int slice : slices) {
                    Slices.retire(books.connection, slice, publication);
                }
                live.remove(unit);
                charge(unit, again, publication);
            }
        }
    }

    private boolean isCharged(Call call, Unit unit, List<Integer> slices) throws SQLException {
        String in = slices.toString().replace('[', '(').replace(']', ')');
        String key =
                " where slice in %s and call_slice = %d and call_n = %d and side = %d"
                        .formatted(in, call.slice(), call.n(), unit.side().code());
        return !books.rows(
                        "select 1 from charge"
                                + key
                                + " union all select 1 from charge_suspense"
                                + key)
                .isEmpty();
    }
}
