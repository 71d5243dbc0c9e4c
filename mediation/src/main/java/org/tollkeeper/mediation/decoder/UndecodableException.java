package org.tollkeeper.mediation.decoder;

/// A file cannot be decoded whole; the message says why, in words for whoever runs the switch, and
/// without the file's name. The file is quarantined.
public final class UndecodableException extends Exception {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String reason) {
        super(reason);
    }
}
