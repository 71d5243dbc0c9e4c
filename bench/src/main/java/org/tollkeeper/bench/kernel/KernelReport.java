package org.tollkeeper.bench.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.tollkeeper.model.Book;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Outcome;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Suspended;
import org.tollkeeper.rating.kernel.CallColumns;
import org.tollkeeper.rating.kernel.ChargeColumns;
import org.tollkeeper.rating.kernel.RatingKernel;

/// Runs the benchmark of the kernel and writes what it found to a page, with the sums by which the
/// plain rater vouches for it. Where they differ there is no figure, and the exit code is 5.
public final class KernelReport {

    static final long SEED = 20240601;

    private static final int CODES = 100_000;

    /// What the calls come to.
    private record Sums(long priced, long suspended, long billedSeconds, BigDecimal amount) {}

    /// Sums that the rater and the kernel do not agree on.
    public static final class UnequalSums extends Exception {
        private static final long serialVersionUID = 1L;

        UnequalSums(String message) {
            super(message);
        }
    }

    private KernelReport() {}

    /// Measures, writes the page, and says what is in it.
    ///
    /// @throws UnequalSums when the plain rater comes to something else; nothing is written then
    public static String write(Path page) throws IOException, RunnerException, UnequalSums {
        KernelMarket market = new KernelMarket(SEED, CODES);
        List<CallColumns> calls = market.calls();
        Book book = market.book();
        Sums byRater = byRater(book, calls);
        Sums byKernel = byKernel(book, calls);
        if (!byRater.equals(byKernel)) {
            throw new UnequalSums("the rater finds " + byRater + ", the kernel " + byKernel);
        }
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include(KernelBenchmark.class.getName())
                                        .addProfiler(GCProfiler.class)
                                        .build())
                        .run();
        String text = text(market, byRater, results);
        Files.writeString(page, text);
        return text;
    }

    private static Sums byRater(Book book, List<CallColumns> blocks) {
        Rater rater = new Rater(book);
        long priced = 0;
        long suspended = 0;
        long billed = 0;
        BigDecimal amount = BigDecimal.ZERO.setScale(6);
        for (CallColumns calls : blocks) {
            for (int line = 0; line < calls.count; line++) {
                Outcome outcome = rater.rate(KernelMarket.side(calls, line), 0);
                switch (outcome) {
                    case Charge charge -> {
                        priced++;
                        billed += charge.billedSeconds();
                        amount = amount.add(charge.amount());
                    }
                    case Suspended _ -> suspended++;
                }
            }
        }
        return new Sums(priced, suspended, billed, amount);
    }

    private static Sums byKernel(Book book, List<CallColumns> blocks) {
        RatingKernel kernel = KernelBenchmark.kernel(book);
        ChargeColumns charges = new ChargeColumns(KernelMarket.BLOCK_CALLS);
        long priced = 0;
        long suspended = 0;
        long billed = 0;
        BigDecimal amount = BigDecimal.ZERO.setScale(6);
        for (CallColumns calls : blocks) {
            kernel.rate(calls, charges);
            for (int line = 0; line < calls.count; line++) {
                if (charges.status[line] == ChargeColumns.PRICED) {
                    priced++;
                    billed += charges.billedSeconds[line];
                    amount = amount.add(BigDecimal.valueOf(charges.chargeNanos[line], 9));
                } else if (charges.status[line] != ChargeColumns.ASK_RATER) {
                    suspended++;
                }
            }
        }
        return new Sums(priced, suspended, billed, amount.setScale(6));
    }

    private static String row(RunResult result) {
        BigDecimal cpuNanos = score(result.getSecondaryResults().get("cpuNanos"));
        BigDecimal callCount = score(result.getSecondaryResults().get("callCount"));
        Result<?> elapsed = result.getPrimaryResult();
        return "| %s | %s ns | %s ± %s ns | %s |%n"
                .formatted(
                        result.getParams().getParam("codes"),
                        cpuNanos.divide(callCount, 1, RoundingMode.HALF_UP),
                        tenths(score(elapsed)),
                        tenths(BigDecimal.valueOf(elapsed.getScoreError())),
                        tenths(score(result.getSecondaryResults().get("gc.alloc.rate.norm"))));
    }

    private static String text(KernelMarket market, Sums sums, Collection<RunResult> results) {
        StringBuilder rows = new StringBuilder();
        results.forEach(result -> rows.append(row(result)));
        return """
        # The kernel

        Written by `./tollkeeper-bench kernel`; do not edit.

        One call and one side, priced by `RatingKernel` from columns into columns: %,d codes, %,d rows
        with prices that ended, hold and begin, origin sets, a time band with holidays, in Europe/Berlin.
        The numbers, hours and lengths of %,d calls are drawn at random over a month.

        A call and side costs, beside the same with a deck that fits the nearer caches:

        | codes | processor time | elapsed, as JMH measures it | bytes allocated |
        |---|---|---|---|
        %s
        The plain `Rater` and the kernel come to the same: %,d charges, %,d suspended, %,d billed seconds,
        %s USD.

        Measured %s on %s, %d processors (load %s), Java %s.
        On a machine that does other work as well, caches are shared and elapsed time is mostly waiting: the
        processor time is the figure to look at, and it is an upper bound.
        """
                .formatted(
                        CODES,
                        market.rowCount(),
                        KernelMarket.BLOCKS * KernelMarket.BLOCK_CALLS,
                        rows,
                        sums.priced(),
                        sums.suspended(),
                        sums.billedSeconds(),
                        sums.amount().toPlainString(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        tenths(
                                BigDecimal.valueOf(
                                        ManagementFactory.getOperatingSystemMXBean()
                                                .getSystemLoadAverage())),
                        Runtime.version());
    }

    private static BigDecimal score(@Nullable Result<?> result) {
        return BigDecimal.valueOf(Objects.requireNonNull(result).getScore());
    }

    private static BigDecimal tenths(BigDecimal value) {
        return value.setScale(1, RoundingMode.HALF_UP);
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
