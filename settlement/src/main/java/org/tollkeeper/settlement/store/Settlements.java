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
import org.tollkeeper.settlement.PeriodTraffic;
import org.tollkeeper.settlement.Settler;
import org.tollkeeper.settlement.Statement;
import org.tollkeeper.settlement.store.StatementGenerations.Fresh;
import org.tollkeeper.settlement.store.StatementGenerations.Standing;
import org.tollkeeper.settlement.store.StatementGenerations.Subject;

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

    /// @param progress told how many agreements are settled so far
    public Settlements(Connection connection, Run run, LongConsumer progress) {
        this.connection = connection;
        this.run = run;
        this.progress = progress;
    }

    /// Settles every period that ended on or before `through`, a local date in the zone of each
    /// agreement. Statements of later periods are retired: what stands is the state through that
    /// date.
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
        StoredNames names = StoredNames.read(connection);
        TrafficSums sums = new TrafficSums(connection);
        StatementGenerations generations = new StatementGenerations(connection);
        Map<Subject, Standing> standing = generations.standing();
        standing.values().removeIf(statement -> !meant.test(statement.period()));
        List<Fresh> fresh = new ArrayList<>();
        int unchangedCount = 0;
        long agreementCount = 0;
        for (Agreement agreement : agreements) {
            int number = names.agreements().id(agreement.id());
            for (Statement statement : statements(agreement, number, sums, through)) {
                if (!meant.test(statement.period())) {
                    continue;
                }
                Subject subject = new Subject(number, statement.period().from());
                LineDigest digest = LineDigest.of(statement);
                Standing now = standing.get(subject);
                if (now != null && now.digest().equals(digest)) {
                    standing.remove(subject);
                    unchangedCount++;
                } else {
                    fresh.add(new Fresh(number, statement, digest));
                }
            }
            progress.accept(++agreementCount);
        }
        if (!fresh.isEmpty() || !standing.isEmpty()) {
            int publication = run.publish(connection);
            generations.retire(standing.values(), publication);
            generations.add(fresh, run, publication);
        }
        for (Fresh each : fresh) {
            standing.remove(new Subject(each.agreement(), each.statement().period().from()));
        }
        return new Settled(fresh.size(), unchangedCount, standing.size());
    }

    private static List<Statement> statements(
            Agreement agreement, int number, TrafficSums sums, LocalDate through)
            throws SQLException {
        List<BillingPeriod> ended =
                BillingPeriod.of(agreement.cycle(), agreement.from(), agreement.to(), through)
                        .stream()
                        .filter(period -> !period.lastDay().isAfter(through))
                        .toList();
        List<PeriodTraffic> traffic = sums.of(number, ended);
        return Settler.settle(agreement, traffic);
    }
}
