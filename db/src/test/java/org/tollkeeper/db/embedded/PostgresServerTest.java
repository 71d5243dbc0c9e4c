package org.tollkeeper.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.DatabaseException;

class PostgresServerTest {

    // One data folder for most tests: each leaves its server stopped.
    @TempDir static Path home;

    @AfterEach
    void leaveNoServerBehind() {
        Path postmaster = home.resolve("postgres/postmaster.pid");
        if (Files.exists(postmaster)) {
            PostgresServer.use(home).close();
        }
    }

    @Test
    void theOwnerIsNoSuperuserAndOwnsTheDatabase() throws Exception {
        try (PostgresServer server = PostgresServer.use(home)) {
            assertThat(
                            ask(
                                    server,
                                    "select current_user || ' ' || rolsuper || ' ' ||"
                                            + " (select datdba::regrole from pg_database"
                                            + "  where datname = current_database())"
                                            + " from pg_roles where rolname = current_user"))
                    .isEqualTo("tollkeeper false tollkeeper");
            assertThat(Files.getPosixFilePermissions(home.resolve("tollkeeper.password")))
                    .hasSize(2);
        }
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void theSettingsAreThoseOfABulkLoadThatSurvivesAPowerCut() throws Exception {
        try (PostgresServer server = PostgresServer.use(home)) {
            assertThat(
                            ask(
                                    server,
                                    "select string_agg(name || '=' || setting, ' ' order by name)"
                                            + " from pg_settings where name in ('fsync',"
                                            + " 'full_page_writes', 'synchronous_commit', 'jit',"
                                            + " 'data_checksums', 'autovacuum', 'server_encoding',"
                                            + " 'listen_addresses', 'lc_collate')"))
                    .isEqualTo(
                            "autovacuum=on data_checksums=on fsync=on full_page_writes=on jit=off"
                                    + " listen_addresses=127.0.0.1 server_encoding=UTF8"
                                    + " synchronous_commit=on");
            assertThat(
                            ask(
                                    server,
                                    "select datcollate || ' ' || datctype from pg_database"
                                            + " where datname = 'tollkeeper'"))
                    .isEqualTo("C C");
        }
    }

    @Test
    void aServerThatWouldLoseCommitsIsRefused(@TempDir Path careless) throws Exception {
        PostgresServer.use(careless).close();
        Files.writeString(
                careless.resolve("postgres/postgresql.conf"),
                "fsync = off\n",
                StandardOpenOption.APPEND);
        assertThatThrownBy(() -> PostgresServer.use(careless))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("fsync = off");
        assertThat(careless.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aSecondStartFindsWhatTheFirstWroteOnTheSamePort() throws Exception {
        int port;
        try (PostgresServer server = PostgresServer.use(home)) {
            port = server.port();
            ask(
                    server,
                    "drop table if exists kept; create table kept as select 42 as n; select 'done'");
        }
        try (PostgresServer server = PostgresServer.use(home)) {
            assertThat(ask(server, "select n::text from kept")).isEqualTo("42");
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void aServerLeftByAKilledProgramIsAdoptedAndThenStopped() throws Exception {
        PostgresServer first = PostgresServer.use(home);
        long pid = first.pid();
        first.abandon();
        try (PostgresServer second = PostgresServer.use(home)) {
            assertThat(second.pid()).isEqualTo(pid);
            assertThat(ask(second, "select 'here'")).isEqualTo("here");
        }
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aKilledServerIsStartedAgainAndRecovers() throws Exception {
        PostgresServer first = PostgresServer.use(home);
        ask(first, "drop table if exists kept; create table kept as select 42 as n; select 'done'");
        ProcessHandle postmaster = ProcessHandle.of(first.pid()).orElseThrow();
        first.abandon();
        postmaster.destroyForcibly();
        postmaster.onExit().get(10, TimeUnit.SECONDS);
        assertThat(home.resolve("postgres/postmaster.pid")).exists();
        try (PostgresServer second = PostgresServer.use(home)) {
            assertThat(second.pid()).isNotEqualTo(postmaster.pid());
            assertThat(ask(second, "select n::text from kept")).isEqualTo("42");
        }
    }

    // Above wal_skip_threshold: rows and index were forced to disk at the commit, and never logged.
    @Test
    void whatACommitFilledATableOfItsOwnWithSurvivesAKilledServer() throws Exception {
        PostgresServer first = PostgresServer.use(home);
        ask(
                first,
                "begin; drop table if exists filled; create table filled (n integer not null);"
                        + " insert into filled select generate_series(1, 200000);"
                        + " alter table filled add primary key (n); commit; select 'done'");
        ProcessHandle postmaster = ProcessHandle.of(first.pid()).orElseThrow();
        List<ProcessHandle> backends = postmaster.children().toList();
        first.abandon();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().get(10, TimeUnit.SECONDS);
        try (PostgresServer second = PostgresServer.use(home)) {
            assertThat(ask(second, "show wal_level")).isEqualTo("minimal");
            assertThat(ask(second, "select count(*) || ' ' || sum(n) from filled"))
                    .isEqualTo("200000 20000100000");
            assertThat(
                            ask(
                                    second,
                                    "set enable_seqscan = off; set enable_bitmapscan = off;"
                                            + " select count(*)::text from filled where n > 0"))
                    .isEqualTo("200000");
        }
    }

    @Test
    void aProcessFileThatNamesAnotherProgramIsStale() throws Exception {
        PostgresServer.use(home).close();
        long self = ProcessHandle.current().pid();
        Files.writeString(
                home.resolve("postgres/postmaster.pid"),
                "%d\n%s\n0\n%d\n\n127.0.0.1\n".formatted(self, home.resolve("postgres"), 1));
        try (PostgresServer server = PostgresServer.use(home)) {
            assertThat(server.pid()).isNotEqualTo(self);
            assertThat(ask(server, "select 'here'")).isEqualTo("here");
        }
    }

    @Test
    void aPortTakenMeanwhileIsReplaced() throws Exception {
        int port;
        try (PostgresServer server = PostgresServer.use(home)) {
            port = server.port();
        }
        try (var taken =
                        new java.net.ServerSocket(
                                port, 1, java.net.InetAddress.getLoopbackAddress());
                PostgresServer server = PostgresServer.use(home)) {
            assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(ask(server, "select 'here'")).isEqualTo("here");
        }
    }

    @Test
    void twoUsersInOneProgramShareTheServerUntilTheLastLeaves() throws Exception {
        PostgresServer first = PostgresServer.use(home);
        PostgresServer second = PostgresServer.use(home);
        first.close();
        assertThat(ask(second, "select 'here'")).isEqualTo("here");
        second.close();
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void whoLeavesDoesNotStopTheServerUnderAnotherProgram() throws Exception {
        PostgresServer here = PostgresServer.use(home);
        Process other = otherProgram();
        long pid = here.pid();
        assertThat(other.inputReader().readLine()).isEqualTo("using " + pid);

        here.close();
        assertThat(ProcessHandle.of(pid)).isPresent();
        try (PostgresServer again = PostgresServer.use(home)) {
            assertThat(again.pid()).isEqualTo(pid);
        }

        other.outputWriter().close();
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aTerminatedProgramStopsItsServerAndAKilledOneLeavesItToTheNext() throws Exception {
        Process terminated = otherProgram();
        assertThat(terminated.inputReader().readLine()).startsWith("using ");
        terminated.destroy();
        terminated.waitFor();
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();

        Process killed = otherProgram();
        String using = killed.inputReader().readLine();
        killed.destroyForcibly().waitFor();
        try (PostgresServer server = PostgresServer.use(home)) {
            assertThat("using " + server.pid()).isEqualTo(using);
        }
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    /// A program that uses the server of a home folder until its input ends.
    static final class OtherProgram {

        private OtherProgram() {}

        public static void main(String[] args) throws Exception {
            try (PostgresServer server = PostgresServer.use(Path.of(args[0]))) {
                System.out.println("using " + server.pid());
                while (System.in.read() >= 0) {}
            }
        }
    }

    private Process otherProgram() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("password", server.ownerPassword());
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
