package org.tollkeeper.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyLaneTest {

    private static final List<String> COLUMNS = List.of("a", "b");

    private final Database database = TestDatabase.fresh();
    private final Connection connection = database.connect();
    private final CopyLane lane = new CopyLane(connection);

    @BeforeEach
    void table() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table many (n serial, a bigint check (a >= 0), b text)");
        }
        connection.commit();
    }

    @AfterEach
    void close() throws SQLException {
        lane.close();
        connection.close();
        database.close();
    }

    @Test
    void rowsAreInOnceTheConnectionIsAskedFor() throws SQLException {
        long next = 0;
        for (int copy = 0; copy < 20; copy++) {
            HeldRows rows = rows(next, 5_000);
            next += 5_000;
            lane.copy(rows, false);
        }
        assertThat(
                        text(
                                "select count(*) || ' ' || sum(a) || ' ' || bool_and(b = 'text ' || a)"
                                        + " || ' ' || bool_and(n = a + 1) from many"))
                .isEqualTo("100000 4999950000 true true");
    }

    @Test
    void aTextLongerThanABlockStaysWhole() throws SQLException {
        HeldRows rows = new HeldRows("many", COLUMNS);
        rows.startRow();
        rows.writeLong(1);
        rows.writeText("ä".repeat(100_000));
        rows.startRow();
        rows.writeLong(2);
        rows.writeText("");
        lane.copy(rows, false);
        assertThat(text("select string_agg(length(b)::text, ' ' order by a) from many"))
                .isEqualTo("100000 0");
    }

    @Test
    void aRefusedRowIsToldAndTheRestPassedOverUntilTheRollback() throws SQLException {
        lane.copy(rows(-1, 1), false);
        for (int copy = 0; copy < 10; copy++) {
            lane.copy(rows(0, 100), false);
        }
        assertThatThrownBy(lane::connection)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("many_a_check");
        lane.rollback();
        lane.copy(rows(0, 3), false);
        assertThat(text("select count(*) from many")).isEqualTo("3");
    }

    private static HeldRows rows(long from, int count) {
        HeldRows rows = new HeldRows("many", COLUMNS);
        for (long a = from; a < from + count; a++) {
            rows.startRow();
            rows.writeLong(a);
            rows.writeText("text " + a);
        }
        return rows;
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = lane.connection().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
