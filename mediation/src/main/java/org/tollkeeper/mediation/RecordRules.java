package org.tollkeeper.mediation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.SuspenseReason;

/// The rules a record of one switch is judged by, in the order of the suspense reasons: readable,
/// trunks known, called number good, times and duration sound, no test number.
///
/// @param now the moment of mediation
public record RecordRules(
        ZoneId zone, NumberPlan numbers, TrunkTable trunks, Set<Digits> testNumbers, Instant now) {

    public Verdict judge(CdrRecord record) {
        Long own = ownTime(record);
        if (record.malformed() != null || own == null) {
            return suspended(record, SuspenseReason.MALFORMED, record.ingressTrunk());
        }
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(own), zone);
        NumberPlan.Received received = NumberPlan.Received.of(record.called());
        Route ingress = trunks.ingress(record.ingressTrunk(), received.number(), day);
        Route egress = trunks.egress(record.egressTrunk(), received.number(), day);
        if (ingress == null || egress == null) {
            return suspended(
                    record,
                    SuspenseReason.UNKNOWN_TRUNK,
                    ingress == null ? record.ingressTrunk() : record.egressTrunk());
        }
        Digits called = numbers.called(ingress.called());
        if (called.isNone() && needsNumber(record)) {
            return suspended(record, SuspenseReason.BAD_NUMBER, record.ingressTrunk());
        }
        CallTimes.Outcome outcome = times(record, own);
        CallTimes times = outcome.times();
        if (times == null) {
            SuspenseReason fault = outcome.fault();
            return new Verdict.Suspended(
                    record,
                    fault == null ? SuspenseReason.BAD_TIME : fault,
                    record.ingressTrunk(),
                    talkMs(record),
                    outcome.cureMs());
        }
        Digits calling = numbers.calling(record.calling());
        if (isTest(calling) || isTest(called)) {
            return new Verdict.Filtered(record);
        }
        return new Verdict.Good(
                Leg.of(
                        record,
                        times,
                        new Leg.Numbers(calling, called, numbers.digits(received.routing())),
                        ingress,
                        egress));
    }

    /// The instant that places a record: its setup, or what an end or a media record has instead.
    public static @Nullable Long ownTime(CdrRecord record) {
        if (record.setupMs() != null || isWhole(record.kind())) {
            return record.setupMs();
        }
        return record.connectMs() != null ? record.connectMs() : record.releaseMs();
    }

    private CallTimes.Outcome times(CdrRecord record, long own) {
        return isWhole(record.kind())
                ? CallTimes.complete(
                        own,
                        record.connectMs(),
                        record.releaseMs(),
                        record.durationMs(),
                        now.toEpochMilli())
                : CallTimes.some(
                        own,
                        record.connectMs(),
                        record.releaseMs(),
                        record.durationMs(),
                        now.toEpochMilli());
    }

    private static boolean isWhole(RecordKind kind) {
        return switch (kind) {
            case FULL, STOP, PART -> true;
            case START, END, UPDATE, MEDIA -> false;
        };
    }

    private static boolean needsNumber(CdrRecord record) {
        return switch (record.kind()) {
            case FULL, STOP, PART, START -> true;
            case END, UPDATE, MEDIA -> false;
        };
    }

    private boolean isTest(Digits number) {
        return testNumbers.contains(number)
                || (number.isShortCode() && testNumbers.contains(Digits.of(number.toString())));
    }

    private static Verdict suspended(CdrRecord record, SuspenseReason reason, String trunk) {
        return new Verdict.Suspended(record, reason, trunk, talkMs(record), null);
    }

    private static long talkMs(CdrRecord record) {
        if (record.durationMs() != null) {
            return Math.max(0, record.durationMs());
        }
        return record.connectMs() == null || record.releaseMs() == null
                ? 0
                : Math.max(0, record.releaseMs() - record.connectMs());
    }
}
