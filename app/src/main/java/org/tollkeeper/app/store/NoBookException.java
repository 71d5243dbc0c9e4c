package org.tollkeeper.app.store;

import java.time.Instant;

/// A stage was asked to work before any book was loaded, or under one that was not known yet.
public final class NoBookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoBookException() {
        super("no book is loaded yet; load one by: tollkeeper load --book DIR");
    }

    NoBookException(Instant knownAt) {
        super("no book was known at " + knownAt);
    }
}
