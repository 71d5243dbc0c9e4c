package org.tollkeeper.bench.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.TieredDestinations;
import org.tollkeeper.rating.kernel.CallColumns;
import org.tollkeeper.rating.kernel.ChargeColumns;
import org.tollkeeper.rating.kernel.RatingKernel;

/// One call and side in the kernel, block after block of a month's calls.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC", "-Xbatch"})
public class KernelBenchmark {

    /// The deck compiled, and calls to it.
    @State(Scope.Thread)
    public static class Rated {

        @Param({"100000", "1000"})
        public int codes;

        List<CallColumns> blocks = List.of();
        final ChargeColumns charges = new ChargeColumns(KernelMarket.BLOCK_CALLS);
        @Nullable RatingKernel kernel;
        int next;

        @Setup
        public void compile() {
            KernelMarket market = new KernelMarket(KernelReport.SEED, codes);
            blocks = market.calls();
            kernel = kernel(market.book());
        }
    }

    /// Time the processor spent, which other programs on the machine do not add to.
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Processor {

        public long cpuNanos;
        public long callCount;
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    }

    static RatingKernel kernel(Book book) {
        Rater rater = new Rater(book);
        RatingKernel.Shared shared =
                new RatingKernel.Shared(book, rater, new TieredDestinations(rater));
        return new RatingKernel(shared, KernelMarket.CARRIER, Side.SELL, "");
    }

    @Benchmark
    @OperationsPerInvocation(KernelMarket.BLOCK_CALLS)
    public long rate(Rated rated, Processor processor) {
        long before = processor.threads.getCurrentThreadCpuTime();
        Objects.requireNonNull(rated.kernel).rate(rated.blocks.get(rated.next), rated.charges);
        processor.cpuNanos += processor.threads.getCurrentThreadCpuTime() - before;
        processor.callCount += KernelMarket.BLOCK_CALLS;
        rated.next = (rated.next + 1) % KernelMarket.BLOCKS;
        return rated.charges.chargeNanos[0];
    }
}
