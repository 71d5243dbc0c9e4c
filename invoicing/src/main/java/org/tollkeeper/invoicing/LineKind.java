package org.tollkeeper.invoicing;

import org.tollkeeper.model.Coded;

/// What a line of a statement says.
public enum LineKind implements Coded {
    /// Traffic of one destination at one price.
    TRAFFIC(1, "traffic"),
    /// What is due for minutes promised and not sent.
    COMMITMENT(2, "commitment"),
    /// All of a side.
    TOTAL(3, "total"),
    /// The difference of the two totals.
    NET(4, "net");

    private final int code;
    private final String label;

    LineKind(int code, String label) {
        this.code = code;
        this.label = label;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }
}
