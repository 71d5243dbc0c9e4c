package org.tollkeeper.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TaxCategory;

class DocumentTest {

    @ParameterizedTest(name = "{0}: three lines of {1} and {2} %: {4} + {5} = {6}")
    @CsvSource({
        "E5.17, 10.005, 19, 10.01, 30.03, 5.71, 35.74",
        "E5.18, 0.10,   19, 0.10,   0.30, 0.06,  0.36",
        "E5.19, 0.13,   19, 0.13,   0.39, 0.07,  0.46",
    })
    void lines_are_rounded_each_and_tax_once_on_their_sum(
            String id,
            String amount,
            String percent,
            String line,
            String net,
            String tax,
            String gross) {
        Document document = document("EUR", percent, amount, amount, amount);
        assertThat(document.lines().stream().map(each -> each.amount().toString()))
                .containsExactly(line, line, line);
        assertThat(
                        Stream.of(document.net(), document.taxAmount(), document.gross())
                                .map(Money::toString))
                .containsExactly(net, tax, gross);
    }

    @ParameterizedTest(name = "{0}: {1} {2} and {3} %: tax {4}, gross {5}")
    @CsvSource({
        "E13.1, EUR, 12345.67, 19,  2345.68, 14691.35",
        "E13.2, EUR, 12345.67, 0,   0.00,    12345.67",
        "-,     EUR, 5.37,     8.1, 0.43,    5.80",
        "-,     KWD, 4.110,    19,  0.781,   4.891",
        "-,     JPY, 334,      20,  67,      401",
        "-,     EUR, 0.03,     20,  0.01,    0.04",
        "-,     EUR, -0.03,    20,  -0.01,   -0.04",
    })
    void tax_is_rounded_half_up_to_the_minor_unit(
            String id, String currency, String net, String percent, String tax, String gross) {
        Document document = document(currency, percent, net);
        assertThat(document.taxAmount()).hasToString(tax);
        assertThat(document.gross()).hasToString(gross);
    }

    @ParameterizedTest(
            name = "{0}: category {1}, carrier’s VAT id ''{2}'': issued {3}, note ''{4}''")
    @CsvSource({
        "E13.1, STANDARD,       '',            true,  ''",
        "E13.2, REVERSE_CHARGE, DE136695976,   true,  'Reverse charge: VAT is to be accounted for by the recipient of the service.'",
        "E13.3, REVERSE_CHARGE, FR40303265045, true,  'Reverse charge: VAT is to be accounted for by the recipient of the service.'",
        "E13.4, REVERSE_CHARGE, '',            false, 'Reverse charge: VAT is to be accounted for by the recipient of the service.'",
        "E13.5, EXPORT,         '',            true,  'Service outside the scope of VAT of the supplier’s country.'",
    })
    void no_tax_is_never_without_a_reason(
            String id, TaxCategory category, String vatId, boolean issued, String note) {
        Tax tax = new Tax(category, BigDecimal.ZERO, "");
        Carrier carrier = Samples.carrier("BETA", "Béta Communications SA", vatId);
        assertThat(TaxReason.refusal(tax, carrier) == null).isEqualTo(issued);
        assertThat(TaxReason.note(tax)).isEqualTo(note);
        assertThat(TaxReason.note(new Tax(category, BigDecimal.ZERO, "Art. 44")))
                .isEqualTo("Art. 44");
    }

    @ParameterizedTest(name = "{0}: {1} from {2}, {3} days: dated {5}, due {6}")
    @CsvSource({
        "E18.1, WEEKLY,       2026-08-03, 3,  2026-08-09, 2026-08-10, 2026-08-13",
        "E18.2, WEEKLY,       2026-08-03, 7,  2026-08-09, 2026-08-10, 2026-08-17",
        "E18.3, HALF_MONTHLY, 2026-02-16, 15, 2026-02-28, 2026-03-01, 2026-03-16",
        "E18.4, MONTHLY,      2026-01-01, 30, 2026-01-31, 2026-02-01, 2026-03-03",
    })
    void a_draft_is_dated_the_day_after_its_period_and_due_from_then(
            String id,
            Cycle cycle,
            LocalDate from,
            int dueDays,
            LocalDate lastDay,
            LocalDate date,
            LocalDate due) {
        BillingPeriod period = BillingPeriod.holding(from, cycle);
        Agreement agreement = withDueDays(dueDays);
        Document draft =
                Drafts.ofSide(
                        Samples.statement(
                                "BETA-A",
                                period,
                                "EUR",
                                List.of(Samples.plain(Side.SELL, "UK", "0.01", 1, 60, "1"))),
                        agreement,
                        Side.SELL,
                        List.of());
        assertThat(draft).isNotNull();
        assertThat(draft.period().lastDay()).isEqualTo(lastDay);
        assertThat(draft.date()).isEqualTo(date);
        assertThat(draft.dueDate()).isEqualTo(due);
        assertThat(draft.issued("WV-2026-000001", date.plusDays(2), dueDays).dueDate())
                .isEqualTo(due.plusDays(2));
    }

    @Test
    void a_side_with_nothing_due_has_no_document() {
        AccountStatement statement =
                Samples.statement(
                        "BETA-A",
                        Samples.month(2024, 3),
                        "EUR",
                        List.of(
                                Samples.plain(Side.SELL, "UK", "0.01", 1, 1, "0.004"),
                                Samples.plain(Side.BUY, "UK", "0.01", 1, 60, "1")));
        Agreement agreement = withDueDays(30);
        assertThat(Drafts.ofSide(statement, agreement, Side.SELL, List.of())).isNull();
        Document expected = Drafts.ofSide(statement, agreement, Side.BUY, List.of());
        assertThat(expected).isNotNull();
        assertThat(expected.number()).isEqualTo("expected-BETA-A-2024-03-01");
        assertThat(expected.kind()).isEqualTo(DocumentKind.EXPECTED);
    }

    @ParameterizedTest
    @CsvSource({"WV, 2026, 41, WV-2026-000041", "A-B, 2024, 999999, A-B-2024-999999"})
    void numbers_have_six_digits(String prefix, int year, int n, String number) {
        assertThat(DocumentNumber.issued(prefix, year, n)).isEqualTo(number);
    }

    @Test
    void a_year_s_series_ends() {
        assertThatThrownBy(() -> DocumentNumber.issued("WV", 2024, 1_000_000))
                .hasMessageContaining("runs from 1 to 999999");
    }

    @Test
    void postings_of_a_document_sum_to_zero() {
        Document draft = document("EUR", "20", "10.00");
        for (DocumentKind kind : List.of(DocumentKind.INVOICE, DocumentKind.EXPECTED)) {
            Money zero = Money.zero(draft.currency());
            Money sum = zero;
            for (Posting posting : Posting.of(draft)) {
                assertThat(posting.debit().isZero()).isNotEqualTo(posting.credit().isZero());
                sum = sum.plus(posting.debit()).minus(posting.credit());
            }
            assertThat(sum).as(kind.label()).isEqualTo(zero);
        }
    }

    private static Agreement withDueDays(int dueDays) {
        Agreement a =
                Samples.agreement(
                        "BETA-A",
                        "EUR",
                        new Settlement.SenderKeepsAll(),
                        Samples.TAX,
                        LateUsage.CORRECT);
        return new Agreement(
                a.id(),
                a.carrier(),
                a.from(),
                a.to(),
                a.currency(),
                a.timeZone(),
                a.cycle(),
                dueDays,
                a.deckLists(),
                a.settlement(),
                a.netting(),
                a.duration(),
                a.chargeDecimals(),
                a.chargeRounding(),
                a.tiers(),
                a.bands(),
                a.commitments(),
                a.routingNumber(),
                a.lateUsage(),
                a.tax());
    }

    private static Document document(String currency, String percent, String... amounts) {
        Currency of = Currency.getInstance(currency);
        List<StatementLine> lines =
                Stream.of(amounts)
                        .map(amount ->
                                Samples.traffic(
                                        Side.SELL, "UK", "0.01", "", "0", "", 1, 60, amount,
                                        currency))
                        .toList();
        Document document =
                Drafts.ofSide(
                        Samples.statement("BETA-A", Samples.month(2024, 3), currency, lines),
                        Samples.agreement(
                                "BETA-A",
                                of.getCurrencyCode(),
                                new Settlement.SenderKeepsAll(),
                                new Tax(TaxCategory.STANDARD, new BigDecimal(percent), ""),
                                LateUsage.CORRECT),
                        Side.SELL,
                        List.of());
        assertThat(document).isNotNull();
        return document;
    }
}
