package org.tollkeeper.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;

class NightlyJobTest {

    @Test
    void the_steps_run_in_order_and_the_history_keeps_them() throws Exception {
        List<String> ran = new ArrayList<>();
        try (Database database = TestDatabase.fresh()) {
            NightlyJob.run(
                    database.dataSource(),
                    7,
                    List.of(
                            new NightStep("mediate", () -> ran.add("mediate")),
                            new NightStep("rate", () -> ran.add("rate"))));
            assertThat(ran).containsExactly("mediate", "rate");
            assertThat(history(database)).containsExactly("mediate COMPLETED", "rate COMPLETED");
        }
    }

    @Test
    void what_a_step_throws_ends_the_night() throws Exception {
        try (Database database = TestDatabase.fresh()) {
            assertThatThrownBy(() ->
                            NightlyJob.run(
                                    database.dataSource(),
                                    7,
                                    List.of(
                                            new NightStep("mediate", this::fail),
                                            new NightStep("rate", () -> {}))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThat(history(database)).containsExactly("mediate FAILED");
        }
    }

    @Test
    void a_night_that_was_killed_does_not_stand_in_the_way_of_the_next() throws Exception {
        try (Database database = TestDatabase.fresh()) {
            NightlyJob.run(database.dataSource(), 7, List.of(new NightStep("rate", () -> {})));
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "update batch.job_execution set status = 'STARTED', end_time = null");
                statement.execute(
                        "update batch.step_execution set status = 'STARTED', end_time = null");
                connection.commit();
            }
            NightlyJob.run(database.dataSource(), 8, List.of(new NightStep("rate", () -> {})));
            assertThat(history(database)).containsExactly("rate FAILED", "rate COMPLETED");
        }
    }

    private void fail() throws IOException {
        throw new IOException("disk full");
    }

    private static List<String> history(Database database) throws Exception {
        List<String> steps = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select step_name || ' ' || status from batch.step_execution"
                                        + " order by step_execution_id")) {
            while (row.next()) {
                steps.add(row.getString(1));
            }
        }
        return steps;
    }
}
