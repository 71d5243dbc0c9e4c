package org.tollkeeper.mediation.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.SuspenseReason;

/// Which of the records held back are meant; a component that is null does not narrow.
///
/// @param trunk that the record concerns: the unknown one, else the one it came in by
/// @param setUpBefore records set up before that instant; without a readable setup, mediated before
/// @param file how the file's SHA-256 begins, in hexadecimal
/// @param record number of the record in its file
public record SuspenseFilter(
        @Nullable SuspenseReason reason,
        @Nullable String switchId,
        @Nullable String trunk,
        @Nullable Instant setUpBefore,
        @Nullable String file,
        @Nullable Integer record) {

    public static final SuspenseFilter ALL = new SuspenseFilter(null, null, null, null, null, null);

    /// On `suspense s`, `cdr_file f` and `switch w`; its parameters are [#bind]'s.
    static final String CONDITION =
            """
            (?::smallint is null or s.reason = ?::smallint)
            and (?::text is null or w.name = ?::text)
            and (?::text is null or s.trunk = ?::text)
            and (?::bigint is null or coalesce(s.setup_ms,
                    floor(extract(epoch from s.mediated_at) * 1000)::bigint) < ?::bigint)
            and (?::text is null or encode(f.sha256, 'hex') like ?::text || '%')
            and (?::integer is null or s.record = ?::integer)\
            """;

    private static final int PARAMETER_COUNT = 12;

    /// Sets the parameters of the condition, from the one with this number on.
    ///
    /// @return the number of the next one
    int bind(PreparedStatement statement, int first) throws SQLException {
        int at = first;
        Integer code = reason == null ? null : Integer.valueOf(reason.code());
        Long before = setUpBefore == null ? null : Long.valueOf(setUpBefore.toEpochMilli());
        for (int twice = 0; twice < 2; twice++) {
            statement.setObject(at + twice, code, Types.SMALLINT);
            statement.setString(at + 2 + twice, switchId);
            statement.setString(at + 4 + twice, trunk);
            statement.setObject(at + 6 + twice, before, Types.BIGINT);
            statement.setString(at + 8 + twice, file);
            statement.setObject(at + 10 + twice, record, Types.INTEGER);
        }
        return first + PARAMETER_COUNT;
    }

    /// Sets the twelve parameters of a query of another stage: each component twice, in their
    /// order.
    public void bindTo(PreparedStatement statement) throws SQLException {
        var _ = bind(statement, 1);
    }

    /// Whether it means everything.
    public boolean isAll() {
        return equals(ALL);
    }
}
