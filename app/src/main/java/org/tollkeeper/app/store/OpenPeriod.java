package org.tollkeeper.app.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;

/// A period with charges that no statement has taken up yet.
public record OpenPeriod(String agreement, BillingPeriod period) {

    private record ChargedDay(String agreement, LocalDate day) {}

    /// By agreement and period.
    public static List<OpenPeriod> of(Database database) {
        Map<String, NavigableSet<LocalDate>> days = new TreeMap<>();
        for (ChargedDay charged : daysWithoutStatement(database)) {
            days.computeIfAbsent(charged.agreement(), _ -> new TreeSet<>()).add(charged.day());
        }
        List<OpenPeriod> open = new ArrayList<>();
        if (days.isEmpty()) {
            return open;
        }
        for (Agreement agreement : agreements(database)) {
            NavigableSet<LocalDate> charged = days.getOrDefault(agreement.id(), new TreeSet<>());
            if (!charged.isEmpty()) {
                BillingPeriod.of(
                                agreement.cycle(), agreement.from(), agreement.to(), charged.last())
                        .stream()
                        .filter(period -> holdsOne(period, charged))
                        .forEach(period -> open.add(new OpenPeriod(agreement.id(), period)));
            }
        }
        return open;
    }

    private static boolean holdsOne(BillingPeriod period, NavigableSet<LocalDate> days) {
        LocalDate first = days.ceiling(period.from());
        return first != null && period.holds(first);
    }

    private static List<ChargedDay> daysWithoutStatement(Database database) {
        return Rows.of(
                database,
                """
                select distinct a.name, t.day
                  from traffic_sum t
                  join live_slice l on l.id = t.slice
                  join agreement a on a.id = t.agreement
                 where not exists (
                    select from statement s
                     where s.agreement = t.agreement and s.to_publication is null
                       and t.day >= s.period_from and t.day < s.period_end)
                """,
                row -> new ChargedDay(row.getString(1), row.getObject(2, LocalDate.class)));
    }

    private static List<Agreement> agreements(Database database) {
        try (Connection connection = database.connect()) {
            return StoredBook.readWithoutDeckRows(connection, StoredBook.current(connection))
                    .agreements();
        } catch (SQLException e) {
            throw new DatabaseException("the book cannot be read: " + e.getMessage(), e);
        }
    }
}
