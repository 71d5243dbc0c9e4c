package org.tollkeeper.invoicing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tollkeeper.invoicing.report.Flow;

class ReportDaysPropertyTest {

    private static final int SEED_COUNT = 3;
    private static final int NIGHT_COUNT = 3;
    private static final int CALLS_A_NIGHT = 120;
    private static final ReportSpan MARCH = ReportSpan.through(LocalDate.of(2024, 3, 31));
    private static final ReportSpan HALF_OF_MARCH = ReportSpan.through(LocalDate.of(2024, 3, 15));

    @TempDir Path folder;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEED_COUNT) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_kept_by_day_is_what_the_whole_span_adds_up_to(long seed) throws Exception {
        try (Books books = new Books()) {
            RandomTraffic traffic =
                    new RandomTraffic(
                            books, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            for (int night = 0; night < NIGHT_COUNT; night++) {
                traffic.night(CALLS_A_NIGHT);
                if (night == NIGHT_COUNT - 1) {
                    traffic.withdraw("33");
                }
                for (ReportSpan span : List.of(HALF_OF_MARCH, MARCH)) {
                    compare(books, span);
                }
                Map<String, String> kept = write(books, "kept" + night);
                for (int mostCalls : new int[] {1, 7}) {
                    forget(books);
                    compare(books, MARCH, mostCalls);
                }
                forget(books);
                assertThat(write(books, "anew" + night)).isEqualTo(kept);
            }
        }
    }

    /// Charges stay as they are when only the currency of an agreement is another.
    @Test
    void days_are_counted_anew_when_an_agreement_has_another_currency() throws Exception {
        try (Books books = new Books()) {
            RandomTraffic traffic =
                    new RandomTraffic(
                            books, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
            traffic.night(CALLS_A_NIGHT);
            compare(books, MARCH);
            books.execute("update agreement_version set currency = 'CHF' where agreement = 1");
            books.newVersion();
            compare(books, MARCH);
            assertThat(flows(books, MARCH)).anyMatch(flow -> flow.contains("CHF"));
        }
    }

    private static void forget(Books books) throws SQLException {
        for (String table : List.of("flow", "earning", "joint", "day")) {
            books.execute("delete from report_" + table);
        }
    }

    private static void compare(Books books, ReportSpan span) throws SQLException {
        compare(books, span, DayPass.MOST_CALLS);
    }

    private static void compare(Books books, ReportSpan span, int mostCalls) throws SQLException {
        CurrentBook book = CurrentBook.read(books.connection);
        var _ = ReportDays.refresh(books.connection, book, span, mostCalls);
        assertThat(ReportDays.refresh(books.connection, book, span)).isZero();
        PlainReports plain = new PlainReports(books, span);
        assertThat(flows(books, span)).isNotEmpty().isEqualTo(plain.flows());
        assertThat(earnings(books, span)).isNotEmpty().isEqualTo(plain.earnings());
        assertThat(joints(books, span, "call_count, talk_ms, own_count, own_ms, unanswered_count"))
                .isEqualTo(plain.calls());
        assertThat(joints(books, span, "charged_count, charged_ms")).isEqualTo(plain.charged());
        assertThat(joints(books, span, "suspended_count, suspended_ms"))
                .isEqualTo(plain.suspended());
    }

    private static List<String> flows(Books books, ReportSpan span) throws SQLException {
        return Flows.rows(books.connection, span).stream().map(Flow::toString).sorted().toList();
    }

    private static List<String> earnings(Books books, ReportSpan span) throws SQLException {
        List<String> earnings = new ArrayList<>();
        Earnings.each(
                books.connection,
                span,
                each ->
                        earnings.add(
                                "%s %s %s %d %s %s %s %s"
                                        .formatted(
                                                each.ingressCarrier(),
                                                each.destination(),
                                                each.day(),
                                                each.callCount(),
                                                each.sellCurrency(),
                                                each.sellNanos(),
                                                each.buyCurrency(),
                                                each.buyNanos())));
        return earnings.stream().sorted().toList();
    }

    private static List<String> joints(Books books, ReportSpan span, String columns)
            throws SQLException {
        String sums = "sum(" + columns.replace(", ", "), sum(") + ")";
        String counted = "sum(" + columns.substring(0, columns.indexOf(',')) + ")";
        return books
                .rows(
                        "select side, %s from report_joint where day between '%s' and '%s'"
                                        .formatted(sums, span.first(), span.last())
                                + " group by side having %s > 0".formatted(counted))
                .stream()
                .sorted()
                .toList();
    }

    private Map<String, String> write(Books books, String name) throws Exception {
        Path out = Files.createDirectories(folder.resolve(name));
        var _ = new OutFiles(books.connection, out).write(MARCH.last(), List.of(), count -> {});
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(out.resolve("reports"))) {
            for (Path file : all.toList()) {
                String ending = file.getFileName().toString();
                if (ending.endsWith(".csv")) {
                    files.put(ending, Files.readString(file));
                }
            }
        }
        return files;
    }
}
