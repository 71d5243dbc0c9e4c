package org.tollkeeper.model;

/// Tax categories of EN 16931 (UNCL 5305).
public enum TaxCategory implements Coded {
    STANDARD(1, "S"),
    ZERO_RATED(2, "Z"),
    EXEMPT(3, "E"),
    REVERSE_CHARGE(4, "AE"),
    OUTSIDE_SCOPE(5, "O"),
    EXPORT(6, "G"),
    INTRA_COMMUNITY(7, "K");

    private final int code;
    private final String label;

    TaxCategory(int code, String label) {
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
