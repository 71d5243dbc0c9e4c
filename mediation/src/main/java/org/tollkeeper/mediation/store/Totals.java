package org.tollkeeper.mediation.store;

/// The totals equation of mediation: every record read (or offered again) ends somewhere.
///
/// @param reopened records of earlier runs whose outcome changed
/// @param joined parts that became one call with another record
public record Totals(
        long read,
        long reopened,
        long calls,
        long joined,
        long duplicates,
        long suspended,
        long filtered) {

    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0);

    public Totals plus(Totals other) {
        return new Totals(
                read + other.read,
                reopened + other.reopened,
                calls + other.calls,
                joined + other.joined,
                duplicates + other.duplicates,
                suspended + other.suspended,
                filtered + other.filtered);
    }

    /// The same with `count` more of an outcome.
    Totals plus(Outcome outcome, long count) {
        return switch (outcome) {
            case CALL ->
                    new Totals(
                            read, reopened, calls + count, joined, duplicates, suspended, filtered);
            case JOINED ->
                    new Totals(
                            read, reopened, calls, joined + count, duplicates, suspended, filtered);
            case DUPLICATE ->
                    new Totals(
                            read, reopened, calls, joined, duplicates + count, suspended, filtered);
            case SUSPENDED ->
                    new Totals(
                            read, reopened, calls, joined, duplicates, suspended + count, filtered);
            case FILTERED ->
                    new Totals(
                            read, reopened, calls, joined, duplicates, suspended, filtered + count);
        };
    }

    Totals plusRead(long count) {
        return new Totals(read + count, reopened, calls, joined, duplicates, suspended, filtered);
    }

    Totals plusReopened(long count) {
        return new Totals(read, reopened + count, calls, joined, duplicates, suspended, filtered);
    }

    public boolean balance() {
        return read + reopened == calls + joined + duplicates + suspended + filtered;
    }
}
