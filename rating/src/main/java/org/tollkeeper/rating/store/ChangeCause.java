package org.tollkeeper.rating.store;

/// Why a side of a call costs something else than before: the first rule, in the order in which
/// rating applies them, that found something else.
public enum ChangeCause {
    CALL_NEW("call-new", "the call is new"),
    CALL_GONE("call-gone", "the call is gone"),
    NOW_SUSPENDED("suspended", "no price any more"),
    NOW_PRICED("priced", "had no price before"),
    AGREEMENT("agreement", "another agreement"),
    DECK("deck", "another deck"),
    CODE("code", "another code"),
    ORIGIN("origin", "another origin"),
    JURISDICTION("jurisdiction", "another jurisdiction"),
    BAND("band", "another time band"),
    TIER("tier", "another volume tier"),
    DESTINATION("destination", "another name of the destination"),
    RATE("rate", "another rate"),
    SETUP("setup", "another setup fee"),
    INCREMENTS("increments", "another minimum or increment"),
    TERMS("terms", "other roundings or policies of the agreement");

    private final String label;
    private final String words;

    ChangeCause(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /// The cause in machine-readable answers.
    public String label() {
        return label;
    }

    /// The cause in words for people.
    public String words() {
        return words;
    }

    static ChangeCause ofLabel(String label) {
        for (ChangeCause cause : values()) {
            if (cause.label.equals(label)) {
                return cause;
            }
        }
        throw new IllegalArgumentException("no cause is called " + label);
    }
}
