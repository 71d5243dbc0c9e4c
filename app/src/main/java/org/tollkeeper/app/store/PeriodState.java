package org.tollkeeper.app.store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.model.BillingPeriod;

/// How far an agreement's period has come.
///
/// @param state `open`, `settled`, `drafted` or `issued`
/// @param document the number of its document, if it has one
/// @param kind of the document, empty without one
/// @param gross of the document
/// @param currency of the document, empty without one
public record PeriodState(
        String agreement,
        LocalDate from,
        LocalDate lastDay,
        String state,
        @Nullable String document,
        String kind,
        @Nullable BigDecimal gross,
        String currency) {

    /// Every period that has a statement or charges, by agreement and date.
    public static List<PeriodState> of(Database database) {
        List<PeriodState> periods = new ArrayList<>(settled(database));
        for (OpenPeriod open : OpenPeriod.of(database)) {
            BillingPeriod period = open.period();
            periods.add(
                    new PeriodState(
                            open.agreement(),
                            period.from(),
                            period.lastDay(),
                            "open",
                            null,
                            "",
                            null,
                            ""));
        }
        periods.sort(Comparator.comparing(PeriodState::agreement).thenComparing(PeriodState::from));
        return periods;
    }

    private static List<PeriodState> settled(Database database) {
        return Rows.of(
                database,
                """
                select a.name, s.period_from, s.period_end - 1,
                       case d.status when 'issued' then 'issued' when 'draft' then 'drafted'
                                     else 'settled' end,
                       d.number, coalesce(d.kind, ''), d.gross_minor, s.currency
                  from statement s
                  join agreement a on a.id = s.agreement
                  left join document d on d.agreement = s.agreement
                       and d.period_from = s.period_from and d.to_publication is null
                 where s.to_publication is null
                 order by a.name, s.period_from, d.number
                """,
                row -> {
                    String currency = row.getString(8);
                    String number = row.getString(5);
                    return new PeriodState(
                            row.getString(1),
                            row.getObject(2, LocalDate.class),
                            row.getObject(3, LocalDate.class),
                            row.getString(4),
                            number,
                            row.getString(6),
                            number == null
                                    ? null
                                    : BigDecimal.valueOf(
                                            row.getLong(7),
                                            Currency.getInstance(currency)
                                                    .getDefaultFractionDigits()),
                            currency);
                });
    }
}
