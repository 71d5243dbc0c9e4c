package org.tollkeeper.app.store;

/// Another run holds the lock; the message says which, and since when.
public final class LockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockedException(String message) {
        super(message);
    }
}
