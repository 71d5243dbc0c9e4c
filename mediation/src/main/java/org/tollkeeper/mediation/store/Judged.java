package org.tollkeeper.mediation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.RecordRules;
import org.tollkeeper.mediation.Verdict;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.RecordSink;

/// Consecutive records of a file, each with what it comes to by itself.
///
/// @param firstSetupMs earliest setup among them; `Long.MAX_VALUE` = none has one
/// @param lastSetupMs latest; `Long.MIN_VALUE` = none has one
/// @param fileSequence number that the file bears inside, if it was met so far
record Judged(
        List<Verdict> verdicts, long firstSetupMs, long lastSetupMs, @Nullable Long fileSequence) {

    /// Judges the records of a file as its decoder gives them, and passes them on in chunks; the
    /// last one when it is finished, be it empty.
    static final class Maker implements RecordSink {

        private static final int CHUNK_RECORDS = 4_096;

        private final RecordRules rules;
        private final IntPredicate wanted;
        private final Consumer<Judged> receiver;
        private List<Verdict> verdicts = new ArrayList<>();
        private long firstSetupMs = Long.MAX_VALUE;
        private long lastSetupMs = Long.MIN_VALUE;
        private @Nullable Long fileSequence;

        /// @param wanted whether a record, by its number, is to be taken at all
        Maker(RecordRules rules, IntPredicate wanted, Consumer<Judged> receiver) {
            this.rules = rules;
            this.wanted = wanted;
            this.receiver = receiver;
        }

        @Override
        public void accept(CdrRecord record) {
            if (!wanted.test(record.number())) {
                return;
            }
            Long setupMs = record.setupMs();
            if (setupMs != null) {
                firstSetupMs = Math.min(firstSetupMs, setupMs);
                lastSetupMs = Math.max(lastSetupMs, setupMs);
            }
            verdicts.add(rules.judge(record));
            if (verdicts.size() == CHUNK_RECORDS) {
                finish();
            }
        }

        @Override
        public void fileSequence(long sequence) {
            fileSequence = sequence;
        }

        void finish() {
            receiver.accept(new Judged(verdicts, firstSetupMs, lastSetupMs, fileSequence));
            verdicts = new ArrayList<>(CHUNK_RECORDS);
            firstSetupMs = Long.MAX_VALUE;
            lastSetupMs = Long.MIN_VALUE;
        }
    }
}
