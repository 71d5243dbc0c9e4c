package org.tollkeeper.mediation.decoder;

/// A switch's `format` or `mapping` in the book cannot be used; the message names the switch, the
/// key, what was found and what was expected.
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MappingException(String switchId, String message) {
        super("switch " + switchId + ": " + message);
    }
}
