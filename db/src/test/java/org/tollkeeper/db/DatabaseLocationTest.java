package org.tollkeeper.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseLocationTest {

    private static final Path HOME = Path.of("home");

    @Test
    void withoutAUrlTheDatabaseIsTheEmbeddedOne() {
        assertThat(DatabaseLocation.parse(null, HOME))
                .isEqualTo(new DatabaseLocation.Embedded(HOME.toAbsolutePath()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example:5432/tollkeeper?user=billing",
                "jdbc:postgresql://db.example/tollkeeper?user=billing@example.com",
                "jdbc:postgresql:tollkeeper",
                "jdbc:postgresql://a:5432,b:5433/tollkeeper?targetServerType=primary"
            })
    void aUrlWithoutAPasswordNamesAServer(String url) {
        assertThat(DatabaseLocation.parse(url, HOME)).isEqualTo(new DatabaseLocation.Server(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example/tollkeeper?user=billing&password=s3cret",
                "jdbc:postgresql://db.example/tollkeeper?password=s3cret",
                "jdbc:postgresql://db.example/tollkeeper?sslpassword=s3cret",
                "jdbc:postgresql://billing:s3cret@db.example/tollkeeper"
            })
    void aPasswordInTheUrlIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> DatabaseLocation.parse(url, HOME))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("PGPASSWORD")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db.example/tollkeeper", "postgresql://db.example/x", ""})
    void aUrlOfAnotherKindIsRefused(String url) {
        assertThatThrownBy(() -> DatabaseLocation.parse(url, HOME))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("jdbc:postgresql:");
    }
}
