package org.tollkeeper.model;

/// Why a record, or one side's charge of a call, is held back. The order of the constants is the
/// order in which a record with several faults is named; labels are stable and stand in exports.
public enum SuspenseReason implements Coded {
    MALFORMED(1, Stage.MEDIATION),
    UNKNOWN_TRUNK(2, Stage.MEDIATION),
    BAD_NUMBER(3, Stage.MEDIATION),
    BAD_TIME(4, Stage.MEDIATION),
    NEGATIVE_DURATION(5, Stage.MEDIATION),
    DURATION_CONFLICT(6, Stage.MEDIATION),
    INCOMPLETE_CALL(7, Stage.MEDIATION),
    NO_AGREEMENT(8, Stage.RATING),
    NO_RATE(9, Stage.RATING),
    BLOCKED(10, Stage.RATING),
    OVERFLOW(11, Stage.RATING);

    private final int code;
    private final Stage stage;

    SuspenseReason(int code, Stage stage) {
        this.code = code;
        this.stage = stage;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String label() {
        return name();
    }

    public Stage stage() {
        return stage;
    }
}
