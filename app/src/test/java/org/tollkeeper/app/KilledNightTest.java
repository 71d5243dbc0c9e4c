package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A night that is killed with signal 9 again and again, at any moment, the database server with it
/// now and then, ends where an undisturbed night ends.
class KilledNightTest {

    private static final long SEED = Long.getLong("seed", 20240531);
    private static final int KILL_COUNT = Integer.getInteger("kills", 5);
    private static final int FILE_COUNT = 16;
    private static final int FILE_RECORD_COUNT = 1_250;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @TempDir private Path folder;

    @Test
    @DisplayName("killed at random moments, the next night takes up the work (-Dseed=, -Dkills=)")
    void killed_at_random_moments_the_next_night_takes_up_the_work() throws Exception {
        Path book = SmallBook.copyTo(folder.resolve("book"));
        Path inbox = SmallInbox.write(folder.resolve("inbox"), SEED, FILE_COUNT, FILE_RECORD_COUNT);
        Program calm = Program.in(folder.resolve("calm"));
        long begun = System.nanoTime();
        Program.Outcome night = night(calm, book, inbox, folder.resolve("calm-out")).end();
        assertThat(night.exitCode()).as(night.err()).isZero();
        long nightMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

        Program harassed = Program.in(folder.resolve("harassed"));
        Path out = folder.resolve("harassed-out");
        for (int i = 0; i < KILL_COUNT; i++) {
            Program.Started killed = night(harassed, book, inbox, out);
            Thread.sleep(random.nextLong(nightMillis / 10, nightMillis));
            if (i % 3 == 2) {
                killPostmaster(harassed.home());
                Thread.sleep(random.nextLong(200));
            }
            killed.process().destroyForcibly().waitFor();
        }
        Program.Outcome last = night(harassed, book, inbox, out).end();

        assertThat(last.exitCode()).as(last.err()).isZero();
        Map<String, String> expected = Exports.of(calm, folder);
        Exports.of(harassed, folder)
                .forEach((name, text) -> assertThat(text).as(name).isEqualTo(expected.get(name)));
        assertThat(Exports.tablesBelow(out))
                .isEqualTo(Exports.tablesBelow(folder.resolve("calm-out")));
    }

    private static Program.Started night(Program program, Path book, Path inbox, Path out)
            throws IOException {
        return program.start(
                "nightly",
                "--book",
                book,
                "--inbox",
                inbox,
                "--out",
                out,
                "--through",
                SmallBook.THROUGH);
    }

    /// Kills the server of a home folder, if one is running.
    private static void killPostmaster(Path home) throws IOException {
        Path pid = home.resolve("postgres/postmaster.pid");
        if (Files.exists(pid)) {
            long number = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
            ProcessHandle.of(number).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
