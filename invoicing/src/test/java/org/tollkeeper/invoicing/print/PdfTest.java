package org.tollkeeper.invoicing.print;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.invoicing.AccountStatement;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.Drafts;
import org.tollkeeper.invoicing.Samples;
import org.tollkeeper.invoicing.SettlementWords;
import org.tollkeeper.invoicing.StatementLine;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;

class PdfTest {

    private static final Carrier BETA =
            Samples.carrier("BETA", "Béta Communications SA", "FR40303265045");
    private static final Agreement AGREEMENT =
            Samples.agreement("BETA-A", "EUR", new Settlement.SenderKeepsAll());

    private static String text(byte[] pdf) throws IOException {
        PdfReader reader = new PdfReader(pdf);
        PdfTextExtractor extractor = new PdfTextExtractor(reader);
        StringBuilder text = new StringBuilder();
        for (int page = 1; page <= reader.getNumberOfPages(); page++) {
            text.append(extractor.getTextFromPage(page)).append('\n');
        }
        return text.toString().replaceAll("\\s+", " ");
    }

    private static Sheet sheet(AccountStatement statement, Agreement agreement, String number) {
        Document draft = Drafts.ofSide(statement, agreement, Side.SELL, List.of());
        assertThat(draft).isNotNull();
        Document document =
                number.isEmpty() ? draft : draft.issued(number, LocalDate.of(2024, 5, 3), 30);
        return DocumentSheet.of(
                document,
                agreement,
                Samples.COMPANY,
                BETA,
                SettlementWords.of(agreement, statement));
    }

    private static AccountStatement march(StatementLine... lines) {
        return Samples.statement("BETA-A", Samples.month(2024, 3), "EUR", List.of(lines));
    }

    @Test
    void an_invoice_says_who_owes_what_to_whom_by_when_and_why() throws IOException {
        AccountStatement statement =
                march(
                        Samples.plain(Side.SELL, "UK", "0.0060", 20_123, 4_356_111, "1435.61"),
                        Samples.plain(
                                Side.SELL, "Côte d’Ivoire – Zürich", "0.02400", 1, 36, "0.05"));
        assertThat(text(Pdf.of(sheet(statement, AGREEMENT, "WV-2024-000042"))))
                .contains("Wholesale Voice Ltd")
                .contains("VAT id IE1234567T")
                .contains("INVOICE")
                .doesNotContain("DRAFT")
                .contains("Béta Communications SA")
                .contains("VAT id FR40303265045")
                .contains("WV-2024-000042")
                .contains("3 May 2024")
                .contains("2 Jun 2024")
                .contains("1 Mar 2024 – 31 Mar 2024")
                .contains("Sender keeps all (termination fee paid by the originator)")
                .contains("Côte d’Ivoire – Zürich")
                .contains("20,123")
                .contains("72,601.85")
                .contains("1,435.66")
                .contains("Tax 20 % (S – Standard rate)")
                .contains("287.13")
                .contains("1,722.79")
                .contains("IE29AIBK93115212345678")
                .contains("Page 1 of 1");
    }

    @Test
    void a_draft_is_marked_as_one() throws IOException {
        AccountStatement statement = march(Samples.plain(Side.SELL, "UK", "0.01", 1, 60, "1"));
        assertThat(text(Pdf.of(sheet(statement, AGREEMENT, ""))))
                .contains("DRAFT INVOICE")
                .contains("draft-BETA-A-2024-03-01");
    }

    @Test
    void an_imbalance_is_told_with_its_volumes_and_its_excess() throws IOException {
        Agreement agreement =
                Samples.agreement(
                        "BETA-A",
                        "EUR",
                        new Settlement.Imbalance(
                                new BigDecimal("1.2"),
                                Excess.OVER_RATIO,
                                Measure.BILLED,
                                null,
                                BigDecimal.ZERO,
                                1));
        AccountStatement statement =
                march(
                        Samples.plain(Side.SELL, "UK", "0.005", 9, 78_000_000, "500.00"),
                        Samples.plain(Side.BUY, "UK", "0.004", 9, 60_000_000, "0"));
        assertThat(text(Pdf.of(sheet(statement, agreement, ""))))
                .contains("Imbalance above 1.2:1")
                .contains("1,300,000.00 min")
                .contains("1,000,000.00 min")
                .contains("ratio 1.3000:1")
                .contains("excess over the ratio 100,000.00 min")
                .contains("blended price");
    }

    @Test
    void a_long_document_repeats_its_heads_and_counts_its_pages() throws IOException {
        List<StatementLine> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(
                    Samples.traffic(
                            Side.SELL,
                            "Destination " + i,
                            "0.01",
                            "peak",
                            "0",
                            "EEA",
                            1,
                            60,
                            "1",
                            "KWD"));
        }
        AccountStatement statement =
                Samples.statement("BETA-A", Samples.month(2024, 3), "KWD", lines);
        Agreement agreement = Samples.agreement("BETA-A", "KWD", new Settlement.SenderKeepsAll());
        String text = text(Pdf.of(sheet(statement, agreement, "")));
        assertThat(text.split("BAND · ORIGIN", -1)).hasSizeGreaterThan(2);
        assertThat(text).contains("Page 1 of 3").contains("Page 3 of 3").contains("60.000");
    }

    @Test
    void a_statement_names_the_net_payer() throws IOException {
        AccountStatement statement =
                march(
                        Samples.plain(Side.SELL, "UK", "0.01", 1, 60, "1000"),
                        Samples.plain(Side.BUY, "France", "0.01", 1, 60, "2500.50"));
        Sheet sheet =
                StatementSheet.of(statement, AGREEMENT, Samples.COMPANY, BETA, "Bill and keep");
        assertThat(text(Pdf.of(sheet)))
                .contains("STATEMENT")
                .contains("Received from Béta Communications SA (sell)")
                .contains("Sent to Béta Communications SA (buy)")
                .contains("Net, payable by Wholesale Voice Ltd")
                .contains("EUR 1,500.50");
    }

    @ParameterizedTest(name = "{0}, netting {1}, {2} against {3}: {4} {5}")
    @CsvSource({
        "all, true, 10, 4, 'Net, payable by Béta Communications SA', EUR 6.00, sets them off",
        "all, true, 4, 4, Nobody owes a balance, EUR 0.00, sets them off",
        "all, false, 10, 4, 'Both amounts are due, gross', '', no netting",
        "all, false, 10, 0, Payable by Béta Communications SA, EUR 10.00, Only one side",
        "all, false, 0, 4, Payable by Wholesale Voice Ltd, EUR 4.00, Only one side",
        "keep, false, 0, 0, Nothing is due on either side, EUR 0.00, Values are a memo",
        "keep, true, 0, 0, Nothing is due on either side, EUR 0.00, Values are a memo",
        "ratio, false, 0, 0, Nothing is due on either side, EUR 0.00, No invoice follows",
    })
    void a_statement_ends_with_what_is_true_of_it(
            String model,
            boolean netting,
            String sell,
            String buy,
            String words,
            String amount,
            String note) {
        Settlement settlement =
                switch (model) {
                    case "keep" -> new Settlement.BillAndKeep();
                    case "ratio" -> imbalance(Excess.OVER_RATIO, null);
                    default -> new Settlement.SenderKeepsAll();
                };
        Agreement agreement =
                Samples.agreement(
                        "BETA-A", "EUR", settlement, AGREEMENT.tax(), LateUsage.CORRECT, netting);
        AccountStatement statement =
                march(
                        Samples.plain(Side.SELL, "UK", "0.01", 1, 60, sell),
                        Samples.plain(Side.BUY, "France", "0.01", 1, 60, buy));
        Map<String, Object> printed =
                StatementSheet.of(statement, agreement, Samples.COMPANY, BETA, "").parameters();
        assertThat(printed).containsEntry("netWords", words).containsEntry("netAmount", amount);
        assertThat(printed.get("note")).asString().startsWith("Before tax. ").contains(note);
    }

    @Test
    void an_invoice_says_what_its_amounts_are() {
        assertThat(linesNote(new Settlement.SenderKeepsAll())).contains("sum of its calls");
        assertThat(linesNote(imbalance(Excess.OVER_RATIO, null)))
                .contains("share of what is due for the excess, in proportion to its charges");
        assertThat(linesNote(imbalance(Excess.OVER_BALANCE, new BigDecimal("0.003"))))
                .contains("share of what is due for the excess, in proportion to its minutes");
        assertThat(linesNote(imbalance(Excess.ALL_TRAFFIC, null)))
                .contains("due for all traffic of this side, in proportion to its charges");
        assertThat(linesNote(new Settlement.BillAndKeep()))
                .contains("Nothing is due for traffic")
                .doesNotContain("sum of its calls");
    }

    private static String linesNote(Settlement settlement) {
        AccountStatement statement = march(Samples.plain(Side.SELL, "UK", "0.01", 1, 60, "1"));
        Agreement agreement = Samples.agreement("BETA-A", "EUR", settlement);
        return String.valueOf(sheet(statement, agreement, "").parameters().get("linesNote"));
    }

    private static Settlement imbalance(Excess excess, @Nullable BigDecimal fixedPrice) {
        return new Settlement.Imbalance(
                new BigDecimal("1.2"), excess, Measure.BILLED, fixedPrice, BigDecimal.ZERO, 1);
    }

    @Test
    void equal_sheets_have_equal_digests_and_others_not() {
        AccountStatement one = march(Samples.plain(Side.SELL, "UK", "0.01", 1, 60, "1"));
        AccountStatement other = march(Samples.plain(Side.SELL, "UK", "0.010", 1, 60, "1"));
        assertThat(sheet(one, AGREEMENT, "").digest())
                .isEqualTo(sheet(one, AGREEMENT, "").digest())
                .isNotEqualTo(sheet(other, AGREEMENT, "").digest());
    }

    @Test
    void fonts_are_embedded_and_the_file_says_it_is_for_the_archive() throws IOException {
        AccountStatement statement = march(Samples.plain(Side.SELL, "UK", "0.01", 1, 60, "1"));
        PdfReader reader = new PdfReader(Pdf.of(sheet(statement, AGREEMENT, "")));
        int fontCount = 0;
        for (int i = 0; i < reader.getXrefSize(); i++) {
            if (reader.getPdfObject(i) instanceof PdfDictionary object
                    && PdfName.FONTDESCRIPTOR.equals(object.get(PdfName.TYPE))) {
                assertThat(object.get(PdfName.FONTFILE2)).isNotNull();
                fontCount++;
            }
        }
        assertThat(fontCount).isEqualTo(2);
        assertThat(new String(reader.getMetadata(), UTF_8))
                .contains("<pdfaid:part>3</pdfaid:part>");
    }
}
