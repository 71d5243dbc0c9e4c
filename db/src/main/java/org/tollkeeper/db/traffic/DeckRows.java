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

    private static final int FACTS = 3;
    private static final int FIRST_SIZE = FACTS << 10;
    private static final String CURRENT = "2147483647";

    private final Connection connection;
    private final boolean hasEarlier;
    private final DenseIndex numbers = new DenseIndex();

    /// Side by side, since charges name rows at random: id and deck, rate line and setup, code.
    private long[] facts = new long[FIRST_SIZE];

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
                int place = FACTS * number;
                facts[place] = pair(id, row.intValue());
                int rateLine = row.intValue();
                facts[place + 2] = Digits.of(text(row)).packed();
                facts[place + 1] = pair(rateLine, setup(text(row)));
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

    private static long pair(int high, int low) {
        return ((long) high << Integer.SIZE) | (low & 0xffff_ffffL);
    }

    private void ensure(int rowCount) {
        if (FACTS * rowCount > facts.length) {
            facts = Arrays.copyOf(facts, 2 * FACTS * rowCount);
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
        return (int) (facts[FACTS * number] >>> Integer.SIZE);
    }

    public int deck(int number) {
        return (int) facts[FACTS * number];
    }

    public int rateLine(int number) {
        return (int) (facts[FACTS * number + 1] >>> Integer.SIZE);
    }

    /// Packed, see [Digits].
    public long code(int number) {
        return facts[FACTS * number + 2];
    }

    /// The setup fee as the price list has it, as bytes of CSV.
    public byte[] setup(int number) {
        return setupTexts.get((int) facts[FACTS * number + 1]);
    }
}
