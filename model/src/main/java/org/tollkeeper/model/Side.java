package org.tollkeeper.model;

/// Which way money flows for a call: what the sending carrier owes us, or what we owe the receiving
/// one.
public enum Side implements Coded {
    /// We send the call to the carrier; the carrier charges us.
    BUY(1, "buy"),
    /// The carrier sends us the call; we charge the carrier.
    SELL(2, "sell");

    private final int code;
    private final String label;

    Side(int code, String label) {
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
