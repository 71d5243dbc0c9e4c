package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the words of calls say of their quality, by the numbers of the words.
final class QualityWords {

    /// Unanswered calls with these causes reached the called user, or were given up by the caller.
    private static final String EFFECTIVE_CAUSES =
            """
            '16', '17', '18', '19', '21', 'NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE',
            'NO_ANSWER', 'CALL_REJECTED', 'ORIGINATOR_CANCEL'\
            """;

    private static final String EFFECTIVE_SIP_CODES = "'480', '486', '487', '600', '603'";

    private final Connection connection;
    private final BitSet effectiveCauses = new BitSet();
    private final BitSet effectiveSipCodes = new BitSet();
    private final Map<Integer, BigDecimal> mos = new HashMap<>();

    private QualityWords(Connection connection) {
        this.connection = connection;
    }

    static QualityWords read(Connection connection) throws SQLException {
        QualityWords words = new QualityWords(connection);
        words.read();
        return words;
    }

    private void read() throws SQLException {
        words(
                "text in (%s)".formatted(EFFECTIVE_CAUSES),
                row -> effectiveCauses.set(row.getInt(1)));
        words(
                "text in (%s)".formatted(EFFECTIVE_SIP_CODES),
                row -> effectiveSipCodes.set(row.getInt(1)));
        words(
                "text ~ '^[0-9](\\.[0-9]+)?$'",
                row -> mos.put(row.getInt(1), new BigDecimal(row.getString(2))));
    }

    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void words(String condition, Row taker) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select id, text from word where " + condition);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                taker.take(row);
            }
        }
    }

    /// Whether an unanswered call with this cause or SIP code counts as effective.
    boolean isEffective(int cause, int sipCode) {
        return effectiveCauses.get(cause) || effectiveSipCodes.get(sipCode);
    }

    /// The score a word says; null if it says none.
    @Nullable BigDecimal mos(int word) {
        return word == 0 ? null : mos.get(word);
    }
}
