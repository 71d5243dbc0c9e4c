package org.tollkeeper.invoicing.print;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentKind;
import org.tollkeeper.invoicing.DocumentLine;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.TaxReason;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Tax;

/// An invoice, a draft of one, or an expected vendor invoice as it is printed.
public final class DocumentSheet {

    private static final List<Letterhead.Qualifier<DocumentLine>> QUALIFIERS =
            List.of(
                    new Letterhead.Qualifier<>("BAND", DocumentLine::band),
                    new Letterhead.Qualifier<>("TIER", line -> tier(line.tierFrom())),
                    new Letterhead.Qualifier<>("ORIGIN", DocumentLine::origin),
                    new Letterhead.Qualifier<>("JURISDICTION", line -> text(line.jurisdiction())));

    private DocumentSheet() {}

    /// Lays a document out.
    ///
    /// @param settlement the settlement model in words
    public static Sheet of(
            Document document,
            Agreement agreement,
            Company company,
            Carrier carrier,
            String settlement) {
        Letterhead head = new Letterhead(company, carrier, carrierLabel(document));
        String title = title(document);
        head.put("title", title).put("subtitle", subtitle(document)).put("settlement", settlement);
        facts(head, document, agreement);
        List<Letterhead.Qualifier<DocumentLine>> used =
                Letterhead.used(QUALIFIERS, document.lines());
        head.put("plain", used.isEmpty()).put("qualified", !used.isEmpty());
        head.put("termsHead", Letterhead.heading(used));
        totals(head, document);
        linesNote(head, document, agreement);
        payment(head, document, agreement, company);
        head.put("footer", document.number() + "   ·   " + company.name());
        return new Sheet(
                Template.DOCUMENT,
                title + " " + document.number(),
                company.name(),
                head.parameters(),
                document.lines().stream().map(line -> row(line, used)).toList());
    }

    private static void facts(Letterhead head, Document document, Agreement agreement) {
        head.fact("Number", document.number());
        head.fact("Date", Figures.day(document.date()));
        head.fact("Due", Figures.day(document.dueDate()));
        head.fact("Agreement", agreement.id());
        head.fact("Period", Letterhead.period(document.period(), agreement.timeZone()));
    }

    private static String title(Document document) {
        return switch (document.kind()) {
            case INVOICE -> document.status() == DocumentStatus.DRAFT ? "DRAFT INVOICE" : "INVOICE";
            case EXPECTED -> "EXPECTED VENDOR INVOICE";
            case CREDIT_NOTE -> "CREDIT NOTE";
            case DEBIT_NOTE -> "DEBIT NOTE";
            case SET_OFF -> "SET-OFF";
        };
    }

    private static String subtitle(Document document) {
        return switch (document.status()) {
            case DRAFT -> "Not issued: its figures follow the charges";
            case EXPECTED -> "Accrual, to be compared with the vendor’s own invoice";
            case ISSUED -> "";
        };
    }

    private static String carrierLabel(Document document) {
        return document.kind() == DocumentKind.EXPECTED ? "VENDOR" : "BILL TO";
    }

    private static void totals(Letterhead head, Document document) {
        String currency = document.currency().getCurrencyCode();
        Tax tax = document.tax();
        head.put("amountHead", "AMOUNT " + currency);
        head.put("net", Figures.money(document.net()));
        head.put("taxLabel", "Tax " + percent(tax.percent()) + " % (" + category(tax) + ")");
        head.put("tax", Figures.money(document.taxAmount()));
        head.put("totalLabel", "Total " + currency);
        head.put("gross", Figures.money(document.gross()));
        head.put("taxNote", TaxReason.note(tax));
    }

    private static void linesNote(Letterhead head, Document document, Agreement agreement) {
        long calls = 0;
        long seconds = 0;
        for (DocumentLine line : document.lines()) {
            calls += line.callCount();
            seconds += line.billedSeconds();
        }
        head.put(
                "linesNote",
                "%s calls, %s billed minutes. %s"
                        .formatted(
                                Figures.count(calls),
                                Figures.minutes(seconds),
                                amounts(agreement.settlement())));
    }

    /// What the amount of a line is.
    private static String amounts(Settlement settlement) {
        return switch (settlement) {
            case Settlement.SenderKeepsAll all ->
                    "An amount is the sum of its calls, each rounded once: minutes times rate may"
                            + " differ by that rounding.";
            case Settlement.BillAndKeep none ->
                    "Nothing is due for traffic; what is due falls short of a commitment.";
            case Settlement.Imbalance imbalance -> {
                String whole =
                        imbalance.excess() == Excess.ALL_TRAFFIC
                                ? "all traffic of this side"
                                : "the excess";
                String share = imbalance.fixedPricePerMinute() == null ? "charges" : "minutes";
                yield "Calls and minutes are all traffic; an amount is the line’s share of what is"
                        + " due for %s, in proportion to its %s.".formatted(whole, share);
            }
        };
    }

    private static String category(Tax tax) {
        return tax.category().label() + " – " + TaxReason.category(tax.category());
    }

    private static String percent(BigDecimal percent) {
        BigDecimal plain = percent.stripTrailingZeros();
        return Figures.decimal(plain.scale() < 0 ? plain.setScale(0) : plain);
    }

    private static void payment(
            Letterhead head, Document document, Agreement agreement, Company company) {
        String due = Figures.day(document.dueDate());
        boolean payable = document.kind() == DocumentKind.INVOICE;
        String terms =
                switch (document.status()) {
                    case ISSUED ->
                            "Due %d days after the date of this invoice, on %s. Please quote %s."
                                    .formatted(agreement.dueDays(), due, document.number());
                    case DRAFT ->
                            "Due %d days after the day of issue: if issued on the date above, on %s."
                                    .formatted(agreement.dueDays(), due);
                    case EXPECTED ->
                            "Expected to be due %d days after its date, on %s."
                                    .formatted(agreement.dueDays(), due);
                };
        Company.Bank bank = company.bank();
        head.put("payable", payable).put("terms", terms);
        head.put("bankLabels", "Bank\nIBAN\nBIC");
        head.put("bank", bank.name() + "\n" + bank.iban() + "\n" + bank.bic());
    }

    private static Map<String, Object> row(
            DocumentLine line, List<Letterhead.Qualifier<DocumentLine>> used) {
        boolean traffic = line.tierFrom() != null;
        return Map.of(
                "destination", line.description(),
                "terms", Letterhead.terms(used, line),
                "rate", Figures.decimal(line.rate()),
                "calls", traffic ? Figures.count(line.callCount()) : "",
                "minutes", traffic ? Figures.minutes(line.billedSeconds()) : "",
                "amount", Figures.money(line.amount()));
    }

    static String tier(@Nullable BigDecimal tierFrom) {
        return tierFrom == null || tierFrom.signum() == 0
                ? ""
                : "from " + Figures.decimal(tierFrom) + " min";
    }

    static String text(@Nullable Jurisdiction jurisdiction) {
        return jurisdiction == null ? "" : jurisdiction.label();
    }
}
