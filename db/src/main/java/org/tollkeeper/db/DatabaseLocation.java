package org.tollkeeper.db;

import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// Where the database is: the PostgreSQL Tollkeeper runs itself below its home folder, or a server
/// that somebody else runs.
public sealed interface DatabaseLocation {

    /// The PostgreSQL that Tollkeeper starts below a home folder.
    record Embedded(Path home) implements DatabaseLocation {
        public Embedded {
            home = home.toAbsolutePath().normalize();
        }
    }

    /// A PostgreSQL server named by a JDBC URL that holds no password.
    record Server(String jdbcUrl) implements DatabaseLocation {
        public Server {
            requirePostgresUrl(jdbcUrl);
        }
    }

    /// Reads what the command line says: the embedded database of `home` unless a URL is given.
    ///
    /// @throws DatabaseException when the URL is not PostgreSQL's or holds a password
    static DatabaseLocation parse(@Nullable String databaseUrl, Path home) {
        return databaseUrl == null ? new Embedded(home) : new Server(databaseUrl);
    }

    // No message repeats the URL: what is wrong with it may be the password inside.
    private static void requirePostgresUrl(String jdbcUrl) {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new DatabaseException(
                    "--database must be a JDBC URL of PostgreSQL, such as"
                            + " jdbc:postgresql://host:5432/tollkeeper?user=tollkeeper");
        }
        if (authority(jdbcUrl).contains("@")) {
            throw new DatabaseException(
                    "--database must not name user:password@ before the host;"
                            + " give the user as ?user=NAME"
                            + " and the password in PGPASSWORD or a pgpass file");
        }
        Properties properties = Driver.parseURL(jdbcUrl, new Properties());
        if (properties == null) {
            throw new DatabaseException(
                    "--database cannot be read as a JDBC URL of PostgreSQL; expected"
                            + " jdbc:postgresql://host:port/database?parameter=value");
        }
        if (properties.getProperty("password") != null
                || properties.getProperty("sslpassword") != null) {
            throw new DatabaseException(
                    "--database must not hold a password: URLs end up in process lists and logs;"
                            + " give it in PGPASSWORD or a pgpass file");
        }
    }

    private static String authority(String jdbcUrl) {
        String rest = jdbcUrl.substring("jdbc:postgresql:".length());
        if (!rest.startsWith("//")) {
            return "";
        }
        int end = 2;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        return rest.substring(2, end);
    }
}
