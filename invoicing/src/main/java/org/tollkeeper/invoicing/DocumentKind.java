package org.tollkeeper.invoicing;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What a document is. Its label is what is stored and exported.
public enum DocumentKind {
    /// Ours to the carrier: what it owes us for the traffic it sent.
    INVOICE("invoice"),
    /// The carrier's invoice as we expect it: an accrual, never sent.
    EXPECTED("expected"),
    /// Takes back part of an issued invoice.
    CREDIT_NOTE("credit-note"),
    /// Adds to an issued invoice.
    DEBIT_NOTE("debit-note"),
    /// Sets documents of both sides off against each other.
    SET_OFF("set-off");

    private final String label;

    DocumentKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static DocumentKind ofLabel(String label) {
        for (DocumentKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "no kind of document is called %s, but %s"
                        .formatted(
                                label,
                                Arrays.stream(values())
                                        .map(DocumentKind::label)
                                        .collect(Collectors.joining(", "))));
    }
}
