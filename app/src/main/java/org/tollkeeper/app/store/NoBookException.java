package org.tollkeeper.app.store;

/// A stage was asked to work before any book was loaded.
public final class NoBookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoBookException() {
        super("no book is loaded yet; load one by: tollkeeper load --book DIR");
    }
}
