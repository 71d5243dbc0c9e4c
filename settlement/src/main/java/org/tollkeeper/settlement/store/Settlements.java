package org.tollkeeper.settlement.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Settlement.BillAndKeep;
import org.tollkeeper.model.Settlement.Imbalance;
import org.tollkeeper.model.Settlement.SenderKeepsAll;
import org.tollkeeper.settlement.PeriodName;
import org.tollkeeper.settlement.Settler;
import org.tollkeeper.settlement.Statement;
import org.tollkeeper.settlement.store.TrafficSums.Wanted;

/// Brings the statements up to the visible charges and the agreements of the book.
///
/// The statements that stand afterwards are a function of those two and of the date alone: what is
/// already there and equal stays untouched, what differs gets a new generation, what no longer has
/// a ground is retired. All becomes visible at once when the caller commits; if nothing changed
/// there is no publication. Only periods whose charges or terms changed since are looked at.
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
        StaleDays stale = new StaleDays(connection);
        List<Integer> numbers = numbers(agreements);
        List<Sha256> terms = agreements.stream().map(StatementDigest::ofTerms).toList();
        List<Predicate<BillingPeriod>> meant = new ArrayList<>();
        for (int i = 0; i < agreements.size(); i++) {
            LocalDate first = stale.of(numbers.get(i), terms.get(i), through);
            meant.add(period -> !period.lastDay().isBefore(first));
        }
        Settled settled = settle(agreements, numbers, through, meant, period -> true);
        stale.settled(numbers, terms, through);
        return settled;
    }

    /// Settles the periods of that name that ended on or before `through`, and lets the statements
    /// of all others be.
    public Settled settle(List<Agreement> agreements, LocalDate through, PeriodName name)
            throws SQLException {
        List<Predicate<BillingPeriod>> meant = new ArrayList<>();
        agreements.forEach(agreement -> meant.add(name::names));
        new StaleDays(connection).forget();
        return settle(agreements, numbers(agreements), through, meant, name::names);
    }

    private List<Integer> numbers(List<Agreement> agreements) throws SQLException {
        StoredNames.Numbered names = StoredNames.read(connection).agreements();
        return agreements.stream().map(agreement -> names.id(agreement.id())).toList();
    }

    /// Settles the periods meant, agreement by agreement.
    ///
    /// @param others which statements end with an agreement that is not given
    private Settled settle(
            List<Agreement> agreements,
            List<Integer> numbers,
            LocalDate through,
            List<Predicate<BillingPeriod>> meant,
            Predicate<BillingPeriod> others)
            throws SQLException {
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < agreements.size(); i++) {
            wanted.add(
                    new Wanted(numbers.get(i), periods(agreements.get(i), through, meant.get(i))));
        }
        StatementGenerations generations = new StatementGenerations(connection, run);
        try (TrafficSums sums = new TrafficSums(connection, wanted)) {
            for (int i = 0; i < agreements.size(); i++) {
                Predicate<BillingPeriod> now = meant.get(i);
                List<Statement> statements =
                        Settler.settle(agreements.get(i), sums.next()).stream()
                                .filter(statement -> now.test(statement.period()))
                                .toList();
                generations.replace(numbers.get(i), statements, now);
                progress.accept(i + 1L);
            }
        }
        generations.retireOthers(numbers, others);
        return generations.settled();
    }

    /// The periods meant that ended through the date, and before them those that decide whether a
    /// ratio has been exceeded often enough.
    private static List<BillingPeriod> periods(
            Agreement agreement, LocalDate through, Predicate<BillingPeriod> meant) {
        List<BillingPeriod> ended =
                BillingPeriod.of(agreement.cycle(), agreement.from(), agreement.to(), through)
                        .stream()
                        .filter(period -> !period.lastDay().isAfter(through))
                        .toList();
        int first = 0;
        while (first < ended.size() && !meant.test(ended.get(first))) {
            first++;
        }
        if (first == ended.size()) {
            return List.of();
        }
        int before =
                switch (agreement.settlement()) {
                    case Imbalance terms -> terms.consecutivePeriods() - 1;
                    case SenderKeepsAll _, BillAndKeep _ -> 0;
                };
        return ended.subList(Math.max(0, first - before), ended.size());
    }
}
