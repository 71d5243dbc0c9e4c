package org.tollkeeper.invoicing;

/// How far a document is. Its label is what is stored and exported.
public enum DocumentStatus {
    /// Follows the charges; has no number of its own yet.
    DRAFT("draft"),
    /// Follows the charges; will never have a number of ours.
    EXPECTED("expected"),
    /// Numbered and frozen.
    ISSUED("issued");

    private final String label;

    DocumentStatus(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static DocumentStatus ofLabel(String label) {
        return switch (label) {
            case "draft" -> DRAFT;
            case "expected" -> EXPECTED;
            case "issued" -> ISSUED;
            default ->
                    throw new IllegalArgumentException(
                            "no document is " + label + ", but draft, expected or issued");
        };
    }
}
