package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.HeldRows;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.model.TierMode;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Match;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Suspended;
import org.tollkeeper.rating.Tariff;

/// The tier groups that a run has to price anew: all calls of one agreement, side, destination and
/// month, in canonical order, since each moves the counter that the next one stands on. Members are
/// gathered in the temporary table `tier_member`, and the database puts them in order.
final class TierGroups {

    private static final int FETCH_ROWS = 10_000;
    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private static final List<String> MEMBER_COLUMNS =
            List.of("tier_group", "call_day", "call_slice", "call_n", "billed_seconds");

    private static final String LIVE =
            """
            select s.id, s.carrier, s.side, s.agreement, s.destination, s.month,
                   s.row_count, s.digest
            from live_slice s
            where s.kind = 3\
            """;

    /// Members of old slices that no stale unit takes back. One UTC day at a time, so that only
    /// that day's leaf is read.
    private static final String KEEP_CHARGED =
            """
            insert into tier_member (tier_group, call_day, call_slice, call_n, billed_seconds)
            select g.tier_group, h.call_day, h.call_slice, h.call_n, h.billed_seconds
            from charge h
            join tier_group g on g.old_slice = h.slice
            where h.day = ? and h.slice = any (?)
              and not exists (select 1 from stale_unit u
                              where u.carrier = h.carrier and u.side = h.side and u.day = h.day)\
            """;

    private static final String KEEP_SUSPENDED =
            """
            insert into tier_member (tier_group, call_day, call_slice, call_n, billed_seconds)
            select g.tier_group, h.call_day, h.call_slice, h.call_n, 0
            from charge_suspense h
            join tier_group g on g.old_slice = h.slice
            where not exists
                (select 1 from stale_unit u
                 where u.carrier = h.carrier and u.side = h.side
                   and u.day = (to_timestamp(h.connect_ms / 1000.0) at time zone 'UTC')::date)\
            """;

    private static final String MEMBERS =
            """
            select tier_group, count(*), sum(billed_seconds)::bigint,
                   min(call_day), max(call_day)
            from tier_member group by tier_group\
            """;

    private static final String IN_CANONICAL_ORDER =
            """
            select m.tier_group, c.day, c.slice, c.n,
                   c.connect_ms, c.duration_ms, c.calling, c.called, c.routing,
                   c.ingress_carrier, c.egress_carrier, c.ingress_product, c.egress_product
            from tier_member m
            join call c on c.day = m.call_day and c.slice = m.call_slice and c.n = m.call_n
            join switch s on s.id = c.switch
            where c.day between ? and ? and m.tier_group = any (?)
            order by m.tier_group, c.connect_ms, s.name, c.call_id, c.leg_id, c.setup_ms\
            """;

    private final CopyLane lane;
    private final RowBlocks members;
    private final Map<Key, LiveSlice> live = new HashMap<>();
    private final Map<Key, Group> groups = new HashMap<>();
    private final List<Group> byNumber = new ArrayList<>();
    private final List<Group> changed = new ArrayList<>();
    private LocalDate firstDay = LAST_DAY;
    private LocalDate lastDay = FIRST_DAY;

    /// What shares a counter.
    ///
    /// @param month in the agreement's zone
    record Key(int agreement, Side side, String destination, YearMonth month) {}

    /// A group and its slices, old and new; null where there is none.
    static final class Group {
        final int number;
        final Key key;
        final int carrier;
        @Nullable LiveSlice old;
        @Nullable OpenSlice fresh;
        long memberCount;
        long totalSeconds;

        Group(int number, Key key, int carrier) {
            this.number = number;
            this.key = key;
            this.carrier = carrier;
        }

        /// Whether the draft says what stands.
        boolean isUnchanged() {
            return old != null
                    && fresh != null
                    && fresh.rowCount == old.rowCount()
                    && fresh.digest == old.digest();
        }
    }

    private record Party(int carrier, Side side) {}

    private TierGroups(CopyLane lane) {
        this.lane = lane;
        this.members = new RowBlocks(lane, "tier_member", MEMBER_COLUMNS);
    }

    private Connection connection() {
        return lane.connection();
    }

    /// The live groups of stale units; more come with their members.
    static TierGroups open(CopyLane lane, StaleUnits stale) throws SQLException {
        TierGroups groups = new TierGroups(lane);
        try (Statement statement = groups.connection().createStatement()) {
            statement.execute("drop table if exists tier_member, tier_group");
            statement.execute(
                    "create temporary table tier_member (tier_group integer, call_day date,"
                            + " call_slice integer, call_n integer, billed_seconds integer)"
                            + " on commit drop");
            statement.execute(
                    "create temporary table tier_group (tier_group integer, old_slice integer)"
                            + " on commit drop");
        }
        groups.findLive(stale);
        return groups;
    }

    private void findLive(StaleUnits stale) throws SQLException {
        Map<Party, Set<LocalDate>> daysByParty =
                stale.all().stream()
                        .collect(
                                Collectors.groupingBy(
                                        unit -> new Party(unit.carrier(), unit.side()),
                                        Collectors.mapping(
                                                Unit::day, Collectors.toCollection(TreeSet::new))));
        try (PreparedStatement select = connection().prepareStatement(LIVE);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int carrier = row.getInt(2);
                Key key = key(row);
                live.put(key, new LiveSlice(row.getInt(1), row.getLong(7), row.getLong(8)));
                Set<LocalDate> days =
                        daysByParty.getOrDefault(new Party(carrier, key.side()), Set.of());
                if (days.stream().anyMatch(day -> touches(key.month(), day))) {
                    group(key, carrier);
                }
            }
        }
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                row.getInt(4),
                Coded.ofCode(Side.class, row.getInt(3)),
                row.getString(5),
                YearMonth.from(row.getObject(6, LocalDate.class)));
    }

    /// Whether a UTC day may hold instants of a month in some zone.
    private static boolean touches(YearMonth month, LocalDate day) {
        return !day.isBefore(month.atDay(1).minusDays(1))
                && !day.isAfter(month.atEndOfMonth().plusDays(1));
    }

    private Group group(Key key, int carrier) {
        @Nullable Group known = groups.get(key);
        if (known != null) {
            return known;
        }
        Group group = new Group(byNumber.size(), key, carrier);
        group.old = live.get(key);
        groups.put(key, group);
        byNumber.add(group);
        return group;
    }

    /// Adds a call that belongs to a group.
    ///
    /// @param billedSeconds 0 when it cannot be priced whatever the volume
    void add(Key key, int carrier, CallKey call, int billedSeconds) {
        HeldRows row = members.startRow();
        row.writeInt(group(key, carrier).number);
        row.writeDate(call.epochDay());
        row.writeInt(call.slice());
        row.writeInt(call.n());
        row.writeInt(billedSeconds);
    }

    /// The groups that say something else than what stands, their new slices written.
    List<Group> changed() {
        return changed;
    }

    /// Prices every group, each call after the ones before it. A group whose members are as many as
    /// before is drafted first, and written only when it changed. Calls are read by a cursor of the
    /// connection that charges are written by.
    void rate(Run run, Rater rater, BookNumbers numbers, ChargeWriter writer) throws SQLException {
        lane.setAtOnce(true);
        members.send();
        keepMembers();
        countMembers();
        List<Group> asBefore =
                byNumber.stream()
                        .filter(g -> g.old != null && g.old.rowCount() == g.memberCount)
                        .toList();
        for (Group group : asBefore) {
            group.fresh = OpenSlice.draft(new Unit(group.carrier, group.key.side(), FIRST_DAY));
        }
        price(asBefore, rater, numbers, writer);
        changed.addAll(byNumber);
        changed.removeIf(Group::isUnchanged);
        for (Group group : changed) {
            group.fresh = group.memberCount == 0 ? null : openSlice(run, group);
        }
        price(changed, rater, numbers, writer);
    }

    private void price(List<Group> priced, Rater rater, BookNumbers numbers, ChargeWriter writer)
            throws SQLException {
        if (priced.isEmpty() || lastDay.isBefore(firstDay)) {
            return;
        }
        try (PreparedStatement select = connection().prepareStatement(IN_CANONICAL_ORDER)) {
            select.setFetchSize(FETCH_ROWS);
            select.setObject(1, firstDay);
            select.setObject(2, lastDay);
            Object[] chosen = priced.stream().map(group -> group.number).toArray();
            select.setArray(3, connection().createArrayOf("integer", chosen));
            try (ResultSet row = select.executeQuery()) {
                int number = -1;
                long volumeSeconds = 0;
                while (row.next()) {
                    if (row.getInt(1) != number) {
                        finish(number, writer);
                        number = row.getInt(1);
                        volumeSeconds = 0;
                    }
                    Group group = byNumber.get(number);
                    volumeSeconds += rate(row, group, volumeSeconds, rater, numbers, writer);
                }
                finish(number, writer);
            }
        }
    }

    private void finish(int number, ChargeWriter writer) {
        if (number < 0) {
            return;
        }
        @Nullable OpenSlice slice = byNumber.get(number).fresh;
        if (slice != null && !slice.isDraft()) {
            writer.finish(slice);
        }
    }

    private OpenSlice openSlice(Run run, Group group) throws SQLException {
        int slice =
                Slices.openTieredCharges(
                        connection(),
                        run,
                        group.carrier,
                        group.key.side(),
                        group.key.agreement(),
                        group.key.destination(),
                        group.key.month().atDay(1));
        return new OpenSlice(slice, group.carrier, group.key.side());
    }

    /// Prices one call and says by how much it moves the counter.
    private static long rate(
            ResultSet row,
            Group group,
            long volumeSeconds,
            Rater rater,
            BookNumbers numbers,
            ChargeWriter writer)
            throws SQLException {
        int epochDay = Math.toIntExact(row.getObject(2, LocalDate.class).toEpochDay());
        CallKey key = new CallKey(epochDay, row.getInt(3), row.getInt(4));
        AnsweredCall call = AnsweredCall.of(row, 5);
        CallSide side = call.side(group.key.side(), numbers);
        Match match = rater.tariff(side);
        OpenSlice slice = group.fresh;
        if (!(match instanceof Tariff tariff) || slice == null) {
            throw new IllegalStateException(
                    "call " + key + " has no price, yet stands in the tier group " + group.key);
        }
        boolean allUnits = tariff.agreement().tiers() == TierMode.ALL_UNITS;
        return switch (Rater.charge(tariff, side, allUnits ? group.totalSeconds : volumeSeconds)) {
            case Charge charge -> {
                writer.add(slice, key, call.connectMs(), charge);
                yield charge.billedSeconds();
            }
            case Suspended(SuspenseReason reason) -> {
                writer.suspend(slice, key, call.connectMs(), reason);
                yield 0;
            }
        };
    }

    private void keepMembers() throws SQLException {
        List<Integer> oldSlices = new ArrayList<>();
        Set<LocalDate> days = new TreeSet<>();
        try (BinaryCopy copy =
                BinaryCopy.into(connection(), "tier_group", List.of("tier_group", "old_slice"))) {
            for (Group group : byNumber) {
                if (group.old != null) {
                    copy.startRow();
                    copy.writeInt(group.number);
                    copy.writeInt(group.old.id());
                    oldSlices.add(group.old.id());
                    LocalDate last = group.key.month().atEndOfMonth().plusDays(1);
                    group.key
                            .month()
                            .atDay(1)
                            .minusDays(1)
                            .datesUntil(last.plusDays(1))
                            .forEach(days::add);
                }
            }
            copy.finish();
        }
        if (oldSlices.isEmpty()) {
            return;
        }
        try (PreparedStatement keep = connection().prepareStatement(KEEP_CHARGED)) {
            for (LocalDate day : days) {
                keep.setObject(1, day);
                keep.setArray(2, connection().createArrayOf("integer", oldSlices.toArray()));
                keep.executeUpdate();
            }
        }
        try (Statement keep = connection().createStatement()) {
            keep.executeUpdate(KEEP_SUSPENDED);
        }
    }

    private void countMembers() throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute("analyze tier_member");
            try (ResultSet row = statement.executeQuery(MEMBERS)) {
                while (row.next()) {
                    Group group = byNumber.get(row.getInt(1));
                    group.memberCount = row.getLong(2);
                    group.totalSeconds = row.getLong(3);
                    LocalDate first = row.getObject(4, LocalDate.class);
                    LocalDate last = row.getObject(5, LocalDate.class);
                    firstDay = first.isBefore(firstDay) ? first : firstDay;
                    lastDay = last.isAfter(lastDay) ? last : lastDay;
                }
            }
        }
    }
}
