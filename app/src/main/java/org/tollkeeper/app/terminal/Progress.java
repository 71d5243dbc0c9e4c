package org.tollkeeper.app.terminal;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// How far a stage has come, on standard error: a bar on a terminal, a line every ten seconds
/// otherwise. The stage hands in how much it has done so far.
public final class Progress implements LongConsumer, AutoCloseable {

    private static final int LINE_SECONDS = 10;
    private static final int BAR_REDRAW_MILLIS = 200;

    private final AtomicLong done = new AtomicLong();
    private final @Nullable ProgressBar bar;
    private final @Nullable ScheduledExecutorService lines;

    private Progress(@Nullable ProgressBar bar, @Nullable ScheduledExecutorService lines) {
        this.bar = bar;
        this.lines = lines;
    }

    /// Begins to show a stage.
    ///
    /// @param stage what is going on, such as `mediate`
    /// @param unit what is counted, such as `records`
    public static Progress begin(String stage, String unit, PrintStream err) {
        // The launcher knows whether standard error is a terminal; the JVM does not.
        if (Boolean.getBoolean("tollkeeper.terminal")) {
            return new Progress(bar(stage, unit, err), null);
        }
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("progress").factory());
        Progress progress = new Progress(null, timer);
        long begun = System.nanoTime();
        var _ =
                timer.scheduleAtFixedRate(
                        () -> {
                            long seconds =
                                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
                            err.printf("%s: %,d %s, %d s%n", stage, progress.done(), unit, seconds);
                        },
                        LINE_SECONDS,
                        LINE_SECONDS,
                        TimeUnit.SECONDS);
        return progress;
    }

    private static ProgressBar bar(String stage, String unit, PrintStream err) {
        return new ProgressBarBuilder()
                .setTaskName(stage)
                .setUnit(" " + unit, 1)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(BAR_REDRAW_MILLIS)
                .hideEta()
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
    }

    @Override
    public void accept(long doneSoFar) {
        done.set(doneSoFar);
        if (bar != null) {
            bar.stepTo(doneSoFar);
        }
    }

    /// The same for a stage that hands in how much more it has done.
    public void more(long count) {
        accept(done.get() + count);
    }

    long done() {
        return done.get();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
        if (lines != null) {
            lines.shutdownNow();
        }
    }
}
