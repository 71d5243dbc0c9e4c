package org.tollkeeper.db;

import org.jspecify.annotations.Nullable;

/// The database cannot be opened or used; the message says what was found and what to do about it.
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
