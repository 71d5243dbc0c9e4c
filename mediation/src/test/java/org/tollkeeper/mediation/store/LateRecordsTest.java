package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.Detail;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.mediation.file.Archive.HexDigest;
import org.tollkeeper.mediation.file.Archive.Kept;
import org.tollkeeper.mediation.file.InboxFile;
import org.tollkeeper.model.TrunkDirection;

/// Records of one call that come one by one, in any order and in nights of their own: what the call
/// says in the end does not depend on it.
class LateRecordsTest {

    private static final TestBook BOOK =
            TestBook.of(
                    TestBook.canonical("sw"),
                    TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                    TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT));

    private static final Instant SETUP = Instant.parse("2024-06-01T10:00:00Z");

    @TempDir Path folder;
    private Bench bench;
    private int files;

    @BeforeEach
    void open() {
        bench = new Bench(folder, BOOK);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_start_and_an_end_are_one_call_with_the_quality_that_media_tells() throws SQLException {
        List<CdrRecord.Builder> records =
                List.of(
                        at(RecordKind.START, 0).connectMs(ms(5)).called("442079").codec("PCMA"),
                        at(RecordKind.START, 20).connectMs(ms(21)).called("442079"),
                        at(RecordKind.UPDATE, 30),
                        at(RecordKind.END, 65).releaseMs(ms(65)).cause("16"),
                        at(RecordKind.END, 66).releaseMs(ms(66)).cause("31"),
                        at(RecordKind.MEDIA, 65).mos("4.2").detail(Detail.JITTER_MS, "7"));
        everyOrderGives(records, "10:00:05 10:01:05 60000 16 PCMA 4.2 {\"jitterMs\": \"7\"} 1 5 0");
    }

    @Test
    void a_stop_is_a_call_that_updates_and_media_join() throws SQLException {
        List<CdrRecord.Builder> records =
                List.of(
                        at(RecordKind.UPDATE, 0).sequence(1).durationMs(30_000L),
                        at(RecordKind.UPDATE, 0).sequence(2).durationMs(60_000L),
                        at(RecordKind.STOP, 0)
                                .connectMs(ms(5))
                                .releaseMs(ms(95))
                                .called("442079")
                                .cause("16"),
                        at(RecordKind.MEDIA, 95).mos("3.9").codec("G729"));
        everyOrderGives(records, "10:00:05 10:01:35 90000 16 G729 3.9 null 1 3 0");
    }

    @Test
    void an_end_without_a_start_waits() throws SQLException {
        var _ = night(List.of(at(RecordKind.END, 65).callId("x").releaseMs(ms(65))));
        assertThat(bench.suspense()).contains(",x,,mediation,,INCOMPLETE_CALL");
        assertThat(bench.rows("select count(*) from live_call")).containsExactly("0");
    }

    private void everyOrderGives(List<CdrRecord.Builder> records, String expected)
            throws SQLException {
        for (int seed = 0; seed < 12; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<CdrRecord.Builder> left = new ArrayList<>(records);
            String callId = "c" + seed;
            List<CdrRecord.Builder> file = new ArrayList<>();
            Totals totals = Totals.NONE;
            while (!left.isEmpty()) {
                file.add(left.remove(random.nextInt(left.size())).callId(callId));
                if (left.isEmpty() || random.nextInt(3) > 0) {
                    totals = totals.plus(night(file));
                    file.clear();
                }
            }
            assertThat(totals.balance()).as("seed %d", seed).isTrue();
            assertThat(
                            bench.rows(
                                    """
                                    select substr(instant(connect_ms), 12, 8),
                                        substr(instant(release_ms), 12, 8), duration_ms,
                                        cause.text, codec.text, mos.text,
                                        (select d.detail from call_detail d
                                         where d.slice = c.slice and d.n = c.n),
                                        (select count(*) from part p where p.call_id = c.call_id
                                         and p.call_first),
                                        (select count(*) from part p where p.call_id = c.call_id
                                         and p.call_slice = c.slice and p.call_n = c.n
                                         and not p.call_first),
                                        (select count(*) from part p where p.call_id = c.call_id
                                         and p.call_day is null)
                                    from live_call c join word cause on cause.id = c.cause
                                    join word codec on codec.id = c.codec
                                    join word mos on mos.id = c.mos where call_id = '%s'\
                                    """
                                            .formatted(callId)))
                    .as("seed %d", seed)
                    .containsExactly(expected);
        }
        assertThat(
                        bench.rows(
                                """
                                select (select sum(call_count) from cdr_file)
                                        = (select count(*) from live_call),
                                    (select sum(suspended_count) from cdr_file)\
                                """))
                .containsExactly("t 0");
    }

    /// One night with one file of these records.
    private Totals night(List<CdrRecord.Builder> records) throws SQLException {
        try (Connection connection = bench.database.connect();
                CopyLane lane = new CopyLane(connection)) {
            Run run = Run.begin(connection, "mediate", "", Bench.NOW);
            KeyedBook.Source source =
                    KeyedBook.read(connection, Bench.NOW).sources().values().iterator().next();
            Batch batch = new Batch(lane, run, Batch.Memory.of(connection));
            String path = "sw/%04d".formatted(files++);
            int file =
                    new FileRegister(connection, run)
                            .enter(
                                    source.number(),
                                    new InboxFile("sw", path, Path.of(path), 0, 0),
                                    new Kept(
                                            path, new HexDigest("%064x".formatted(files)), 0, null),
                                    batch.publication());
            Intake intake = new Intake(batch, source, file, n -> {}, null);
            Judged.Maker maker = intake.maker();
            for (int i = 0; i < records.size(); i++) {
                maker.accept(renumbered(records.get(i).build(), i + 1));
            }
            maker.finish();
            intake.finish();
            Totals totals = batch.finish();
            run.end(connection, true, Bench.NOW);
            connection.commit();
            return totals;
        }
    }

    private static CdrRecord renumbered(CdrRecord r, int number) {
        return new CdrRecord(
                number,
                r.byteOffset(),
                r.malformed(),
                r.kind(),
                r.callId(),
                r.legId(),
                r.sequence(),
                r.isFinal(),
                r.ingressTrunk(),
                r.egressTrunk(),
                r.calling(),
                r.called(),
                r.setupMs(),
                r.connectMs(),
                r.releaseMs(),
                r.durationMs(),
                r.cause(),
                r.sipCode(),
                r.pddMs(),
                r.mos(),
                r.codec(),
                r.attestation(),
                r.content(),
                r.detail());
    }

    /// A record so many seconds after the setup.
    private static CdrRecord.Builder at(RecordKind kind, int second) {
        return CdrRecord.at(1, 0)
                .kind(kind)
                .setupMs(kind == RecordKind.END ? null : Long.valueOf(ms(second)))
                .ingressTrunk(kind == RecordKind.START || kind == RecordKind.STOP ? "IN" : "");
    }

    private static long ms(int second) {
        return SETUP.plusSeconds(second).toEpochMilli();
    }
}
