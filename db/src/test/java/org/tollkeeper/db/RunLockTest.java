package org.tollkeeper.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunLockTest {

    @Test
    void onlyOneRunHoldsTheLockUntilItLetsGo() {
        try (Database database = TestDatabase.fresh()) {
            RunLock first = Objects.requireNonNull(RunLock.tryAcquire(database));
            assertThat(first.isHeld()).isTrue();
            assertThat(RunLock.tryAcquire(database)).isNull();

            first.close();
            assertThat(first.isHeld()).isFalse();
            try (RunLock second = RunLock.tryAcquire(database)) {
                assertThat(second).isNotNull();
            }
        }
    }

    @Test
    void aRunWhoseConnectionTheServerEndedHoldsTheLockNoMore() throws Exception {
        try (Database database = TestDatabase.fresh();
                RunLock lock = Objects.requireNonNull(RunLock.tryAcquire(database));
                var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
                            + " and database = (select oid from pg_database"
                            + " where datname = current_database())");
            assertThat(lock.isHeld()).isFalse();
        }
    }
}
