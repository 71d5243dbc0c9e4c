package org.tollkeeper.rating.kernel;

import java.time.Instant;

/// What the codes of a deck come to, from when to when:
///
/// ```
/// of a code = [next shorter code] [since ever, outcome] [from second, outcome] …
/// code      = where what is of it ends; 0 = none
/// segment   = 32 bits of seconds since 1970, without a sign, above 32 bits of outcome
/// ```
final class CodeSegments {

    /// The end of the last year of [BandTable], after which no call is priced here.
    static final long END_SECOND = BandTable.END_MS / 1_000;

    private final int none;
    private final LongColumn column = new LongColumn();

    /// @param none the outcome of a code without a row in force: the next shorter one is asked
    CodeSegments(int none) {
        this.none = none;
    }

    /// The second of an instant, as far as it matters.
    static long second(Instant instant) {
        return Math.clamp(instant.getEpochSecond(), 0, END_SECOND);
    }

    /// Whether an instant is no whole second, so that segments cannot be cut there.
    static boolean isWithinSecond(Instant instant) {
        return !instant.equals(Instant.MAX)
                && !instant.equals(Instant.ofEpochSecond(instant.getEpochSecond()));
    }

    /// Begins a code.
    ///
    /// @param nextShorter the longest code that it begins with; 0 = none
    void begin(int nextShorter) {
        column.add(nextShorter);
    }

    /// Adds a segment to the code begun last: the first from second 0, the others later each.
    void add(long fromSecond, int outcome) {
        column.add((fromSecond << Integer.SIZE) | (outcome & 0xffff_ffffL));
    }

    /// Ends the code begun last, and names it.
    int end() {
        return column.size();
    }

    /// The outcome of a code, or of the longest shorter one that has another than none.
    int ofLongest(int code, long connectMs) {
        int longest = code;
        int outcome = of(longest, connectMs);
        while (outcome == none && longest > 0) {
            longest = nextShorter(longest);
            outcome = of(longest, connectMs);
        }
        return outcome;
    }

    /// The outcome of exactly this code.
    int of(int code, long connectMs) {
        if (code == 0) {
            return none;
        }
        long next = (connectMs / 1_000 + 1) << Integer.SIZE;
        int at = code - 1;
        while (Long.compareUnsigned(column.get(at), next) >= 0) {
            at--;
        }
        return (int) column.get(at);
    }

    private int nextShorter(int code) {
        int first = code - 1;
        while (column.get(first) >>> Integer.SIZE != 0) {
            first--;
        }
        return (int) column.get(first - 1);
    }
}
