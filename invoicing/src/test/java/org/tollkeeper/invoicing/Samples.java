package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TaxCategory;
import org.tollkeeper.model.TierMode;

/// A company, a carrier and statements between them, for tests.
public final class Samples {

    public static final Company COMPANY =
            new Company(
                    "Wholesale Voice Ltd",
                    List.of("1 Exchange Place", "Dublin"),
                    "IE",
                    "IE1234567T",
                    Currency.getInstance("USD"),
                    ZoneId.of("Europe/Dublin"),
                    "WV",
                    new Company.Bank("Bank of Examples", "IE29AIBK93115212345678", "AIBKIE2D"),
                    "billing@example.com");

    public static final Tax TAX = new Tax(TaxCategory.STANDARD, new BigDecimal("20"), "");

    private Samples() {}

    public static Carrier carrier(String id, String name, String vatId) {
        return new Carrier(
                id, name, "2 Carrier Street", "Town", "1001", "FR", vatId, "rates@example.org", "");
    }

    public static Agreement agreement(String id, String currency, Settlement settlement) {
        return agreement(id, currency, settlement, TAX, LateUsage.CORRECT);
    }

    public static Agreement agreement(
            String id, String currency, Settlement settlement, Tax tax, LateUsage late) {
        return agreement(id, currency, settlement, tax, late, true);
    }

    public static Agreement agreement(
            String id,
            String currency,
            Settlement settlement,
            Tax tax,
            LateUsage late,
            boolean netting) {
        return new Agreement(
                id,
                "BETA",
                LocalDate.of(2024, 1, 1),
                null,
                Currency.getInstance(currency),
                ZoneId.of("UTC"),
                Cycle.MONTHLY,
                30,
                List.of(),
                settlement,
                netting,
                DurationRounding.UP,
                6,
                ChargeRounding.HALF_UP,
                TierMode.GRADUATED,
                BandPolicy.BY_START,
                List.of(),
                false,
                late,
                tax);
    }

    public static BillingPeriod month(int year, int month) {
        return BillingPeriod.holding(LocalDate.of(year, month, 1), Cycle.MONTHLY);
    }

    public static Money money(String amount, String currency) {
        Currency of = Currency.getInstance(currency);
        return new Money(
                new BigDecimal(amount)
                        .setScale(of.getDefaultFractionDigits())
                        .unscaledValue()
                        .longValueExact(),
                of);
    }

    /// A traffic line; `due` is its exact amount settled.
    public static StatementLine traffic(
            Side side,
            String destination,
            String rate,
            String band,
            String tierFrom,
            String origin,
            long calls,
            long seconds,
            String amount,
            String currency) {
        return new StatementLine(
                LineKind.TRAFFIC,
                side,
                destination,
                new BigDecimal(rate),
                band,
                new BigDecimal(tierFrom),
                origin,
                null,
                calls,
                seconds,
                seconds,
                new BigDecimal(amount),
                Money.settle(new BigDecimal(amount), Currency.getInstance(currency)));
    }

    public static StatementLine plain(
            Side side, String destination, String rate, long calls, long seconds, String amount) {
        return traffic(side, destination, rate, "", "0", "", calls, seconds, amount, "EUR");
    }

    /// A statement of these lines with their two totals.
    public static AccountStatement statement(
            String agreement, BillingPeriod period, String currency, List<StatementLine> traffic) {
        List<StatementLine> lines = new ArrayList<>(traffic);
        for (Side side : List.of(Side.BUY, Side.SELL)) {
            lines.add(total(side, traffic, Currency.getInstance(currency)));
        }
        return new AccountStatement(1, agreement, period, Currency.getInstance(currency), 6, lines);
    }

    private static StatementLine total(
            @Nullable Side side, List<StatementLine> traffic, Currency currency) {
        long calls = 0;
        long seconds = 0;
        BigDecimal value = BigDecimal.ZERO;
        Money due = Money.zero(currency);
        for (StatementLine line : traffic) {
            if (line.side() == side) {
                calls += line.callCount() == null ? 0 : line.callCount();
                seconds += line.billedSeconds() == null ? 0 : line.billedSeconds();
                value = line.traffic() == null ? value : value.add(line.traffic());
                due = due.plus(line.due());
            }
        }
        return new StatementLine(
                LineKind.TOTAL,
                side,
                "",
                null,
                "",
                null,
                "",
                null,
                calls,
                seconds,
                seconds,
                value,
                due);
    }
}
