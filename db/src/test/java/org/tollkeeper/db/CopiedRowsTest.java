package org.tollkeeper.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiedRowsTest {

    private static final String QUERY =
            "select n::bigint - 2, n::integer, n::smallint, repeat('é', n) from"
                    + " generate_series(0, %d) n";

    private static List<String> read(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (CopiedRows row = new CopiedRows(connection, query)) {
            while (row.next()) {
                String numbers = row.longValue() + " " + row.intValue() + " " + row.shortValue();
                int byteCount = row.text();
                rows.add(
                        numbers + " " + new String(row.bytes(), row.textStart(), byteCount, UTF_8));
            }
        }
        return rows;
    }

    @Test
    void values_are_read_in_the_order_and_with_the_width_of_their_columns() throws Exception {
        try (Database database = TestDatabase.fresh();
                Connection connection = database.connect()) {
            assertThat(read(connection, QUERY.formatted(2)))
                    .containsExactly("-2 0 0 ", "-1 1 1 é", "0 2 2 éé");
            assertThat(read(connection, QUERY.formatted(-1))).isEmpty();
        }
    }

    @Test
    void nulls_booleans_dates_and_times_are_read() throws Exception {
        try (Database database = TestDatabase.fresh();
                Connection connection = database.connect();
                CopiedRows row =
                        new CopiedRows(
                                connection,
                                "select null::bigint, true, false, date '1999-12-31',"
                                        + " timestamp '1970-01-02 00:00:00.000001',"
                                        + " timestamp '1969-12-31 23:59:59', 7::bigint")) {
            assertThat(row.next()).isTrue();
            assertThat(row.isNull()).isTrue();
            assertThat(row.isNull()).isFalse();
            assertThat(row.booleanValue()).isTrue();
            assertThat(row.booleanValue()).isFalse();
            assertThat(LocalDate.ofEpochDay(row.epochDay())).isEqualTo("1999-12-31");
            assertThat(row.epochMicros()).isEqualTo(86_400_000_001L);
            assertThat(row.epochMicros()).isEqualTo(-1_000_000);
            assertThat(row.longValue()).isEqualTo(7);
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void what_is_left_of_a_row_is_skipped_whatever_it_is() throws Exception {
        String query =
                "select n, n::bigint, null::bigint, repeat('é', n), n = 1 from"
                        + " generate_series(0, 3) n";
        List<Integer> firsts = new ArrayList<>();
        try (Database database = TestDatabase.fresh();
                Connection connection = database.connect();
                CopiedRows row = new CopiedRows(connection, query)) {
            while (row.next()) {
                firsts.add(row.intValue());
                row.skip();
                row.skip();
            }
        }
        assertThat(firsts).containsExactly(0, 1, 2, 3);
    }

    @Test
    void a_value_of_another_width_and_a_row_that_is_not_read_to_its_end_are_refused()
            throws Exception {
        try (Database database = TestDatabase.fresh();
                Connection connection = database.connect();
                CopiedRows row = new CopiedRows(connection, QUERY.formatted(2))) {
            assertThat(row.next()).isTrue();
            assertThatThrownBy(row::intValue)
                    .hasMessage("a value of 8 bytes where one of 4 was expected");
            assertThatThrownBy(row::next).hasMessage("3 columns were not read");
        }
    }
}
