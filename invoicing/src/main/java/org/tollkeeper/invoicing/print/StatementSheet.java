package org.tollkeeper.invoicing.print;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.AccountStatement;
import org.tollkeeper.invoicing.LineKind;
import org.tollkeeper.invoicing.StatementLine;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;

/// A statement as it is printed: both sides, their totals, and who owes whom.
public final class StatementSheet {

    /// Traffic values have up to nine decimals; paper shows this many, the CSV beside it has all.
    private static final int VALUE_DECIMALS = 4;

    private static final List<Letterhead.Qualifier<StatementLine>> QUALIFIERS =
            List.of(
                    new Letterhead.Qualifier<>("BAND", StatementLine::band),
                    new Letterhead.Qualifier<>("TIER", l -> DocumentSheet.tier(l.tierFrom())),
                    new Letterhead.Qualifier<>("ORIGIN", StatementLine::origin),
                    new Letterhead.Qualifier<>(
                            "JURISDICTION", l -> DocumentSheet.text(l.jurisdiction())));

    private StatementSheet() {}

    /// Lays a statement out.
    ///
    /// @param settlement the settlement model in words
    public static Sheet of(
            AccountStatement statement,
            Agreement agreement,
            Company company,
            Carrier carrier,
            String settlement) {
        String currency = statement.currency().getCurrencyCode();
        String name = agreement.id() + "-" + statement.period().from();
        List<Letterhead.Qualifier<StatementLine>> used =
                Letterhead.used(QUALIFIERS, statement.lines());
        Letterhead head = new Letterhead(company, carrier, "WITH");
        head.put("title", "STATEMENT").put("subtitle", "").put("settlement", settlement);
        head.fact("Statement", name);
        head.fact("Date", Figures.day(statement.period().end()));
        head.fact("Agreement", agreement.id());
        head.fact("Currency", currency);
        head.fact("Period", Letterhead.period(statement.period(), agreement.timeZone()));
        head.put("termsHead", Letterhead.heading(used)).put("amountHead", "DUE " + currency);
        balance(head, statement, agreement, company, carrier);
        head.put("footer", "Statement " + name + "   ·   " + company.name());
        return new Sheet(
                Template.STATEMENT,
                "STATEMENT " + name,
                company.name(),
                head.parameters(),
                rows(statement, carrier, used));
    }

    private static void balance(
            Letterhead head,
            AccountStatement statement,
            Agreement agreement,
            Company company,
            Carrier carrier) {
        Money sell = statement.due(Side.SELL);
        Money buy = statement.due(Side.BUY);
        head.put("owedToUsLabel", carrier.name() + " owes " + company.name());
        head.put("owedToUs", Figures.money(sell));
        head.put("owedByUsLabel", company.name() + " owes " + carrier.name());
        head.put("owedByUs", Figures.money(buy));
        String payer = sell.compareTo(buy) < 0 ? company.name() : carrier.name();
        Money net = sell.compareTo(buy) < 0 ? buy.minus(sell) : sell.minus(buy);
        boolean one = agreement.netting() || sell.isZero() || buy.isZero();
        String currency = statement.currency().getCurrencyCode();
        head.put("netWords", words(agreement.netting(), sell, buy, payer));
        head.put("netAmount", one ? currency + " " + Figures.money(net) : "");
        head.put("note", "Before tax. " + note(agreement, sell, buy));
    }

    private static String words(boolean netting, Money sell, Money buy, String payer) {
        if (sell.isZero() && buy.isZero()) {
            return "Nothing is due on either side";
        }
        if (netting) {
            return sell.equals(buy) ? "Nobody owes a balance" : "Net, payable by " + payer;
        }
        return sell.isZero() || buy.isZero()
                ? "Payable by " + payer
                : "Both amounts are due, gross";
    }

    private static String note(Agreement agreement, Money sell, Money buy) {
        if (sell.isZero() && buy.isZero()) {
            return agreement.settlement() instanceof Settlement.BillAndKeep
                    ? "Values are a memo of what the traffic would come to at the rates shown."
                    : "No invoice follows from this statement.";
        }
        if (agreement.netting()) {
            return "The invoices of both sides stand; this balance sets them off.";
        }
        return sell.isZero() || buy.isZero()
                ? "Only one side owes the other."
                : "This agreement has no netting: each side pays the other’s invoice.";
    }

    private static List<Map<String, Object>> rows(
            AccountStatement statement,
            Carrier carrier,
            List<Letterhead.Qualifier<StatementLine>> used) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Side side : List.of(Side.SELL, Side.BUY)) {
            rows.add(
                    row(
                            "heading",
                            side == Side.SELL
                                    ? "Received from " + carrier.name() + " (sell)"
                                    : "Sent to " + carrier.name() + " (buy)"));
            List<StatementLine> lines = statement.documentLines(side);
            for (StatementLine line : lines) {
                rows.add(entry(row("entry", description(line)), line, statement, used));
            }
            if (lines.isEmpty()) {
                rows.add(row("entry", "No traffic"));
            }
            for (StatementLine line : statement.lines()) {
                if (line.kind() == LineKind.TOTAL && line.side() == side) {
                    rows.add(entry(row("total", "Total"), line, statement, used));
                }
            }
        }
        return rows;
    }

    private static Map<String, Object> row(String kind, String text) {
        Map<String, Object> row = new HashMap<>();
        for (String flag : List.of("heading", "entry", "total")) {
            row.put(flag, flag.equals(kind));
        }
        row.put("destination", text);
        return row;
    }

    private static String description(StatementLine line) {
        return line.kind() == LineKind.COMMITMENT
                ? "Commitment shortfall " + line.destination()
                : line.destination();
    }

    private static Map<String, Object> entry(
            Map<String, Object> row,
            StatementLine line,
            AccountStatement statement,
            List<Letterhead.Qualifier<StatementLine>> used) {
        boolean counted = line.kind() != LineKind.COMMITMENT;
        BigDecimal rate = line.rate();
        row.put("terms", Letterhead.terms(used, line));
        row.put("rate", rate == null ? "" : Figures.decimal(rate));
        row.put("calls", counted ? Figures.countOf(line.callCount()) : "");
        row.put("actual", counted ? Figures.minutesOf(line.actualSeconds()) : "");
        row.put("billed", counted ? Figures.minutesOf(line.billedSeconds()) : "");
        row.put("value", counted ? value(line.traffic(), statement.chargeDecimals()) : "");
        row.put("due", Figures.money(line.due()));
        return row;
    }

    private static String value(@Nullable BigDecimal traffic, int chargeDecimals) {
        int decimals = Math.min(chargeDecimals, VALUE_DECIMALS);
        return traffic == null
                ? ""
                : Figures.decimal(traffic.setScale(decimals, RoundingMode.HALF_UP));
    }
}
