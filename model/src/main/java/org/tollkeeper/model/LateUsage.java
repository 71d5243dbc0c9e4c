package org.tollkeeper.model;

/// What becomes of calls that arrive for a period already invoiced.
public enum LateUsage implements Coded {
    /// A credit or debit note is proposed.
    CORRECT(1, "correct"),
    /// Billed on the next invoice, naming its period.
    NEXT_INVOICE(2, "next-invoice");

    private final int code;
    private final String label;

    LateUsage(int code, String label) {
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
