package org.tollkeeper.settlement.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.settlement.PeriodName;
import org.tollkeeper.settlement.Settler;
import org.tollkeeper.settlement.Statement;
import org.tollkeeper.settlement.store.StatementGenerations.Fresh;
import org.tollkeeper.settlement.store.StatementGenerations.Standing;
import org.tollkeeper.settlement.store.StatementGenerations.Subject;
import org.tollkeeper.settlement.store.TrafficSums.Wanted;

/// Brings the statements up to the visible charges and the agreements of the book.
///
/// The statements that stand afterwards are a function of those two and of the date alone: what is
/// already there and equal stays untouched, what differs gets a new generation, what no longer has
/// a ground is retired. All becomes visible at once when the caller commits; if nothing changed
/// there is no publication.
public final class Settlements {

    private final Connection connection;
    private final Run run;
    private final LongConsumer progress;

    /// Settles on a connection, in the caller's transaction.
    ///
    /// @param progress told how many agreements are settled so far
    public Settlements(Connection connection, Run run, LongConsumer progress) {
        this.connection = connection;
        this.run = run;
        this.progress = progress;
    }

    /// Settles every period that ended on or before `through`, a local date in the zone of each
    /// agreement. Statements of later periods are retired, and so are those of agreements that are
    /// not given: what stands is the state through that date.
    ///
    /// @param agreements all of the book
    public Settled settle(List<Agreement> agreements, LocalDate through) throws SQLException {
        return settle(agreements, through, period -> true);
    }

    /// Settles the periods of that name, and lets the statements of all others be.
    public Settled settle(List<Agreement> agreements, LocalDate through, PeriodName name)
            throws SQLException {
        return settle(agreements, through, name::names);
    }

    private Settled settle(
            List<Agreement> agreements, LocalDate through, Predicate<BillingPeriod> meant)
            throws SQLException {
        StatementGenerations generations = new StatementGenerations(connection);
        Map<Subject, Standing> standing = generations.standing();
        standing.values().removeIf(statement -> !meant.test(statement.period()));
        int unchangedCount = 0;
        List<Fresh> changed = new ArrayList<>();
        List<Standing> superseded = new ArrayList<>();
        for (Fresh fresh : statements(agreements, through, meant)) {
            Standing now = standing.remove(fresh.subject());
            if (now != null && now.digest().equals(fresh.digest())) {
                unchangedCount++;
                continue;
            }
            changed.add(fresh);
            if (now != null) {
                superseded.add(now);
            }
        }
        List<Standing> groundless = List.copyOf(standing.values());
        superseded.addAll(groundless);
        if (!changed.isEmpty() || !superseded.isEmpty()) {
            int publication = run.publish(connection);
            generations.retire(superseded, publication);
            generations.add(changed, run, publication);
        }
        return new Settled(changed.size(), unchangedCount, groundless.size());
    }

    private List<Fresh> statements(
            List<Agreement> agreements, LocalDate through, Predicate<BillingPeriod> meant)
            throws SQLException {
        StoredNames names = StoredNames.read(connection);
        List<Wanted> wanted =
                agreements.stream()
                        .map(
                                agreement ->
                                        new Wanted(
                                                names.agreements().id(agreement.id()),
                                                ended(agreement, through)))
                        .toList();
        List<Fresh> statements = new ArrayList<>();
        try (TrafficSums sums = new TrafficSums(connection, wanted)) {
            for (int i = 0; i < agreements.size(); i++) {
                for (Statement statement : Settler.settle(agreements.get(i), sums.next())) {
                    if (meant.test(statement.period())) {
                        statements.add(Fresh.of(wanted.get(i).agreement(), statement));
                    }
                }
                progress.accept(i + 1L);
            }
        }
        return statements;
    }

    private static List<BillingPeriod> ended(Agreement agreement, LocalDate through) {
        return BillingPeriod.of(agreement.cycle(), agreement.from(), agreement.to(), through)
                .stream()
                .filter(period -> !period.lastDay().isAfter(through))
                .toList();
    }
}
