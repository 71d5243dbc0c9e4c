package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.db.traffic.ExpectedRows;
import org.tollkeeper.mediation.delivery.FileCalendar;
import org.tollkeeper.mediation.delivery.FileNumbers;
import org.tollkeeper.mediation.delivery.FileNumbers.Numbered;
import org.tollkeeper.mediation.delivery.HourlyVolume;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.ExpectedFiles;
import org.tollkeeper.model.Switch;

/// What is wrong with what the switches of the newest book delivered, read from the register of
/// files and the counts of calls by the hour; no call is read, save those taken out again.
public final class DeliveryCheck {

    /// Days back from the end on which the calendar is checked.
    static final int CALENDAR_DAYS = 35;

    /// Weeks of counts that are read: those judged, those they are judged by, and one to see since
    /// when the switch delivers.
    private static final int VOLUME_WEEKS = 6;

    private static final int FETCHED_ROWS = 10_000;

    private static final int HOURS_PER_DAY = 24;
    private static final int SECONDS_PER_HOUR = 3_600;

    /// A name under which a file came.
    ///
    /// @param ownNumber that the file bears inside; null if it does not
    /// @param repeated whether its content was known before under another name
    private record Sighting(
            String path,
            @Nullable Integer content,
            @Nullable String ownNumber,
            @Nullable Instant lastSetup,
            Instant modified,
            boolean repeated) {

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private DeliveryCheck() {}

    /// The findings by switch; of each, gaps, overlaps, missing files and odd volumes, each in
    /// order.
    ///
    /// @param until days and hours that end later are not looked at; numbers are always
    public static List<DeliveryFinding> findings(Connection connection, Instant until)
            throws SQLException {
        int version = StoredBook.current(connection);
        if (version == 0) {
            return List.of();
        }
        StoredNames names = StoredNames.read(connection);
        Map<Integer, NavigableMap<Long, Long>> volumes = volumes(connection, until);
        List<DeliveryFinding> findings = new ArrayList<>();
        for (Switch source : StoredBook.switches(connection, version)) {
            int number = names.switches().id(source.id());
            ExpectedFiles expected = source.expectedFiles();
            boolean needsAll = !source.sequence().isEmpty() || expected != null;
            // One switch at a time, so that no more than its files have to fit into memory.
            List<Sighting> files = sightings(connection, number, needsAll);
            findings.addAll(FileNumbers.findings(source.id(), numbered(source, files)));
            if (expected != null) {
                findings.addAll(
                        new FileCalendar(source.id(), expected, source.timeZone())
                                .findings(arrivals(files), CALENDAR_DAYS, until));
            }
            findings.addAll(
                    HourlyVolume.findings(
                            source.id(),
                            volumes.getOrDefault(number, new TreeMap<>()),
                            Math.floorDiv(until.getEpochSecond(), SECONDS_PER_HOUR)));
        }
        return findings;
    }

    /// The files that have a number: in their names where the book says so, else inside.
    private static List<Numbered> numbered(Switch source, List<Sighting> files) {
        List<Numbered> numbered = new ArrayList<>();
        Pattern pattern = source.sequence().isEmpty() ? null : Pattern.compile(source.sequence());
        for (Sighting file : files) {
            String digits = pattern == null ? file.ownNumber() : number(pattern, file.name());
            if (digits != null && Numbered.isNumber(digits)) {
                numbered.add(new Numbered(digits, file.content(), file.path()));
            }
        }
        return numbered;
    }

    private static @Nullable String number(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        return matcher.find() ? matcher.group(1) : null;
    }

    /// A path at which a growing file was met again and again is one file.
    private static List<FileCalendar.Arrival> arrivals(List<Sighting> files) {
        Map<String, FileCalendar.Arrival> arrivals = new LinkedHashMap<>();
        for (Sighting file : files) {
            if (!file.repeated()) {
                arrivals.put(
                        file.path(),
                        new FileCalendar.Arrival(file.name(), file.lastSetup(), file.modified()));
            }
        }
        return List.copyOf(arrivals.values());
    }

    /// All sightings of a switch that its findings can follow from, roughly in the order in which
    /// the files were written. There is no day before which none matters: a number that is missing
    /// stays so, and what closes it may come at any time.
    private static List<Sighting> sightings(
            Connection connection, int switchNumber, boolean needsAll) throws SQLException {
        List<Sighting> sightings = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select s.path, case when f.publication is not null then f.id end as content,
                               f.file_sequence::text as own_number, f.last_setup_ms,
                               s.modified_ms, s.repeated
                        from file_sighting s join cdr_file f on f.id = s.file
                        where s.switch = ? and (? or f.file_sequence is not null)
                        order by f.run, f.first_setup_ms nulls last, f.id\
                        """)) {
            select.setInt(1, switchNumber);
            select.setBoolean(2, needsAll);
            select.setFetchSize(FETCHED_ROWS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sightings.add(
                            new Sighting(
                                    row.getString("path"),
                                    row.getObject("content", Integer.class),
                                    row.getString("own_number"),
                                    instant(row.getObject("last_setup_ms", Long.class)),
                                    Instant.ofEpochMilli(row.getLong("modified_ms")),
                                    row.getBoolean("repeated")));
                }
            }
        }
        return sightings;
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /// Visible calls by switch and hour since 1970.
    private static Map<Integer, NavigableMap<Long, Long>> volumes(
            Connection connection, Instant until) throws SQLException {
        LocalDate last = LocalDate.ofInstant(until, ZoneOffset.UTC);
        LocalDate first = last.minusWeeks(VOLUME_WEEKS);
        expectWithdrawn(connection, first, last);
        Map<Integer, NavigableMap<Long, Long>> volumes = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        with calls as (select id, day from live_slice
                                       where kind = 1 and day between ? and ?)
                        select switch, day, hour, sum(call_count) from (
                            select v.switch, c.day, v.hour, v.call_count
                            from call_volume v join calls c on c.id = v.slice
                            union all
                            select k.switch, c.day, k.setup_ms / 3600000 % 24, -1
                            from tombstone t join calls c on c.id = t.slice
                            join call k on k.day = c.day and k.slice = t.slice and k.n = t.n
                        ) counts group by switch, day, hour\
                        """)) {
            select.setObject(1, first);
            select.setObject(2, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long day = row.getObject(2, LocalDate.class).toEpochDay();
                    volumes.computeIfAbsent(row.getInt(1), _ -> new TreeMap<>())
                            .put(day * HOURS_PER_DAY + row.getInt(3), row.getLong(4));
                }
            }
        }
        ExpectedRows.unknown(connection);
        return volumes;
    }

    /// Few calls are ever taken out of many, which the planner does not know.
    private static void expectWithdrawn(Connection connection, LocalDate first, LocalDate last)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        with calls as (select id, row_count from live_slice
                                       where kind = 1 and day between ? and ?)
                        select (select count(*) from tombstone where slice in (select id from calls)),
                               (select coalesce(sum(row_count), 0)::bigint from calls)\
                        """)) {
            select.setObject(1, first);
            select.setObject(2, last);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                ExpectedRows.of(connection, row.getLong(1), row.getLong(2));
            }
        }
    }
}
