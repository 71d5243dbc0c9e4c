package org.tollkeeper.settlement.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.CsvExport;

/// The statements that stand, as CSV, ordered by agreement and period: all in one file, or a file a
/// statement.
public final class StatementExport {

    /// Rows in order; every number as the text to print.
    private static final String ROWS =
            """
            select a.name as agreement, s.period_from::text, (s.period_end - 1)::text as period_to,
                   case l.kind when 1 then 'traffic' when 2 then 'commitment'
                               when 3 then 'total' when 4 then 'net' end as line,
                   case l.side when 1 then 'buy' when 2 then 'sell' end as side,
                   nullif(l.destination, '') as destination,
                   l.rate::text, nullif(l.band, '') as band, l.tier_from::text,
                   nullif(l.origin, '') as origin,
                   case l.jurisdiction when 1 then 'interstate' when 2 then 'intrastate'
                                       when 3 then 'indeterminate' end as jurisdiction,
                   l.call_count::text as calls, l.actual_seconds::text, l.billed_seconds::text,
                   nanos(l.traffic_nanos, s.charge_decimals) as traffic_amount,
                   round(l.due_minor / 10::numeric ^ s.minor_decimals, s.minor_decimals)::text
                       as due_amount,
                   s.currency
            from statement s
            join agreement a on a.id = s.agreement
            join statement_line l on l.statement = s.id
            where s.to_publication is null and s.period_end - 1 between '%s' and '%s'
            order by a.name, s.period_from, l.n
            """;

    private static final String ALWAYS = ROWS.formatted("-infinity", "infinity");
    private static final int FETCHED_ROW_COUNT = 2_000;
    private static final Pattern FILE_NAME = Pattern.compile(".+-\\d{4}-\\d{2}-\\d{2}\\.csv");

    private StatementExport() {}

    /// Writes the statements of all periods whose last day is in a span, both days inclusive.
    ///
    /// @return how many lines
    public static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        return CsvExport.write(connection, ROWS.formatted(from, to), file);
    }

    /// Makes `folder` hold a file `<agreement>-<period_from>.csv` for each statement, and no other
    /// such file. A file that already says the same is not touched.
    ///
    /// @return how many statements
    public static int writeEach(Connection connection, Path folder)
            throws SQLException, IOException {
        Files.createDirectories(folder);
        Set<String> names = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(ALWAYS)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            try (ResultSet row = select.executeQuery()) {
                String header = header(row.getMetaData());
                StringBuilder text = new StringBuilder();
                String name = "";
                while (row.next()) {
                    String next = row.getString(1) + "-" + row.getString(2) + ".csv";
                    if (!next.equals(name)) {
                        put(folder, name, text);
                        names.add(next);
                        name = next;
                        text.append(header);
                    }
                    append(text, row);
                }
                put(folder, name, text);
            }
        }
        removeOthers(folder, names);
        return names.size();
    }

    private static String header(ResultSetMetaData columns) throws SQLException {
        StringBuilder header = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            header.append(i > 1 ? "," : "").append(columns.getColumnLabel(i));
        }
        return header.append('\n').toString();
    }

    private static void append(StringBuilder text, ResultSet row) throws SQLException {
        int columnCount = row.getMetaData().getColumnCount();
        for (int i = 1; i <= columnCount; i++) {
            text.append(i > 1 ? "," : "").append(field(row.getString(i)));
        }
        text.append('\n');
    }

    /// A field as RFC 4180 wants it, quoted only where it must be.
    private static String field(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain =
                value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /// Writes and empties `text`, unless there is none or the file says it already.
    private static void put(Path folder, String name, StringBuilder text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        Path file = within(folder, name);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        Path part = within(folder, name + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The agreement's id comes from the book, so it must not lead out of the folder.
    private static Path within(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!folder.normalize().equals(file.getParent())) {
            throw new IOException(
                    "a statement cannot be written to '%s': the agreement's id is no file name"
                            .formatted(name));
        }
        return file;
    }

    private static void removeOthers(Path folder, Set<String> names) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(folder)) {
            others =
                    files.filter(file -> FILE_NAME.matcher(file.getFileName().toString()).matches())
                            .filter(file -> !names.contains(file.getFileName().toString()))
                            .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path other : others) {
            Files.delete(other);
        }
    }
}
