package org.tollkeeper.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCopyTest {

    private static Database database;
    private Connection connection;

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
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void everyTypeComesBackAsItWasWritten() throws SQLException {
        execute(
                "create table every_type (a bigint, b integer, c smallint, d boolean, e date,"
                        + " f timestamptz, g text, h bytea, i numeric)");
        Instant instant = Instant.parse("1969-07-20T20:17:40.123456Z");
        byte[] bytes = {9, 0, -1, 127, 9};
        try (BinaryCopy copy =
                copyInto("every_type", "a", "b", "c", "d", "e", "f", "g", "h", "i")) {
            copy.startRow();
            copy.writeLong(Long.MIN_VALUE);
            copy.writeInt(-2);
            copy.writeShort(Short.MAX_VALUE);
            copy.writeBoolean(true);
            copy.writeDate(LocalDate.of(1999, 12, 31).toEpochDay());
            copy.writeTimestamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
            copy.writeText("Zürich 東京 \uD83D\uDCDE");
            copy.writeBytes(bytes, 1, 3);
            copy.writeNumeric(new BigDecimal("-12345678.0500"));
            copy.startRow();
            for (int column = 0; column < 9; column++) {
                copy.writeNull();
            }
            assertThat(copy.finish()).isEqualTo(2);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from every_type order by a")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(Long.MIN_VALUE);
            assertThat(row.getInt(2)).isEqualTo(-2);
            assertThat(row.getShort(3)).isEqualTo(Short.MAX_VALUE);
            assertThat(row.getBoolean(4)).isTrue();
            assertThat(row.getObject(5, LocalDate.class)).isEqualTo("1999-12-31");
            assertThat(row.getObject(6, OffsetDateTime.class).toInstant()).isEqualTo(instant);
            assertThat(row.getString(7)).isEqualTo("Zürich 東京 \uD83D\uDCDE");
            assertThat(row.getBytes(8)).containsExactly(0, -1, 127);
            assertThat(row.getBigDecimal(9)).isEqualTo(new BigDecimal("-12345678.0500"));
            row.next();
            for (int column = 1; column <= 9; column++) {
                assertThat(row.getObject(column)).isNull();
            }
        }
    }

    @Test
    void numbersKeepTheirScale() throws SQLException {
        List<String> numbers = new ArrayList<>(List.of("0", "0.0000", "0.0500", "-0.0500"));
        numbers.addAll(List.of("1", "10000", "100000000", "9999.9999", "-0.00000005", "20000.5"));
        numbers.addAll(List.of("9223372036854775807", "-9223372036854775808", "0.1000000"));
        numbers.addAll(List.of("-92233720368547758.08", "0.9223372036854775807"));
        numbers.addAll(List.of("123456789012345678901234567890.12345", "-1" + "0".repeat(40)));
        numbers.addAll(List.of("0." + "0".repeat(39) + "1", "100000000000000000000.000000"));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20);
        for (int i = 0; i < 500; i++) {
            long unscaled = random.nextLong() >> random.nextInt(64);
            numbers.add(BigDecimal.valueOf(unscaled, random.nextInt(25)).toPlainString());
        }
        execute("create table number (n integer, value numeric)");
        try (BinaryCopy copy = copyInto("number", "n", "value")) {
            for (int n = 0; n < numbers.size(); n++) {
                copy.startRow();
                copy.writeInt(n);
                copy.writeNumeric(new BigDecimal(numbers.get(n)));
            }
            copy.finish();
        }
        assertThat(texts("select value::text from number order by n")).isEqualTo(numbers);
    }

    @Test
    void aNegativeScaleIsWrittenOut() throws SQLException {
        execute("create table number (value numeric)");
        try (BinaryCopy copy = copyInto("number", "value")) {
            copy.startRow();
            copy.writeNumeric(new BigDecimal("12e5"));
            copy.startRow();
            copy.writeNumeric(-3, -2);
            copy.finish();
        }
        assertThat(texts("select value::text from number")).containsExactly("1200000", "-300");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 87_380, 87_381, 262_140, 262_141, 1_000_000})
    void textsOfAnyLengthCrossTheBlocks(int charCount) throws SQLException {
        String text = "é".repeat(charCount);
        String half = text.substring(charCount / 2);
        execute("create table line (n integer, text text)");
        try (BinaryCopy copy = copyInto("line", "n", "text")) {
            for (int n = 0; n < 3; n++) {
                copy.startRow();
                copy.writeInt(n);
                copy.writeText(n == 1 ? half : text);
            }
            assertThat(copy.finish()).isEqualTo(3);
        }
        assertThat(texts("select text from line order by n")).containsExactly(text, half, text);
    }

    @Test
    void aLoneSurrogateBecomesAQuestionMarkAsInJava() throws SQLException {
        String text = "a\uD83Db\uDCDE";
        execute("create table line (text text)");
        try (BinaryCopy copy = copyInto("line", "text")) {
            copy.startRow();
            copy.writeText(text);
            copy.finish();
        }
        assertThat(texts("select text from line"))
                .containsExactly(new String(text.getBytes(UTF_8), UTF_8));
    }

    @Test
    void manyRowsArriveInOrderAndAreCounted() throws SQLException {
        execute("create table many (a bigint, b integer)");
        int rowCount = 200_000;
        try (BinaryCopy copy = copyInto("many", "a", "b")) {
            for (int n = 0; n < rowCount; n++) {
                copy.startRow();
                copy.writeLong(n * 1_000_000_007L);
                copy.writeInt(n);
            }
            assertThat(copy.finish()).isEqualTo(rowCount);
        }
        assertThat(
                        texts(
                                "select count(*) || ' ' || sum(b) || ' '"
                                        + " || bool_and(a = b::bigint * 1000000007) from many"))
                .containsExactly("200000 19999900000 true");
    }

    @Test
    void aCopyThatIsNotFinishedLeavesNothingAndTheConnectionUsable() throws SQLException {
        execute("create table many (a bigint)");
        connection.commit();
        try (BinaryCopy copy = copyInto("many", "a")) {
            copy.startRow();
            copy.writeLong(1);
        }
        connection.rollback();
        assertThat(texts("select count(*)::text from many")).containsExactly("0");
        execute("drop table many");
        connection.commit();
    }

    @Test
    void anErrorNamesTheTable() throws SQLException {
        execute("create table positive (a bigint check (a > 0))");
        try (BinaryCopy copy = copyInto("public.positive", "a")) {
            copy.startRow();
            copy.writeLong(-1);
            assertThatThrownBy(copy::finish)
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("public.positive")
                    .hasMessageContaining("positive_a_check");
        }
    }

    @Test
    void aRowWithTooFewOrTooManyColumnsIsABug() throws SQLException {
        execute("create table pair (a bigint, b bigint)");
        try (BinaryCopy copy = copyInto("pair", "a", "b")) {
            copy.startRow();
            copy.writeLong(1);
            assertThatThrownBy(copy::startRow).hasMessageContaining("lacks 1 of its 2 columns");
            assertThatThrownBy(copy::finish).hasMessageContaining("lacks 1 of its 2 columns");
            copy.writeLong(2);
            assertThatThrownBy(() -> copy.writeLong(3)).hasMessageContaining("more than its 2");
        }
    }

    private BinaryCopy copyInto(String table, String... columns) {
        return BinaryCopy.into(connection, table, List.of(columns));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }
}
