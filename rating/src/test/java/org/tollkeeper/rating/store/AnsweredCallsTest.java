package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.model.Digits;

/// Which calls of a slice are priced, and that they are the same whether they come as one stream or
/// by the block.
class AnsweredCallsTest {

    private static final String BOOK =
            """
            agreement A carrier=ACME sell=S buy=S
            deck S
            row S,44,UK,0.60
            """;

    // The fourth is withdrawn, the fifth without talk, the sixth within our own network, the
    // seventh was never answered.
    private static final String CALLS =
            """
            a ACME -    441 2024-03-05T10:00:00Z 1000
            b ACME ACME 442 2024-03-05T10:00:01Z 2000
            c -    ACME 443 2024-03-05T10:00:02Z 3000
            d ACME -    444 2024-03-05T10:00:03Z 4000
            e ACME -    445 2024-03-05T10:00:04Z 0
            f -    -    446 2024-03-05T10:00:05Z 6000
            g ACME -    447 2024-03-05T10:00:06Z 7000
            h ACME -    448 2024-03-05T10:00:07Z 8000\
            """;

    @ParameterizedTest(name = "blocks of {0}, 0 = one stream")
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 1_000})
    void answered_calls_with_a_carrier_are_read_once_each(int blockCalls) throws SQLException {
        try (TestNight night = new TestNight(BOOK)) {
            int slice = night.calls(CALLS).getFirst();
            night.traffic.tombstone(slice, 3);
            night.execute("update call set connect_ms = null where n = 6");
            try (Connection connection = night.database.connect();
                    Connection reading = night.database.connect();
                    CopyLane lane = new CopyLane(connection)) {
                AnsweredCalls calls =
                        blockCalls == 0
                                ? new AnsweredCalls(lane, reading)
                                : new AnsweredCalls(lane, null, blockCalls);
                List<String> read = new ArrayList<>();
                calls.read(
                        new CallSlices.CallSlice(slice, LocalDate.of(2024, 3, 5), true),
                        (n, call) -> {
                            read.add(line(n, call));
                            ask(lane.connection());
                        });
                assertThat(read)
                        .containsExactlyInAnyOrder(
                                "0 441 1000 in out-",
                                "1 442 2000 in out",
                                "2 443 3000 in- out",
                                "7 448 8000 in out-");
            }
        }
    }

    private static String line(int n, AnsweredCall call) {
        return "%d %s %d in%s out%s"
                .formatted(
                        n,
                        new Digits(call.called()),
                        call.durationMs(),
                        call.ingressCarrier() == 0 ? "-" : "",
                        call.egressCarrier() == 0 ? "-" : "");
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }
}
