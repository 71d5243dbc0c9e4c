package org.tollkeeper.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.Side;
import org.tollkeeper.settlement.PeriodName;
import org.tollkeeper.settlement.SettlementJoint;
import org.tollkeeper.settlement.Terms;

class SettlementsTest {

    private static final String HEADER =
            "agreement,period_from,period_to,line,side,destination,rate,band,tier_from,origin,"
                    + "jurisdiction,calls,actual_seconds,billed_seconds,traffic_amount,due_amount,"
                    + "currency\n";

    @TempDir Path folder;
    private Charged books;

    @BeforeEach
    void open() throws SQLException {
        books = new Charged();
    }

    @AfterEach
    void close() throws SQLException {
        books.close();
    }

    private Settled settle(String through, Agreement... agreements) throws SQLException {
        Settled settled =
                new Settlements(books.connection, books.run, count -> {})
                        .settle(List.of(agreements), LocalDate.parse(through));
        books.connection.commit();
        return settled;
    }

    private String exported() throws SQLException, IOException {
        return exported("1999-01-01", "2100-12-31");
    }

    private String exported(String from, String to) throws SQLException, IOException {
        Path file = folder.resolve("all.csv");
        StatementExport.write(books.connection, LocalDate.parse(from), LocalDate.parse(to), file);
        return Files.readString(file);
    }

    @Test
    void a_statement_prints_traffic_commitment_totals_and_net() throws Exception {
        Agreement terms =
                new Terms()
                        .commitment(Side.SELL, "6", "UK", "0.004")
                        .netting()
                        .imbalance("1")
                        .agreement();
        books.know(terms);
        books.sum("ACME-2024", Side.SELL, "2024-06-01", "UK", "0.0500", "2 60 66 0.055000");
        books.sum("ACME-2024", Side.SELL, "2024-06-02", "UK", "0.05", "1 10 12 0.010000");
        books.sum("ACME-2024", Side.SELL, "2024-06-30", "A, \"b\"", "0", "1 5 6 0");
        books.sum("ACME-2024", Side.BUY, "2024-06-15", "UK", "0.0000000", "1 1 1 0");
        assertThat(settle("2024-06-30", terms)).isEqualTo(new Settled(6, 0, 0));
        assertThat(exported("2024-06-30", "2024-06-30"))
                .isEqualTo(
                        HEADER
                                + """
                                ACME-2024,2024-06-01,2024-06-30,traffic,buy,UK,0.0000000,,0,,,1,1,1,0.000000,0.00,USD
                                ACME-2024,2024-06-01,2024-06-30,traffic,sell,"A, ""b""\",0,,0,,,1,5,6,0.000000,0.00,USD
                                ACME-2024,2024-06-01,2024-06-30,traffic,sell,UK,0.0500,,0,,,3,70,78,0.065000,0.06,USD
                                ACME-2024,2024-06-01,2024-06-30,commitment,sell,UK,0.004,,,,,0,0,0,0.000000,0.02,USD
                                ACME-2024,2024-06-01,2024-06-30,total,buy,,,,,,,1,1,1,0.000000,0.00,USD
                                ACME-2024,2024-06-01,2024-06-30,total,sell,,,,,,,4,75,84,0.065000,0.08,USD
                                ACME-2024,2024-06-01,2024-06-30,net,sell,,,,,,,,,,,0.08,USD
                                """);
    }

    @Test
    void statements_have_the_decimals_of_their_charges_and_currency_and_stand_in_order()
            throws Exception {
        Agreement yen = new Terms().id("b-JPY").currency("JPY").agreement();
        Agreement dinar = new Terms().id("Z-KWD").currency("KWD").agreement();
        books.know(yen, dinar);
        books.sum("b-JPY", Side.SELL, "2024-02-29", "UK", "1.5", "1 61 61 12.5");
        books.sum("b-JPY", Side.SELL, "2024-01-31", "UK", "1.5", "1 61 61 12.4");
        books.sum("Z-KWD", Side.BUY, "2024-01-01", "UK", "1.5", "1 61 61 1.2345");
        settle("2024-06-30", yen, dinar);
        assertThat(exported())
                .isEqualTo(
                        HEADER
                                + """
                                Z-KWD,2024-01-01,2024-01-31,traffic,buy,UK,1.5,,0,,,1,61,61,1.234500,1.235,KWD
                                Z-KWD,2024-01-01,2024-01-31,total,buy,,,,,,,1,61,61,1.234500,1.235,KWD
                                Z-KWD,2024-01-01,2024-01-31,total,sell,,,,,,,0,0,0,0.000000,0.000,KWD
                                b-JPY,2024-01-01,2024-01-31,traffic,sell,UK,1.5,,0,,,1,61,61,12.400000,12,JPY
                                b-JPY,2024-01-01,2024-01-31,total,buy,,,,,,,0,0,0,0.000000,0,JPY
                                b-JPY,2024-01-01,2024-01-31,total,sell,,,,,,,1,61,61,12.400000,12,JPY
                                b-JPY,2024-02-01,2024-02-29,traffic,sell,UK,1.5,,0,,,1,61,61,12.500000,13,JPY
                                b-JPY,2024-02-01,2024-02-29,total,buy,,,,,,,0,0,0,0.000000,0,JPY
                                b-JPY,2024-02-01,2024-02-29,total,sell,,,,,,,1,61,61,12.500000,13,JPY
                                """);
    }

    @Test
    void a_large_amount_is_printed_to_its_last_decimal() throws Exception {
        Agreement terms = new Terms().currency("KWD").chargeDecimals(9).agreement();
        books.know(terms);
        books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "1", "1 9 9 1234567890123.456789012");
        settle("2024-01-31", terms);
        assertThat(exported())
                .contains(
                        ",traffic,sell,UK,1,,0,,,1,9,9,1234567890123.456789012,1234567890123.457,");
    }

    @ParameterizedTest(name = "{0} from {1} to {2}, through {3}: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MONTHLY      | 2024-01-15 |            | 2024-03-30 | 2024-01-15/01-31 2024-02-01/02-29
                    MONTHLY      | 2024-01-15 | 2024-03-03 | 2024-03-03 | 2024-01-15/01-31 2024-02-01/02-29 2024-03-01/03-03
                    HALF_MONTHLY | 2024-02-15 |            | 2024-03-15 | 2024-02-15/02-15 2024-02-16/02-29 2024-03-01/03-15
                    HALF_MONTHLY | 2024-02-01 | 2024-02-20 | 2024-02-19 | 2024-02-01/02-15
                    WEEKLY       | 2024-02-28 | 2024-03-12 | 2024-12-31 | 2024-02-28/03-03 2024-03-04/03-10 2024-03-11/03-12
                    WEEKLY       | 2024-03-04 |            | 2024-03-09 |
                    """)
    void periods_that_ended_through_the_date_have_statements(
            Cycle cycle, String from, @Nullable String to, String through, @Nullable String periods)
            throws Exception {
        Agreement terms = new Terms().cycle(cycle).inForce(from, to == null ? "" : to).agreement();
        books.know(terms);
        for (LocalDate day = terms.from();
                !day.isAfter(LocalDate.parse("2024-03-31"))
                        && (terms.to() == null || !day.isAfter(terms.to()));
                day = day.plusDays(1)) {
            books.sum("ACME-2024", Side.SELL, day.toString(), "UK", "0.01", "1 60 60 0.01");
        }
        settle(through, terms);
        assertThat(
                        exported()
                                .lines()
                                .filter(line -> line.contains(",total,sell,"))
                                .map(line -> line.split(",", -1))
                                .map(field -> field[1] + "/" + field[2].substring(5)))
                .containsExactly(periods == null ? new String[0] : periods.split(" ", -1));
    }

    @Test
    void a_shortfall_in_a_period_without_traffic_has_a_statement_from_the_first_day_on()
            throws Exception {
        Agreement terms =
                new Terms()
                        .inForce("2024-03-01", "")
                        .commitment(Side.BUY, "100", "", "0.01")
                        .agreement();
        books.know(terms);
        assertThat(settle("2024-04-30", terms)).isEqualTo(new Settled(2, 0, 0));
        assertThat(exported())
                .contains(
                        "2024-03-31,commitment,buy,,0.01,,,,,0,0,0,0.000000,1.00,USD\n",
                        "2024-04-30,commitment,buy,,0.01,,,,,0,0,0,0.000000,1.00,USD\n");
    }

    @Test
    void settling_again_changes_nothing() throws Exception {
        Agreement terms = new Terms().agreement();
        books.know(terms);
        books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "0.01", "1 60 60 0.01");
        settle("2024-06-30", terms);
        long publications = books.count("select count(*) from publication");
        assertThat(settle("2024-06-30", terms)).isEqualTo(new Settled(0, 1, 0));
        assertThat(settle("2024-07-31", terms)).isEqualTo(new Settled(0, 1, 0));
        assertThat(books.count("select count(*) from publication")).isEqualTo(publications);
        assertThat(books.count("select count(*) from statement")).isEqualTo(1);
    }

    @Test
    void changed_traffic_makes_a_new_generation_and_the_old_stays_readable() throws Exception {
        Agreement terms = new Terms().agreement();
        books.know(terms);
        int slice = books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "0.01", "1 60 60 0.01");
        books.sum("ACME-2024", Side.SELL, "2024-02-01", "UK", "0.01", "1 60 60 0.01");
        settle("2024-06-30", terms);
        books.retire(slice);
        books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "0.01", "2 600 600 0.10");
        assertThat(settle("2024-06-30", terms)).isEqualTo(new Settled(1, 1, 0));
        assertThat(exported()).contains("traffic,sell,UK,0.01,,0,,,2,600,600,0.100000,0.10,USD");
        assertThat(
                        books.count(
                                """
                                select sum(l.due_minor) from statement s
                                join statement_line l on l.statement = s.id
                                where l.kind = 1 and s.period_from = '2024-01-01'
                                  and s.to_publication = (select max(from_publication)
                                                          from statement)
                                """))
                .isEqualTo(1);
    }

    @Test
    void what_no_longer_has_a_ground_is_retired() throws Exception {
        Agreement terms = new Terms().agreement();
        Agreement gone = new Terms().id("GONE").agreement();
        books.know(terms, gone);
        int slice = books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "0.01", "1 60 60 0.01");
        books.sum("ACME-2024", Side.SELL, "2024-02-01", "UK", "0.01", "1 60 60 0.01");
        books.sum("ACME-2024", Side.SELL, "2024-03-01", "UK", "0.01", "1 60 60 0.01");
        books.sum("GONE", Side.SELL, "2024-01-01", "UK", "0.01", "1 60 60 0.01");
        assertThat(settle("2024-03-31", terms, gone)).isEqualTo(new Settled(4, 0, 0));
        books.retire(slice);
        // Without January's traffic, without the agreement GONE, and through February only.
        assertThat(settle("2024-02-29", terms)).isEqualTo(new Settled(0, 1, 3));
        assertThat(exported().lines().filter(line -> line.contains(",traffic,")))
                .containsExactly(
                        "ACME-2024,2024-02-01,2024-02-29,traffic,sell,UK,0.01,,0,,,1,60,60,"
                                + "0.010000,0.01,USD");
    }

    @Test
    void a_changed_agreement_settles_anew() throws Exception {
        Agreement terms = new Terms().agreement();
        books.know(terms);
        books.sum("ACME-2024", Side.SELL, "2024-01-20", "UK", "0.01", "1 60 60 0.01");
        settle("2024-06-30", terms);
        assertThat(settle("2024-06-30", new Terms().billAndKeep().agreement()))
                .isEqualTo(new Settled(1, 0, 0));
        assertThat(settle("2024-06-30", new Terms().inForce("2024-01-10", "").agreement()))
                .isEqualTo(new Settled(1, 0, 1));
        assertThat(exported()).contains("ACME-2024,2024-01-10,2024-01-31,total,sell");
    }

    @Test
    void a_named_period_is_settled_alone() throws Exception {
        Agreement terms = new Terms().agreement();
        books.know(terms);
        books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "0.01", "1 60 60 0.01");
        books.sum("ACME-2024", Side.SELL, "2024-02-01", "UK", "0.01", "1 60 60 0.01");
        Settlements settlements = new Settlements(books.connection, books.run, count -> {});
        LocalDate through = LocalDate.parse("2024-06-30");
        assertThat(settlements.settle(List.of(terms), through, PeriodName.parse("2024-02")))
                .isEqualTo(new Settled(1, 0, 0));
        assertThat(settlements.settle(List.of(terms), through, PeriodName.parse("2024-01-31")))
                .isEqualTo(new Settled(1, 1, 0));
        assertThat(settlements.settle(List.of(terms), through, PeriodName.parse("2024-03")))
                .isEqualTo(new Settled(0, 2, 0));
        // Only through January: not even the statement of February, then February's again.
        assertThat(settle("2024-02-29", terms)).isEqualTo(new Settled(0, 2, 0));
        assertThat(
                        settlements.settle(
                                List.of(terms),
                                LocalDate.parse("2024-02-28"),
                                PeriodName.parse("2024-02")))
                .isEqualTo(new Settled(0, 1, 1));
        assertThat(settle("2024-02-29", terms)).isEqualTo(new Settled(1, 1, 0));
        assertThat(
                        settlements.settle(
                                List.of(),
                                LocalDate.parse("2024-01-31"),
                                PeriodName.parse("2024-01")))
                .isEqualTo(new Settled(0, 1, 1));
    }

    @Test
    void every_charge_stands_on_a_statement_or_waits() throws Exception {
        Agreement terms = new Terms().agreement();
        books.know(terms);
        books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "0.01", "3 180 180 0.03");
        books.sum("ACME-2024", Side.SELL, "2024-02-01", "UK", "0.01", "1 60 60 0.01");
        int slice = books.sum("ACME-2024", Side.BUY, "2024-01-15", "UK", "0.01", "1 60 60 0.01");
        settle("2024-01-31", terms);
        List<SettlementJoint> joints = SettlementJoints.ofSums(books.connection);
        assertThat(joints).allMatch(SettlementJoint::balances);
        assertThat(joints)
                .extracting(
                        SettlementJoint::side,
                        joint -> joint.charged().callCount(),
                        joint -> joint.stated().callCount(),
                        joint -> joint.open().callCount())
                .containsExactly(tuple(Side.BUY, 1L, 1L, 0L), tuple(Side.SELL, 4L, 3L, 1L));
        books.retire(slice);
        assertThat(SettlementJoints.ofSums(books.connection))
                .extracting(SettlementJoint::side, SettlementJoint::balances)
                .containsExactly(tuple(Side.BUY, false), tuple(Side.SELL, true));
    }

    @Test
    void an_audit_reads_the_charges_themselves() throws Exception {
        Agreement terms = new Terms().agreement();
        books.know(terms);
        int slice = books.sum("ACME-2024", Side.SELL, "2024-01-01", "UK", "0.01", "2 120 120 0.02");
        settle("2024-01-31", terms);
        books.charge(slice, Side.SELL, "2024-01-01", 60, "0.01");
        books.charge(slice, Side.SELL, "2024-01-01", 59, "0.01");
        assertThat(SettlementJoints.ofSums(books.connection)).allMatch(SettlementJoint::balances);
        assertThat(SettlementJoints.ofCharges(books.connection))
                .singleElement()
                .satisfies(joint -> {
                    assertThat(joint.balances()).isFalse();
                    assertThat(joint.charged().billedSeconds()).isEqualTo(119);
                    assertThat(joint.stated().billedSeconds()).isEqualTo(120);
                });
    }
}
