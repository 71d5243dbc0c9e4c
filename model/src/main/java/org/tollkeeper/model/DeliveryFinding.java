package org.tollkeeper.model;

/// Something that is wrong with what a switch delivered: a file that never came, one too many, or
/// hours with far fewer or far more calls than usual.
///
/// @param from a file number, a local day, or a UTC hour, as the kind says
/// @param to the last of them, inclusive; of hours the end, exclusive
/// @param expectedCount files, or the usual number of calls
/// @param cameCount files or calls
/// @param detail what else is known: names of files, spans of a day; empty if nothing
public record DeliveryFinding(
        String switchId,
        Kind kind,
        String from,
        String to,
        long expectedCount,
        long cameCount,
        String detail) {

    /// What is wrong.
    public enum Kind {
        /// Numbers between two that came, which did not: `from` and `to` are numbers.
        SEQUENCE_GAP("sequence-gap"),
        /// A number that came with several contents.
        SEQUENCE_OVERLAP("sequence-overlap"),
        /// A day on which fewer files came than the book expects, or days running on which none
        /// did; by the switch's wall clock.
        MISSING_FILES("missing-files"),
        /// Hours, in UTC, with less than half of the calls that are usual.
        LOW_VOLUME("low-volume"),
        /// Hours, in UTC, with more than twice the calls that are usual.
        HIGH_VOLUME("high-volume");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// How many came too few; 0 when they were too many.
    public long missingCount() {
        return Math.max(0, expectedCount - cameCount);
    }
}
