package org.tollkeeper.mediation.file;

import java.io.IOException;

/// A packed file is damaged, cut short, or unpacks to more than is allowed.
public final class CorruptFileException extends IOException {

    private static final long serialVersionUID = 1L;

    public CorruptFileException(String reason) {
        super(reason);
    }
}
