package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tollkeeper.mediation.decoder.ThreeGppBerTest.transit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.TrunkDirection;

/// A mobile exchange cuts a long call into records of 600, 600 and 30 seconds.
class IncrementalPartsTest {

    @TempDir Path folder;

    /// A record a night, the middle one last and twice. Their durations add up: taken for
    /// cumulative ones the call would be 30 or 600 seconds, by its own first and last times 1,230.
    @Test
    void partial_records_of_a_mobile_exchange_add_up_to_one_call() throws Exception {
        TestBook book =
                TestBook.of(
                        TestBook.source("msc", "3gpp-ber", "UTC", ""),
                        TestBook.trunk("msc", "17", "ACME", TrunkDirection.IN),
                        TestBook.trunk("msc", "OUT1", "BETA", TrunkDirection.OUT));
        byte[] first = transit("240313095958", "240313100000", "240313101000", 600, 1, 1);
        byte[] second = transit("240313095958", "240313101000", "240313102000", 600, 1, 2);
        byte[] last = transit("240313095958", "240313100000", "240313102030", 30, 0, 3);
        try (Bench bench = new Bench(folder, book)) {
            bench.file("msc/1.ber", last);
            assertThat(bench.mediate().totals().suspended()).isOne();
            bench.file("msc/2.ber", first);
            assertThat(bench.mediate().totals().suspended()).isOne();
            bench.file("msc/3.ber", second);
            Totals totals = bench.mediate().totals();
            assertThat(totals.balance()).isTrue();
            assertThat(totals.calls()).isOne();
            assertThat(totals.joined()).isEqualTo(2);
            bench.file("msc/4.ber", concat(second, new byte[512]));
            assertThat(bench.mediate().totals().duplicates()).isOne();
            List<String> calls = bench.calls().lines().toList();
            assertThat(calls).hasSize(2);
            assertThat(calls.getLast())
                    .startsWith("msc,0a0b0c,transit/491770000001,")
                    .contains(
                            ",ACME,BETA,4930123456,442079460000,2024-03-13T08:59:58.000Z,"
                                    + "2024-03-13T09:00:00.000Z,2024-03-13T09:20:30.000Z,1230000,16,");
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
