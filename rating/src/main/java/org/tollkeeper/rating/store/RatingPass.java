package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.PricingDigest;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.TieredDestinations;

/// One pass of the stage, in the caller's transaction: find what is new and what is stale, draft
/// the stale and see what of it changed, write what is new or changed, and publish it.
final class RatingPass {

    private static final int PROGRESS_CALLS = 10_000;
    private static final List<Side> SIDES = List.of(Side.values());

    private final CopyLane lane;
    private final AnsweredCalls calls;
    private final Run run;
    private final LongConsumer progress;
    private final PricingDigest pricing;
    private final Rater rater;
    private final BookNumbers numbers;
    private final ChargeWriter writer;
    private final SidePricer pricer;
    private long callCount;

    /// @param lane of the transaction that charges are written in
    /// @param reading what calls are read by; null = the lane's own connection, so that reading and
    ///   writing take turns
    RatingPass(
            CopyLane lane, @Nullable Connection reading, Run run, Book book, LongConsumer progress)
            throws SQLException {
        this.lane = lane;
        this.calls = new AnsweredCalls(lane, reading);
        this.run = run;
        this.progress = progress;
        this.rater = new Rater(book);
        TieredDestinations tiered = new TieredDestinations(rater);
        this.pricing = new PricingDigest(book, rater, tiered);
        this.numbers = new BookNumbers(lane::connection);
        this.writer = new ChargeWriter(lane, numbers, pricing.rows());
        this.pricer = new SidePricer(book, rater, tiered, numbers, writer);
    }

    /// Whether calls ask for a pass, whatever the book: new ones, or some that were taken out.
    static boolean isCalledFor(Connection connection) throws SQLException {
        return !StaleUnits.byCalls(connection).isEmpty()
                || !CallSlices.toRead(connection).isEmpty();
    }

    Rating.Result rate(@Nullable LocalDate from, @Nullable LocalDate to) throws SQLException {
        StaleUnits stale = StaleUnits.find(connection(), this::pricing, from, to);
        List<CallSlices.CallSlice> slices = CallSlices.toRead(connection());
        if (slices.isEmpty() && stale.isEmpty()) {
            return Rating.Result.NOTHING;
        }
        Rating.Result result = rate(stale, slices);
        RatedMarks.write(connection(), result.publication(), slices);
        return result;
    }

    /// Rates units again that were rated before, whether they are stale or not, and nothing else.
    Rating.Result rateAgain(Predicate<Unit> meant) throws SQLException {
        StaleUnits stale = StaleUnits.meant(connection(), meant);
        if (stale.isEmpty()) {
            return Rating.Result.NOTHING;
        }
        List<CallSlices.CallSlice> slices =
                CallSlices.toRead(connection()).stream().filter(slice -> !slice.isNew()).toList();
        return rate(stale, slices);
    }

    private Rating.Result rate(StaleUnits stale, List<CallSlices.CallSlice> slices)
            throws SQLException {
        TierGroups groups = TierGroups.open(lane, stale);
        Drafts drafts = new Drafts(stale, groups);
        if (!stale.isEmpty()) {
            for (CallSlices.CallSlice slice : slices) {
                drafts.read(slice);
            }
        }
        StandingCharges standing = StandingCharges.ofStaleUnits(connection());
        Set<Unit> changed = standing.changed(stale.all(), drafts.slices);
        expect(slices, changed, drafts);
        Fresh fresh = new Fresh(stale, changed, groups);
        for (CallSlices.CallSlice slice : slices) {
            if (slice.isNew() || drafts.holds(slice, changed)) {
                fresh.finishBefore(slice.day());
                fresh.read(slice);
            }
        }
        fresh.finishBefore(LocalDate.MAX);
        groups.rate(run, rater, numbers, writer);
        writer.close();
        progress.accept(callCount);

        int publication = run.publish(connection());
        ChargePublication changes = new ChargePublication(connection(), publication);
        changes.publish(fresh.finished);
        changes.retire(standing.slices(changed));
        changes.replace(groups.changed());
        changes.finish();
        Set<Unit> priced = new HashSet<>(stale.all());
        priced.addAll(fresh.met);
        RatedMarks.writeUnits(connection(), publication, priced, this::pricing);
        return new Rating.Result(
                callCount,
                writer.chargeCount(),
                writer.suspendedCount(),
                changes.publishedCount(),
                changes.retiredCount(),
                publication);
    }

    /// Tells the writer how many charges each day will get, so that it chooses how to take them in.
    private void expect(List<CallSlices.CallSlice> slices, Set<Unit> changed, Drafts drafts)
            throws SQLException {
        Map<LocalDate, Long> rows = CallSlices.chargesByDay(connection(), slices);
        for (Unit unit : changed) {
            OpenSlice draft = drafts.slices.get(unit);
            rows.merge(unit.day(), draft == null ? 0 : draft.rowCount, Long::sum);
        }
        rows.forEach(writer::expect);
    }

    private Connection connection() {
        return lane.connection();
    }

    private long pricing(Unit unit) {
        return pricing.of(numbers.carrier(unit.carrier()), unit.side(), unit.day());
    }

    private void count(boolean counts) {
        if (counts && ++callCount % PROGRESS_CALLS == 0) {
            progress.accept(callCount);
        }
    }

    /// Stale units as they would be now: counted and digested, but not written.
    private final class Drafts implements SidePricer.Target {

        private final StaleUnits stale;
        private final TierGroups groups;
        private final Map<Unit, OpenSlice> slices = new HashMap<>();
        private final Map<Integer, Set<Unit>> unitsBySlice = new HashMap<>();

        Drafts(StaleUnits stale, TierGroups groups) {
            this.stale = stale;
            this.groups = groups;
        }

        void read(CallSlices.CallSlice slice) throws SQLException {
            Set<Unit> units = new HashSet<>();
            unitsBySlice.put(slice.id(), units);
            UnitChoice choice = new UnitChoice(unit -> stale.contains(unit) && meet(unit, units));
            calls.read(slice, (n, call) -> take(slice, n, call, choice, this, !slice.isNew()));
            pricer.flush(slice, this);
        }

        boolean holds(CallSlices.CallSlice slice, Set<Unit> changed) {
            return unitsBySlice.getOrDefault(slice.id(), Set.of()).stream()
                    .anyMatch(changed::contains);
        }

        @Override
        public OpenSlice slice(Unit unit) {
            return slices.computeIfAbsent(unit, OpenSlice::draft);
        }

        @Override
        public void member(Unit unit, TierGroups.Key group, CallKey call, int billedSeconds) {
            groups.add(group, unit.carrier(), call, billedSeconds);
        }
    }

    /// What is written: calls not rated yet, and the units that changed.
    private final class Fresh implements SidePricer.Target {

        private final StaleUnits stale;
        private final Set<Unit> changed;
        private final TierGroups groups;
        private final Map<Unit, OpenSlice> slices = new HashMap<>();
        private final List<OpenSlice> finished = new ArrayList<>();
        private final Set<Unit> met = new HashSet<>();

        Fresh(StaleUnits stale, Set<Unit> changed, TierGroups groups) {
            this.stale = stale;
            this.changed = changed;
            this.groups = groups;
        }

        void read(CallSlices.CallSlice slice) throws SQLException {
            UnitChoice choice = new UnitChoice(unit -> isWanted(unit, slice) && meet(unit, met));
            calls.read(slice, (n, call) -> take(slice, n, call, choice, this, slice.isNew()));
            pricer.flush(slice, this);
        }

        private boolean isWanted(Unit unit, CallSlices.CallSlice slice) {
            return stale.contains(unit)
                    ? changed.contains(unit)
                    : slice.isNew() && unit.carrier() != 0;
        }

        /// Ends the slices of the days before; calls set up from `day` on are answered on no
        /// earlier one.
        void finishBefore(LocalDate day) {
            List<Unit> past =
                    slices.keySet().stream().filter(unit -> unit.day().isBefore(day)).toList();
            for (Unit unit : past) {
                OpenSlice slice = Objects.requireNonNull(slices.remove(unit));
                writer.finish(slice);
                finished.add(slice);
            }
        }

        @Override
        public OpenSlice slice(Unit unit) throws SQLException {
            @Nullable OpenSlice open = slices.get(unit);
            if (open == null) {
                int id =
                        Slices.openCharges(
                                connection(), run, unit.day(), unit.carrier(), unit.side());
                open = new OpenSlice(id, unit.carrier(), unit.side());
                slices.put(unit, open);
            }
            return open;
        }

        @Override
        public void member(Unit unit, TierGroups.Key group, CallKey call, int billedSeconds) {
            if (!stale.contains(unit)) {
                groups.add(group, unit.carrier(), call, billedSeconds);
            }
        }
    }

    /// Hands the chosen sides of a call to be priced.
    private void take(
            CallSlices.CallSlice slice,
            int n,
            AnsweredCall call,
            UnitChoice choice,
            SidePricer.Target target,
            boolean counts)
            throws SQLException {
        LocalDate day = pricer.utcDay(call.connectMs());
        for (Side side : SIDES) {
            if (choice.has(call.carrier(side), side, day)) {
                pricer.add(slice, n, call, side, target);
            }
        }
        count(counts);
    }

    private static boolean meet(Unit unit, Set<Unit> met) {
        met.add(unit);
        return true;
    }
}
