package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Outcome;
import org.tollkeeper.rating.PricingDigest;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Suspended;
import org.tollkeeper.rating.Tariff;
import org.tollkeeper.rating.TieredDestinations;

/// One pass of the stage, in the caller's transaction: find what is new and what is stale, price
/// it, and publish it.
final class RatingPass {

    private static final int PROGRESS_CALLS = 10_000;

    private final Connection connection;
    private final Run run;
    private final LongConsumer progress;
    private final Rater rater;
    private final TieredDestinations tiered;
    private final PricingDigest pricing;
    private final BookNumbers numbers;
    private final ChargeWriter writer;
    private final LocalDays localDays = new LocalDays();
    private final Map<Unit, OpenSlice> fresh = new HashMap<>();
    private final Set<Unit> met = new HashSet<>();
    private long callCount;

    RatingPass(Connection connection, Run run, Book book, LongConsumer progress)
            throws SQLException {
        this.connection = connection;
        this.run = run;
        this.progress = progress;
        this.rater = new Rater(book);
        this.tiered = new TieredDestinations(rater);
        this.pricing = new PricingDigest(book, rater, tiered);
        this.numbers = new BookNumbers(connection);
        this.writer = new ChargeWriter(connection, numbers);
    }

    Rating.Result rate(@Nullable LocalDate from, @Nullable LocalDate to) throws SQLException {
        StaleUnits stale = StaleUnits.find(connection, this::pricing, from, to);
        List<CallSlices.CallSlice> slices = CallSlices.toRead(connection);
        if (slices.isEmpty() && stale.isEmpty()) {
            return new Rating.Result(0, 0, 0, 0, 0, 0);
        }
        TierGroups groups = TierGroups.open(connection, stale);
        for (CallSlices.CallSlice slice : slices) {
            CallSlices.read(
                    connection,
                    slice,
                    (key, call) -> {
                        rate(slice, key, call, stale, groups);
                        count();
                    });
        }
        writer.flush();
        groups.rate(run, rater, numbers, writer);
        progress.accept(callCount);
        return publish(stale, groups, slices);
    }

    private long pricing(Unit unit) {
        return pricing.of(numbers.carrier(unit.carrier()), unit.side(), unit.day());
    }

    private void count() {
        callCount++;
        if (callCount % PROGRESS_CALLS == 0) {
            progress.accept(callCount);
        }
    }

    private void rate(
            CallSlices.CallSlice slice,
            CallKey key,
            AnsweredCall call,
            StaleUnits stale,
            TierGroups groups)
            throws SQLException {
        LocalDate day = localDays.of(call.connectMs(), ZoneOffset.UTC);
        for (Side side : Side.values()) {
            int carrier = call.carrier(side);
            if (carrier == 0) {
                continue;
            }
            Unit unit = new Unit(carrier, side, day);
            if (slice.isNew() || stale.contains(unit)) {
                met.add(unit);
                rate(unit, key, call, groups);
            }
        }
    }

    private void rate(Unit unit, CallKey key, AnsweredCall call, TierGroups groups)
            throws SQLException {
        CallSide side = call.side(unit.side(), numbers);
        switch (rater.tariff(side)) {
            case Suspended(SuspenseReason reason) ->
                    writer.suspend(slice(unit), key, call.connectMs(), reason);
            case Tariff tariff -> {
                Outcome outcome = Rater.charge(tariff, side, 0);
                Agreement agreement = tariff.agreement();
                YearMonth month =
                        YearMonth.from(localDays.of(call.connectMs(), agreement.timeZone()));
                if (tiered.in(agreement, unit.side(), month).contains(tariff.destination())) {
                    TierGroups.Key group =
                            new TierGroups.Key(
                                    numbers.agreement(agreement.id()),
                                    unit.side(),
                                    tariff.destination(),
                                    month);
                    groups.add(group, unit.carrier(), key, billedSeconds(outcome));
                } else {
                    write(unit, key, call, outcome);
                }
            }
        }
    }

    private static int billedSeconds(Outcome outcome) {
        return switch (outcome) {
            case Charge charge -> charge.billedSeconds();
            case Suspended suspended -> 0;
        };
    }

    private void write(Unit unit, CallKey key, AnsweredCall call, Outcome outcome)
            throws SQLException {
        switch (outcome) {
            case Charge charge -> writer.add(slice(unit), key, call.connectMs(), charge);
            case Suspended(SuspenseReason reason) ->
                    writer.suspend(slice(unit), key, call.connectMs(), reason);
        }
    }

    private OpenSlice slice(Unit unit) throws SQLException {
        @Nullable OpenSlice open = fresh.get(unit);
        if (open == null) {
            int id = Slices.openCharges(connection, run, unit.day(), unit.carrier(), unit.side());
            open = new OpenSlice(id, unit.carrier(), unit.side());
            fresh.put(unit, open);
        }
        return open;
    }

    /// Makes visible what differs from what stands, in one publication.
    private Rating.Result publish(
            StaleUnits stale, TierGroups groups, List<CallSlices.CallSlice> slices)
            throws SQLException {
        int publication = run.publish(connection);
        ChargePublication changes = new ChargePublication(connection, publication, writer);
        changes.replaceUnits(stale, fresh);
        changes.replaceGroups(groups);
        changes.write();
        RatedMarks.write(connection, publication, slices);
        List<Unit> priced = new ArrayList<>(stale.all());
        met.stream().filter(unit -> !stale.contains(unit)).forEach(priced::add);
        RatedMarks.writeUnits(connection, publication, priced, this::pricing);
        return new Rating.Result(
                callCount,
                writer.chargeCount(),
                writer.suspendedCount(),
                changes.publishedCount(),
                changes.retiredCount(),
                publication);
    }
}
