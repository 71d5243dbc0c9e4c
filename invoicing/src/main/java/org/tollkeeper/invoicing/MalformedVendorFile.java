package org.tollkeeper.invoicing;

import java.util.List;

/// A vendor's file that cannot be read, with every fault found in it.
public final class MalformedVendorFile extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedVendorFile(List<String> errors) {
        super(String.join("\n", errors));
    }

    /// Each names file, line and column, what was found and what was expected.
    public List<String> errors() {
        return getMessage().lines().toList();
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
