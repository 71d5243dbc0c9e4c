package org.tollkeeper.db.traffic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.db.DenseIndex;
import org.tollkeeper.model.Digits;

/// The rows of all decks of today, and of earlier books those that some charges name: looking one
/// up here costs a charge less than having the database join it.
public final class DeckRows {

    private static final int FIRST_SIZE = 1 << 10;
    private static final String CURRENT = "2147483647";

    private final Connection connection;
    private final boolean hasEarlier;
    private final DenseIndex numbers = new DenseIndex();
    private int[] ids = new int[FIRST_SIZE];
    private int[] decks = new int[FIRST_SIZE];
    private int[] rateLines = new int[FIRST_SIZE];
    private long[] codes = new long[FIRST_SIZE];
    private int[] setups = new int[FIRST_SIZE];
    private final List<byte[]> setupTexts = new ArrayList<>();
    private final Map<String, Integer> setupNumbers = new HashMap<>();
    private final int currentCount;

    /// Reads the rows of today.
    public DeckRows(Connection connection) throws SQLException {
        this.connection = connection;
        read("r.known_to = " + CURRENT);
        this.currentCount = numbers.count();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select exists (select from deck_row where known_to <> %s)"
                                        .formatted(CURRENT));
                ResultSet row = select.executeQuery()) {
            row.next();
            this.hasEarlier = row.getBoolean(1);
        }
    }

    /// Makes the rows of earlier books known that some charges name.
    ///
    /// @param charges a condition on `charge h`
    public void readEarlier(String charges) throws SQLException {
        if (hasEarlier) {
            read(
                    "r.known_to <> %s and r.id in (select h.deck_row from charge h where %s)"
                            .formatted(CURRENT, charges));
        }
    }

    private void read(String condition) throws SQLException {
        String query =
                "select r.id, r.deck, r.rate_line, r.code, r.setup::text from deck_row r where "
                        + condition;
        try (CopiedRows row = new CopiedRows(connection, query)) {
            while (row.next()) {
                int id = row.intValue();
                int number = numbers.of(id);
                ensure(number + 1);
                ids[number] = id;
                decks[number] = row.intValue();
                rateLines[number] = row.intValue();
                codes[number] = Digits.of(text(row)).packed();
                setups[number] = setup(text(row));
            }
        }
    }

    private static String text(CopiedRows row) {
        int byteCount = row.text();
        return new String(row.bytes(), row.textStart(), byteCount, ISO_8859_1);
    }

    private int setup(String text) {
        Integer known = setupNumbers.get(text);
        if (known != null) {
            return known;
        }
        setupNumbers.put(text, setupTexts.size());
        setupTexts.add(text.getBytes(ISO_8859_1));
        return setupTexts.size() - 1;
    }

    private void ensure(int size) {
        if (size > ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            decks = Arrays.copyOf(decks, 2 * size);
            rateLines = Arrays.copyOf(rateLines, 2 * size);
            codes = Arrays.copyOf(codes, 2 * size);
            setups = Arrays.copyOf(setups, 2 * size);
        }
    }

    /// How many rows today's decks have; their numbers are those below it.
    public int currentCount() {
        return currentCount;
    }

    /// The number of a row, by which the rest of it is asked for.
    public int number(int id) {
        int number = numbers.find(id);
        if (number < 0) {
            throw new IllegalStateException("charges without the deck row " + id);
        }
        return number;
    }

    public int id(int number) {
        return ids[number];
    }

    public int deck(int number) {
        return decks[number];
    }

    public int rateLine(int number) {
        return rateLines[number];
    }

    /// Packed, see [Digits].
    public long code(int number) {
        return codes[number];
    }

    /// The setup fee as the price list has it, as bytes of CSV.
    public byte[] setup(int number) {
        return setupTexts.get(setups[number]);
    }
}
