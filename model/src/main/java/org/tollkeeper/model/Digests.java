package org.tollkeeper.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digests by which contents are told apart.
public final class Digests {

    private Digests() {}

    /// A SHA-256 that nothing was added to yet.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
