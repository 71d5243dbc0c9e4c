package org.tollkeeper.rating.store;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Outcome;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Suspended;
import org.tollkeeper.rating.Tariff;
import org.tollkeeper.rating.TieredDestinations;
import org.tollkeeper.rating.kernel.CallColumns;
import org.tollkeeper.rating.kernel.ChargeColumns;
import org.tollkeeper.rating.kernel.RatingKernel;

/// Prices sides of calls, many of a kind together: by the kernel where it can, by the rater where
/// it must. Calls to tiered destinations are only found, and priced later in their group.
final class SidePricer {

    private final Rater rater;
    private final TieredDestinations tiered;
    private final BookNumbers numbers;
    private final ChargeWriter writer;
    private final RatingKernel.Shared kernels;
    private final KernelDemand demand;
    private final LocalDays localDays = new LocalDays();
    private final Map<SideCalls.Key, SideCalls> sides = new HashMap<>();

    @SuppressWarnings("unused") // kept, so that the reads are made
    private long touched;

    /// Where charges go.
    interface Target {
        /// The slice of a unit's charges.
        OpenSlice slice(Unit unit) throws SQLException;

        /// A call of a tier group.
        ///
        /// @param billedSeconds 0 when it cannot be priced whatever the volume
        void member(Unit unit, TierGroups.Key group, CallKey call, int billedSeconds);
    }

    /// The unit that a line belongs to, and its slice once there is a row for it.
    private static final class Place {
        private final Target target;
        private final SideCalls.Key key;
        private Unit unit;
        private @Nullable OpenSlice slice;

        Place(Target target, SideCalls.Key key, LocalDate day) {
            this.target = target;
            this.key = key;
            this.unit = new Unit(key.carrier(), key.side(), day);
        }

        void goTo(LocalDate day) {
            if (!unit.day().equals(day)) {
                unit = new Unit(key.carrier(), key.side(), day);
                slice = null;
            }
        }

        OpenSlice slice() throws SQLException {
            @Nullable OpenSlice known = slice;
            if (known == null) {
                known = target.slice(unit);
                slice = known;
            }
            return known;
        }
    }

    SidePricer(
            Book book,
            Rater rater,
            TieredDestinations tiered,
            BookNumbers numbers,
            ChargeWriter writer) {
        this.rater = rater;
        this.tiered = tiered;
        this.numbers = numbers;
        this.writer = writer;
        this.demand = new KernelDemand(book, rater);
        this.kernels = new RatingKernel.Shared(book, rater, tiered);
    }

    /// Takes a side of a call of `slice`; it is priced with others of its kind.
    void add(CallSlices.CallSlice slice, int n, AnsweredCall call, Side side, Target target)
            throws SQLException {
        SideCalls.Key key = new SideCalls.Key(call.carrier(side), side, call.product(side));
        @Nullable SideCalls waiting = sides.get(key);
        if (waiting == null) {
            String product = numbers.word(key.product());
            waiting = new SideCalls(key, demand.of(numbers.carrier(key.carrier()), side, product));
            sides.put(key, waiting);
        }
        waiting.add(n, call);
        if (waiting.calls.isFull()) {
            price(slice, waiting, target);
        }
    }

    /// Prices what is waiting; all of it is of `slice`.
    void flush(CallSlices.CallSlice slice, Target target) throws SQLException {
        for (SideCalls waiting : sides.values()) {
            price(slice, waiting, target);
        }
    }

    LocalDate utcDay(long ms) {
        return localDays.of(ms, ZoneOffset.UTC);
    }

    private void price(CallSlices.CallSlice slice, SideCalls waiting, Target target)
            throws SQLException {
        CallColumns calls = waiting.calls;
        ChargeColumns charges = waiting.charges;
        if (calls.count == 0) {
            return;
        }
        if (waiting.areWorthAKernel()) {
            kernel(waiting).rate(calls, charges);
        } else {
            Arrays.fill(charges.status, ChargeColumns.ASK_RATER);
        }
        touch(waiting);
        Place place = new Place(target, waiting.key, utcDay(calls.connectMs[0]));
        for (int line = 0; line < calls.count; line++) {
            long connectMs = calls.connectMs[line];
            place.goTo(utcDay(connectMs));
            CallKey key = slice.key(waiting.n[line]);
            switch (charges.status[line]) {
                case ChargeColumns.PRICED -> write(place.slice(), key, waiting, line);
                case ChargeColumns.ASK_RATER ->
                        rate(place.unit, key, waiting.side(line, numbers), target);
                default ->
                        writer.suspend(
                                place.slice(),
                                key,
                                connectMs,
                                Coded.ofCode(SuspenseReason.class, charges.status[line]));
            }
        }
        calls.count = 0;
    }

    /// Finds what all charges are written with before the first is written: far memory is then
    /// waited for once, not once a charge.
    private void touch(SideCalls waiting) {
        ChargeColumns charges = waiting.charges;
        @Nullable RatingKernel kernel = waiting.kernel;
        if (kernel == null) {
            return;
        }
        for (int line = 0; line < waiting.calls.count; line++) {
            if (charges.status[line] == ChargeColumns.PRICED) {
                DeckRow row = kernel.row(charges.agreement[line], charges.row[line]);
                waiting.rows[line] = row;
                touched += row.id();
            }
        }
        for (int line = 0; line < waiting.calls.count; line++) {
            if (charges.status[line] == ChargeColumns.PRICED) {
                touched += writer.touch(waiting.rows[line]);
            }
        }
    }

    private RatingKernel kernel(SideCalls waiting) throws SQLException {
        @Nullable RatingKernel kernel = waiting.kernel;
        if (kernel == null) {
            kernel =
                    new RatingKernel(
                            kernels,
                            numbers.carrier(waiting.key.carrier()),
                            waiting.key.side(),
                            numbers.word(waiting.key.product()));
            waiting.kernel = kernel;
        }
        return kernel;
    }

    private void write(OpenSlice slice, CallKey key, SideCalls waiting, int line)
            throws SQLException {
        ChargeColumns charges = waiting.charges;
        RatingKernel kernel = kernel(waiting);
        int agreement = charges.agreement[line];
        writer.addWhole(
                slice,
                key,
                waiting.calls.connectMs[line],
                kernel.agreement(agreement),
                waiting.rows[line],
                charges.actualSeconds[line],
                charges.billedSeconds[line],
                charges.chargeNanos[line]);
    }

    private void rate(Unit unit, CallKey key, CallSide side, Target target) throws SQLException {
        switch (rater.tariff(side)) {
            case Suspended suspended -> write(unit, key, side, suspended, target);
            case Tariff tariff -> {
                Outcome outcome = Rater.charge(tariff, side, 0);
                Agreement agreement = tariff.agreement();
                YearMonth month = YearMonth.from(side.connectAt().atZone(agreement.timeZone()));
                if (tiered.in(agreement, unit.side(), month).contains(tariff.destination())) {
                    target.member(
                            unit,
                            new TierGroups.Key(
                                    numbers.agreement(agreement.id()),
                                    unit.side(),
                                    tariff.destination(),
                                    month),
                            key,
                            billedSeconds(outcome));
                } else {
                    write(unit, key, side, outcome, target);
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

    private void write(Unit unit, CallKey key, CallSide side, Outcome outcome, Target target)
            throws SQLException {
        long connectMs = side.connectAt().toEpochMilli();
        switch (outcome) {
            case Charge charge -> writer.add(target.slice(unit), key, connectMs, charge);
            case Suspended(SuspenseReason reason) ->
                    writer.suspend(target.slice(unit), key, connectMs, reason);
        }
    }
}
