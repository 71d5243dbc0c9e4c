package org.tollkeeper.mediation.decoder;

/// Bytes that are no element of Basic Encoding Rules, or more of one than is taken in.
final class BrokenBerException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenBerException(String reason) {
        super(reason);
    }
}
