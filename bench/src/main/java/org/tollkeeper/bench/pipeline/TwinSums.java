package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.TierMode;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Outcome;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Suspended;
import org.tollkeeper.rating.Tariff;
import org.tollkeeper.rating.TieredDestinations;

/// The sums by the plain rules alone: every generated call by the rater, one after the other. No
/// file, no database, no kernel.
final class TwinSums implements Traffic.Sink {

    private static final String NO_PRODUCT = "";

    private final Rater rater;
    private final TieredDestinations tiered;
    private final Map<String, Sums.Money> money = new TreeMap<>();
    private final Map<Group, List<Member>> groups = new HashMap<>();
    private long callCount;
    private long talkMs;

    private record Group(String agreement, Side side, String destination, YearMonth month) {}

    private record Member(CallSide call, int switchNumber, String callId, long setupMs) {}

    TwinSums(Book book) {
        this.rater = new Rater(book);
        this.tiered = new TieredDestinations(rater);
    }

    /// The sums of a night.
    static Sums of(Book book, Traffic traffic, Size size) throws IOException {
        TwinSums twin = new TwinSums(book);
        traffic.write(size.nightDays(), size.calls(), twin);
        return twin.finish();
    }

    @Override
    public void begin(int switchNumber, LocalDate day, int file) {}

    @Override
    public void end() {}

    @Override
    public void take(Traffic.Cdr record) {
        if (record.fate() != Traffic.Fate.CALL) {
            return;
        }
        callCount++;
        talkMs += record.talkMs();
        if (record.connectMs() != 0) {
            rate(record, Side.SELL, record.ingress());
            rate(record, Side.BUY, record.egress());
        }
    }

    private void rate(Traffic.Cdr record, Side side, int carrier) {
        CallSide call =
                new CallSide(
                        side,
                        Market.carrier(carrier),
                        NO_PRODUCT,
                        record.calling().isEmpty() ? Digits.NONE : Digits.of(record.calling()),
                        Digits.of(record.called()),
                        Digits.NONE,
                        Instant.ofEpochMilli(record.connectMs()),
                        record.talkMs());
        switch (rater.tariff(call)) {
            case Suspended suspended -> {}
            case Tariff tariff -> {
                Agreement agreement = tariff.agreement();
                YearMonth month = YearMonth.from(call.connectAt().atZone(agreement.timeZone()));
                if (tiered.in(agreement, side, month).contains(tariff.destination())) {
                    groups.computeIfAbsent(
                                    new Group(agreement.id(), side, tariff.destination(), month),
                                    group -> new ArrayList<>())
                            .add(
                                    new Member(
                                            call,
                                            record.switchNumber(),
                                            record.callId(),
                                            record.setupMs()));
                } else {
                    add(Rater.charge(tariff, call, 0));
                }
            }
        }
    }

    private long add(Outcome outcome) {
        return switch (outcome) {
            case Suspended suspended -> 0;
            case Charge charge -> {
                money.merge(
                        charge.agreement().currency().getCurrencyCode(),
                        Sums.Money.NONE.plus(charge.billedSeconds(), charge.nanos()),
                        TwinSums::sum);
                yield charge.billedSeconds();
            }
        };
    }

    private static Sums.Money sum(Sums.Money a, Sums.Money b) {
        return new Sums.Money(
                a.chargeCount() + b.chargeCount(),
                a.billedSeconds() + b.billedSeconds(),
                a.nanos().add(b.nanos()));
    }

    /// Prices what waited for its turn, and tells the sums.
    Sums finish() {
        for (List<Member> members : groups.values()) {
            members.sort(
                    Comparator.comparing((Member m) -> m.call().connectAt())
                            .thenComparingInt(Member::switchNumber)
                            .thenComparing(Member::callId)
                            .thenComparingLong(Member::setupMs));
            long volume = 0;
            for (Member member : members) {
                if (rater.tariff(member.call()) instanceof Tariff tariff) {
                    if (tariff.agreement().tiers() != TierMode.GRADUATED) {
                        throw new IllegalStateException("the benchmark's book has graduated tiers");
                    }
                    volume += add(Rater.charge(tariff, member.call(), volume));
                }
            }
        }
        groups.clear();
        return new Sums(callCount, talkMs, money);
    }
}
