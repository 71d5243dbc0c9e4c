package org.tollkeeper.db.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;

class DayLeavesTest {

    private static final LocalDate DAY = LocalDate.parse("2024-06-01");
    private static final List<String> COLUMNS =
            List.of("day", "key_high", "key_low", "content", "file", "record", "slice", "n");
    private static final String INDEXES =
            "select indexname from pg_indexes where tablename = 'fingerprint_20240601'";

    private static Database database;
    private Connection connection;
    private DayLeaves leaves;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void connect() {
        connection = database.connect();
        leaves = new DayLeaves(connection, "fingerprint");
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void aLeafThatIsLoadedGetsItsIndexAndItsPlaceAfterwards() throws SQLException {
        String leaf = leaves.load(DAY);
        assertThat(leaf).isEqualTo("fingerprint_20240601");
        assertThat(leaves.isLoading(DAY)).isTrue();
        assertThat(texts(INDEXES)).isEmpty();
        copy(leaf, DAY, 1, 2, 3);
        assertThat(texts("select count(*) from fingerprint")).containsExactly("0");
        leaves.attachAll();
        assertThat(leaves.isLoading(DAY)).isFalse();
        assertThat(texts(INDEXES)).containsExactly("fingerprint_20240601_pkey");
        assertThat(texts("select key_low from fingerprint where day = '2024-06-01' order by 1"))
                .containsExactly("1", "2", "3");
        assertThat(
                        texts(
                                "select conname from pg_constraint where contype = 'c'"
                                        + " and conrelid = 'fingerprint_20240601'::regclass"))
                .isEmpty();
        assertThat(leaves.load(DAY)).isEqualTo(leaf);
        assertThat(leaves.isLoading(DAY)).isFalse();
    }

    @Test
    void aLeafIsWholeOnceItIsEnsured() throws SQLException {
        copy(leaves.load(DAY), DAY, 7);
        assertThat(leaves.ensure(DAY)).isEqualTo("fingerprint_20240601");
        assertThat(texts("select key_low from fingerprint")).containsExactly("7");
        leaves.attachAll();
        assertThat(texts(INDEXES)).containsExactly("fingerprint_20240601_pkey");
    }

    @Test
    void aLeafThatWasThereKeepsItsIndex() throws SQLException {
        leaves.ensure(DAY);
        DayLeaves later = new DayLeaves(connection, "fingerprint");
        assertThat(later.load(DAY)).isEqualTo("fingerprint_20240601");
        assertThat(later.isLoading(DAY)).isFalse();
        assertThat(texts(INDEXES)).containsExactly("fingerprint_20240601_pkey");
    }

    @Test
    void aLeafSmallerThanWhatComesIsMadeAnewWithWhatItHolds() throws SQLException {
        copy(leaves.ensure(DAY), DAY, 5, 6);
        DayLeaves later = new DayLeaves(connection, "fingerprint");
        later.expect(DAY, 10_000);
        String anew = later.load(DAY);
        assertThat(anew).isNotEqualTo("fingerprint_20240601");
        assertThat(later.isLoading(DAY)).isTrue();
        assertThat(later.isOwn(DAY)).isFalse();
        copy(anew, DAY, 7);
        assertThat(texts("select key_low from fingerprint order by 1")).containsExactly("5", "6");
        assertThat(later.ensure(DAY)).isEqualTo("fingerprint_20240601");
        assertThat(later.load(DAY)).isEqualTo("fingerprint_20240601");
        assertThat(texts("select key_low from fingerprint order by 1"))
                .containsExactly("5", "6", "7");
        assertThat(texts(INDEXES)).containsExactly("fingerprint_20240601_pkey");
    }

    @Test
    void aLeafIsFilledAsItIsWhereLittleComes() throws SQLException {
        leaves.ensure(DAY);
        DayLeaves later = new DayLeaves(connection, "fingerprint");
        later.expect(DAY, 9_999);
        assertThat(later.load(DAY)).isEqualTo("fingerprint_20240601");
        assertThat(later.isLoading(DAY)).isFalse();
    }

    @Test
    void theDatabaseRefusesAKeyThatWasLoadedTwice() throws SQLException {
        copy(leaves.load(DAY), DAY, 1, 2, 1);
        assertThatThrownBy(() -> leaves.attachAll())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("fingerprint_20240601_pkey");
    }

    @Test
    void aRowOfAnotherDayIsRefused() throws SQLException {
        String leaf = leaves.load(DAY);
        assertThatThrownBy(() -> copy(leaf, DAY.plusDays(1), 1))
                .hasMessageContaining("fingerprint_20240601_day");
    }

    private void copy(String leaf, LocalDate day, long... keys) {
        try (BinaryCopy copy = BinaryCopy.intoOwn(connection, leaf, COLUMNS)) {
            for (long key : keys) {
                copy.startRow();
                copy.writeDate(day.toEpochDay());
                copy.writeLong(0);
                copy.writeLong(key);
                copy.writeLong(0);
                copy.writeInt(1);
                copy.writeInt(1);
                copy.writeInt(1);
                copy.writeInt(1);
            }
            var _ = copy.finish();
        }
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
