package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.model.SuspenseReason;

/// A carrier in a test: a database, an inbox and an archive of its own, and a clock that stands.
final class Bench implements AutoCloseable {

    static final Instant NOW = Instant.parse("2025-01-10T03:00:00Z");
    static final LocalDate EVER = LocalDate.parse("1970-01-01");
    static final LocalDate ALWAYS = LocalDate.parse("2100-01-01");

    final Database database = TestDatabase.fresh();
    final Path folder;
    final Path inbox;
    Instant now = NOW;

    Bench(Path folder, TestBook book) {
        this.folder = folder;
        this.inbox = folder.resolve("inbox");
        store(book);
        try {
            Files.createDirectories(inbox);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void store(TestBook book) {
        try (Connection connection = database.connect()) {
            book.store(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Path file(String path, String content) throws IOException {
        return file(path, content.getBytes(UTF_8));
    }

    Path file(String path, byte[] content) throws IOException {
        Path file = inbox.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    Mediated mediate() {
        return mediate(inbox);
    }

    Mediated mediate(Path from) {
        return run(
                run -> new Mediation(database, new Archive(archive())).mediate(run, from, n -> {}));
    }

    Totals recycle(@Nullable SuspenseReason reason) {
        SuspenseFilter meant = new SuspenseFilter(reason, null, null, null, null, null);
        return run(run ->
                new Mediation(database, new Archive(archive())).recycle(run, meant, n -> {}));
    }

    int writeOff(SuspenseFilter meant, String because) {
        return run(run -> WriteOffs.write(database, run, meant, because));
    }

    /// Remediates, and publishes if told so.
    Remediated remediate(RemediationScope scope, boolean apply) {
        return run(run -> {
            try (Connection connection = database.connect()) {
                Remediation remediation =
                        Remediation.of(connection, new Archive(archive()), run, scope, n -> {});
                if (apply) {
                    remediation.publish();
                    remediation.forget();
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return remediation.difference();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    Path archive() {
        return folder.resolve("archive");
    }

    private interface Work<T> {
        T in(Run run);
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = database.connect()) {
            Run run = Run.begin(connection, "mediate", "", now);
            connection.commit();
            T result = work.in(run);
            run.end(connection, true, now);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String calls() {
        return export(CallsExport::write);
    }

    String suspense() {
        return export(SuspenseExport::write);
    }

    String duplicates() {
        return export(DuplicatesExport::write);
    }

    /// All that can be seen from outside.
    List<String> exports() {
        return List.of(calls(), suspense(), duplicates());
    }

    interface Export {
        long write(Connection connection, LocalDate from, LocalDate to, Path file)
                throws SQLException, IOException;
    }

    private String export(Export export) {
        try (Connection connection = database.connect()) {
            Path file = folder.resolve("export.csv");
            var _ = export.write(connection, EVER, ALWAYS, file);
            return Files.readString(file);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The rows of a query, fields separated by a blank.
    List<String> rows(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    text.append(i == 1 ? "" : " ").append(row.getString(i));
                }
                rows.add(text.toString());
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Runs a statement of SQL.
    void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// How many rows each table holds, but for the runs themselves and new words.
    List<String> rowCounts() {
        return rows(
                rows("""
                select string_agg(format(
                    'select %L, count(*) from %I', tablename, tablename),
                    ' union all ' order by tablename)
                from pg_tables
                where schemaname = 'public' and tablename <> 'run'\
                """)
                        .getFirst());
    }

    /// What the sums of files and slices say is what there is.
    void assertBalanced(String name) {
        assertThat(
                        rows(
                                """
                                select (select sum(call_count) from cdr_file)
                                        = (select count(*) from live_call),
                                    (select sum(suspended_count) from cdr_file)
                                        = (select count(*) from open_suspense),
                                    (select sum(duplicate_count) from cdr_file)
                                        = (select count(*) from duplicate
                                           where to_publication is null),
                                    (select sum(filtered_count) from cdr_file)
                                        = (select count(*) from filtered
                                           where to_publication is null),
                                    (select sum(joined_count) from cdr_file)
                                        = (select count(*) from part where to_publication is null
                                           and call_day is not null and not call_first),
                                    (select sum(row_count) from live_slice)
                                        = (select count(*) from live_call) + (select count(*)
                                           from tombstone t join live_slice s on s.id = t.slice),
                                    (select sum(call_count) from call_volume v
                                        join live_slice s on s.id = v.slice)
                                        = (select sum(row_count) from live_slice),
                                    not exists (select 1 from live_call c left join fingerprint f
                                        on f.day = c.day and f.slice = c.slice and f.n = c.n
                                        where f.file is null and not exists (
                                            select 1 from part p where p.call_slice = c.slice
                                                and p.call_n = c.n and p.to_publication is null)),
                                    not exists (select 1 from part p left join live_call c
                                        on c.day = p.call_day and c.slice = p.call_slice
                                        and c.n = p.call_n where p.to_publication is null
                                        and p.call_day is not null and c.n is null)\
                                """))
                .as(name)
                .containsExactly("t t t t t t t t t");
    }

    @Override
    public void close() {
        database.close();
    }
}
