package org.tollkeeper.db;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.jspecify.annotations.Nullable;

/// Flyway's log one step quieter: what it calls information is debugging to somebody who reads the
/// output of a nightly run. Flyway finds the class by its name.
public final class QuietMigrationLog implements LogCreator {

    @Override
    public Log createLogger(Class<?> clazz) {
        return new Quiet(System.getLogger(clazz.getName()));
    }

    private record Quiet(Logger logger) implements Log {

        @Override
        public void debug(@Nullable String message) {
            logger.log(Level.TRACE, message);
        }

        @Override
        public void info(@Nullable String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void notice(@Nullable String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void warn(@Nullable String message) {
            logger.log(Level.WARNING, message);
        }

        // What is an error to Flyway is thrown as well, and reported where it is caught.
        @Override
        public void error(@Nullable String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void error(@Nullable String message, @Nullable Exception cause) {
            logger.log(Level.DEBUG, message, cause);
        }
    }
}
