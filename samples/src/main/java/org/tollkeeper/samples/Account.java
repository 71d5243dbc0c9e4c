package org.tollkeeper.samples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the calls are worth, added up by hand so to speak: a line a carrier, period, side,
/// destination and price; and the charges nobody can make, by reason.
final class Account {

    /// What a line is about, in the order of a statement.
    record Key(String agreement, LocalDate periodFrom, String side, String destination, String rate)
            implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return text().compareTo(other.text());
        }

        private String text() {
            String order = side.equals("buy") ? "1" : "2";
            return String.join("\t", agreement, periodFrom.toString(), order, destination, rate);
        }
    }

    /// What a line adds up to.
    record Sum(long calls, long actualSeconds, long billedSeconds, BigDecimal amount) {

        static final Sum ZERO = new Sum(0, 0, 0, BigDecimal.ZERO.setScale(6));

        Sum plus(Sum other) {
            return new Sum(
                    calls + other.calls,
                    actualSeconds + other.actualSeconds,
                    billedSeconds + other.billedSeconds,
                    amount.add(other.amount));
        }
    }

    private final List<Accord> accords;
    private final SortedMap<Key, Sum> lines = new TreeMap<>();
    private final SortedMap<String, Integer> suspended = new TreeMap<>();

    Account(List<Accord> accords) {
        this.accords = accords;
    }

    void add(Call call) {
        if (call.talkSeconds() == 0) {
            return;
        }
        for (Accord accord : accords) {
            if (accord.party() == call.route().receiver()) {
                charge(accord, "buy", accord.buy(), call);
            }
            if (accord.party() == call.route().sender()) {
                charge(accord, "sell", accord.sell(), call);
            }
        }
    }

    SortedMap<Key, Sum> lines() {
        return lines;
    }

    /// Counts by `side,reason`.
    SortedMap<String, Integer> suspended() {
        return suspended;
    }

    /// All of one side of an agreement's period.
    Sum side(String agreement, LocalDate periodFrom, String side) {
        return lines.entrySet().stream()
                .filter(line -> line.getKey().agreement.equals(agreement))
                .filter(line -> line.getKey().periodFrom.equals(periodFrom))
                .filter(line -> line.getKey().side.equals(side))
                .map(line -> line.getValue())
                .reduce(Sum.ZERO, Sum::plus);
    }

    private void charge(Accord accord, String side, PriceList prices, Call call) {
        LocalDate day = accord.dayOfAnswer(call);
        Optional<PriceList.Price> found = prices.of(call.called(), day);
        if (day.isBefore(accord.from())) {
            suspend(side, "NO_AGREEMENT");
        } else if (found.isEmpty()) {
            suspend(side, "NO_RATE");
        } else if (found.get().blocked()) {
            suspend(side, "BLOCKED");
        } else {
            PriceList.Price price = found.get();
            long talk = call.talkSeconds();
            Key key =
                    new Key(
                            accord.id(),
                            day.withDayOfMonth(1),
                            side,
                            price.destination(),
                            price.rate());
            Sum sum = new Sum(1, talk, price.billedSeconds(talk), price.amount(talk));
            lines.merge(key, sum, Sum::plus);
        }
    }

    private void suspend(String side, String reason) {
        suspended.merge(side + "," + reason, 1, Integer::sum);
    }

    /// What is due on a side: by the agreement's model, in cents of a dollar.
    BigDecimal due(Accord accord, LocalDate periodFrom, String side) {
        Sum heavy = side(accord.id(), periodFrom, side);
        return switch (accord.model()) {
            case BILL_AND_KEEP -> BigDecimal.ZERO.setScale(2);
            case SENDER_KEEPS_ALL ->
                    lines.entrySet().stream()
                            .filter(line -> line.getKey().agreement.equals(accord.id()))
                            .filter(line -> line.getKey().periodFrom.equals(periodFrom))
                            .filter(line -> line.getKey().side.equals(side))
                            .map(line -> line.getValue().amount.setScale(2, RoundingMode.HALF_UP))
                            .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
            case IMBALANCE -> {
                Sum light = side(accord.id(), periodFrom, side.equals("buy") ? "sell" : "buy");
                BigDecimal excess = excessSeconds(heavy, light);
                yield excess.multiply(heavy.amount)
                        .divide(
                                BigDecimal.valueOf(Math.max(1, heavy.billedSeconds)),
                                2,
                                RoundingMode.HALF_UP);
            }
        };
    }

    /// What of the heavier direction is above 1.2 times the lighter one.
    static BigDecimal excessSeconds(Sum heavy, Sum light) {
        BigDecimal free = new BigDecimal("1.2").multiply(BigDecimal.valueOf(light.billedSeconds));
        return BigDecimal.valueOf(heavy.billedSeconds).subtract(free).max(BigDecimal.ZERO);
    }
}
