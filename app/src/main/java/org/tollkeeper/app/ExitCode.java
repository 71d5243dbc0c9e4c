package org.tollkeeper.app;

/// The exit codes of every command. When several fit, the first of 1, 5 and 3 counts.
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int ABOVE_LIMIT = 3;
    static final int LOCKED = 4;
    static final int OUT_OF_BALANCE = 5;

    private ExitCode() {}
}
