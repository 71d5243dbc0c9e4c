package org.tollkeeper.invoicing.print;

import java.math.BigDecimal;
import java.nio.file.*;
import java.time.LocalDate;
import java.util.*;
import org.tollkeeper.invoicing.*;
import org.tollkeeper.model.*;

class Preview {
    public static void main(String[] a) throws Exception {
        Path out = Files.createDirectories(Path.of("/tmp/pdf"));
        List<StatementLine> few = List.of(
            Samples.plain(Side.SELL, "UK", "0.0060", 20123, 4356111, "435.61"),
            Samples.plain(Side.SELL, "Côte d’Ivoire – Mobile “Orange” und sehr langer Name der über zwei Zeilen läuft, München", "0.02405000", 1, 36, "0.05"),
            Samples.plain(Side.SELL, "India Mobile", "0.0080", 3_000_000, 300_000_000, "40000.00"),
            Samples.plain(Side.BUY, "France", "0.0100", 12, 36000, "6.00"));
        var be = Samples.carrier("BETA", "Béta Communications SA", "FR40303265045");
        var ska = Samples.agreement("BETA-2024", "EUR", new Settlement.SenderKeepsAll());
        var s1 = Samples.statement("BETA-2024", Samples.month(2024, 3), "EUR", few);
        var d1 = Drafts.ofSide(s1, ska, Side.SELL, List.of());
        go(out, "draft", DocumentSheet.of(d1, ska, Samples.COMPANY, be, SettlementWords.of(ska, s1)));
        go(out, "issued", DocumentSheet.of(d1.issued("WV-2024-000042", LocalDate.of(2024,4,3), 30), ska, Samples.COMPANY, be, SettlementWords.of(ska, s1)));
        var longName = new Carrier("GAM","Gamma “Global” Voice & Interconnect Services Incorporated of the Americas, Branch São Paulo","12345 Avenida Presidente Juscelino Kubitschek de Oliveira, Torre Norte, 22º andar","São Paulo","04543-011","BR","","","");
        List<StatementLine> many = new ArrayList<>();
        for (int i = 0; i < 70; i++) many.add(Samples.traffic(i%7==0?Side.BUY:Side.SELL, "Destination " + i + (i%9==0?" Mobile – Special Services":""), "0.01" + (10+i), i%3==0?"peak":i%3==1?"offpeak":"", i%4==0?"10000":"0", i%5==0?"EEA":"", 1000+i, 60000L*i+7, (100*i)+".12345", "KWD"));
        var ag2 = Samples.agreement("GAMMA-INTERCONNECT-2024-Q1", "KWD", new Settlement.Imbalance(new BigDecimal("1.2"), Excess.OVER_RATIO, Measure.BILLED, null, BigDecimal.ZERO, 1), new Tax(TaxCategory.REVERSE_CHARGE, BigDecimal.ZERO, ""), LateUsage.CORRECT);
        var s2 = Samples.statement(ag2.id(), Samples.month(2024, 2), "KWD", many);
        go(out, "long", DocumentSheet.of(Drafts.ofSide(s2, ag2, Side.SELL, List.of()), ag2, Samples.COMPANY, longName, SettlementWords.of(ag2, s2)));
        go(out, "expected", DocumentSheet.of(Drafts.ofSide(s2, ag2, Side.BUY, List.of()), ag2, Samples.COMPANY, longName, SettlementWords.of(ag2, s2)));
        go(out, "stmt", StatementSheet.of(s1, ska, Samples.COMPANY, be, SettlementWords.of(ska, s1)));
        go(out, "stmtlong", StatementSheet.of(s2, ag2, Samples.COMPANY, longName, SettlementWords.of(ag2, s2)));
        go(out, "stmtempty", StatementSheet.of(Samples.statement("BETA-2024", Samples.month(2024,5), "JPY", List.of()), ska, Samples.COMPANY, be, "Bill and keep"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) rows.add(List.of("Carrier " + i, "Destination – " + i, "1,234,567", "1,000,000", "81.00", "12,345,678.00", "3.25", "1,234,567.12", "-12.00", "0.5"));
        var cols = List.of("CARRIER", "DESTINATION", "ATTEMPTS", "ANSWERED", "ASR %", "MINUTES", "ACD MIN", "SELL EUR", "MARGIN EUR", "MARGIN %");
        go(out, "tables", TablesSheet.of(Samples.COMPANY, "REPORTS", "November 2024, through 30 Nov 2024", List.of(
            new TablesSheet.Table("Traffic", "Calls by carrier, side and destination.", cols, rows, List.of(List.of("Total", "", "1", "2"))),
            new TablesSheet.Table("Quality", "None here.", cols, List.of(), List.of()))));
        long t = System.nanoTime();
        for (int i = 0; i < 100; i++) Pdf.of(DocumentSheet.of(d1, ska, Samples.COMPANY, be, "x" + i));
        System.out.println("ms each small: " + (System.nanoTime() - t) / 100_000_000.0);
        t = System.nanoTime();
        for (int i = 0; i < 50; i++) Pdf.of(DocumentSheet.of(Drafts.ofSide(s2, ag2, Side.SELL, List.of()), ag2, Samples.COMPANY, longName, "y"));
        System.out.println("ms each long: " + (System.nanoTime() - t) / 50_000_000.0);
    }
    static void go(Path out, String name, Sheet s) throws Exception {
        byte[] b = Pdf.of(s); Files.write(out.resolve(name + ".pdf"), b); System.out.println(name + " " + b.length);
    }
}
