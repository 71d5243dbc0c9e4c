package org.tollkeeper.mediation.decoder;

import com.beanit.asn1bean.ber.BerTag;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.decoder.BerReader.Header;
import org.tollkeeper.mediation.decoder.CsRecordType.Tags;
import org.tollkeeper.model.Switch;

/// Call records of mobile exchanges and gateways in Basic Encoding Rules (3GPP TS 32.298): records
/// one after the other, in a file with header and trailer (`CallEventDataFile`), or each behind a
/// header of TS 32.297.
///
/// The partial records of a long call are incremental: each says only its own duration, and the
/// call is their sum.
final class ThreeGppBer implements Decoder {

    private static final int PARTIAL = 1;
    private static final int PARTIAL_REESTABLISHED = 2;
    private static final int UNSUCCESSFUL = 3;

    private final Set<String> ignored;
    private final boolean hasCdrHeaders;
    private final boolean isCumulative;
    private final int firstSequence;
    private final BcdNumbers numbers;

    ThreeGppBer(Switch source) {
        Mapping mapping = Mapping.of(source);
        ignored = new HashSet<>(mapping.texts("ignore"));
        for (String word : ignored) {
            if (!CsRecordType.words().contains(word)) {
                throw mapping.wrong(
                        "ignore", word, "some of " + String.join(", ", CsRecordType.words()));
            }
        }
        hasCdrHeaders =
                mapping.oneOf("framing", "none", List.of("none", "ts-32.297")).equals("ts-32.297");
        isCumulative =
                mapping.oneOf("partials", "incremental", List.of("incremental", "cumulative"))
                        .equals("cumulative");
        firstSequence = mapping.number("firstSequence", 1);
        if (firstSequence > 1) {
            throw mapping.wrong("firstSequence", firstSequence, "0 or 1");
        }
        mapping.refuseOthers();
        numbers = new BcdNumbers(source);
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        Reading reading = new Reading(BerReader.of(content), records);
        try {
            if (hasCdrHeaders) {
                reading.framed();
            } else {
                reading.plain();
            }
        } catch (BrokenBerException e) {
            throw new UndecodableException(
                    "record %d at byte %d is no element of Basic Encoding Rules: %s"
                            .formatted(
                                    reading.number + 1, reading.reader.offset(), e.getMessage()));
        }
    }

    /// One pass over a file.
    private final class Reading {

        private final BerReader reader;
        private final RecordSink records;
        private int number;
        private int passedCount;

        Reading(BerReader reader, RecordSink records) {
            this.reader = reader;
            this.records = records;
        }

        void plain() throws IOException, BrokenBerException, UndecodableException {
            skipFill();
            for (Header header = reader.next(null); header != null; header = reader.next(null)) {
                boolean isFile =
                        header.is(BerTag.UNIVERSAL_CLASS, BerTag.SEQUENCE_TAG)
                                && header.isConstructed();
                if (isFile) {
                    file(header);
                } else {
                    record(header);
                }
                skipFill();
            }
        }

        /// Blocks are filled up with bytes of zeros or ones.
        private void skipFill() throws IOException, BrokenBerException {
            while (reader.peek() == 0 || reader.peek() == 0xff) {
                var _ = reader.bytes(1);
            }
        }

        /// Header, list of records, trailer with their count.
        private void file(Header file)
                throws IOException, BrokenBerException, UndecodableException {
            int before = number + passedCount;
            for (Header part = reader.next(file); part != null; part = reader.next(file)) {
                if (part.is(BerTag.CONTEXT_CLASS, 1) && part.isConstructed()) {
                    for (Header record = reader.next(part);
                            record != null;
                            record = reader.next(part)) {
                        record(record);
                    }
                } else if (part.is(BerTag.CONTEXT_CLASS, 2) && part.isConstructed()) {
                    BerElement stated = reader.element(part).context(4);
                    check(stated == null ? null : stated.integer(), number + passedCount - before);
                } else {
                    reader.pass(part);
                }
            }
        }

        void framed() throws IOException, BrokenBerException, UndecodableException {
            CdrFile file = CdrFile.header(reader);
            records.fileSequence(file.sequence());
            while (reader.peek() >= 0) {
                long start = reader.offset();
                int stated = CdrFile.cdrLength(reader);
                long content = reader.offset();
                Header header = reader.next(null);
                if (header == null) {
                    throw new BrokenBerException("it is cut short");
                }
                record(header);
                // Some writers count the header in.
                if (reader.offset() - content != stated && reader.offset() - start != stated) {
                    throw new UndecodableException(
                            "the header at byte %d says that its record has %d bytes; it has %d"
                                    .formatted(start, stated, reader.offset() - content));
                }
            }
            check(file.cdrCount(), number + passedCount);
            if (file.byteCount() != null && file.byteCount() != reader.offset()) {
                throw new UndecodableException(
                        "the header says that the file has %d bytes; it has %d"
                                .formatted(file.byteCount(), reader.offset()));
            }
        }

        private void check(@Nullable Long stated, int found) throws UndecodableException {
            if (stated != null && stated != found) {
                throw new UndecodableException(
                        "the file says that it has %d records; it has %d".formatted(stated, found));
            }
        }

        private void record(Header header) throws IOException, BrokenBerException {
            try {
                whole(header);
            } catch (BrokenBerException e) {
                if (reader.offset() != header.end()) {
                    throw e;
                }
                records.accept(
                        CdrRecord.at(++number, header.offset())
                                .malformed("the record is broken: " + e.getMessage())
                                .build());
            }
        }

        private void whole(Header header) throws IOException, BrokenBerException {
            BerElement element = reader.element(header);
            CsRecordType type =
                    header.is(BerTag.CONTEXT_CLASS, header.tag())
                            ? CsRecordType.ofTag(header.tag())
                            : null;
            if (type != null && ignored.contains(type.word())) {
                passedCount++;
                return;
            }
            CdrRecord.Builder record = CdrRecord.at(++number, header.offset());
            ContentHash hash = new ContentHash();
            element.addTo(hash);
            record.content(hash.value());
            Tags tags = type == null ? null : type.tags();
            if (type == null) {
                record.malformed("no type of record has the tag " + header.tag());
            } else if (tags == null) {
                record.malformed(
                        "a %s record is no call; name it under ignore to pass such records over"
                                .formatted(type.word()));
            } else {
                call(record, type, tags, element);
            }
            records.accept(record.build());
        }
    }

    private void call(CdrRecord.Builder record, CsRecordType type, Tags tags, BerElement element) {
        BerElement reference = element.context(tags.reference());
        if (reference == null || reference.bytes().length == 0) {
            record.malformed("callReference is missing");
        } else {
            record.callId(reference.hex());
        }
        BerElement entity = element.context(tags.entity());
        record.legId(type.word() + (entity == null ? "" : "/" + numbers.digits(entity)));
        BerElement calling = element.context(tags.calling());
        record.calling(numbers.text(calling == null ? element.context(tags.served()) : calling))
                .called(numbers.text(element.context(tags.called())))
                .ingressTrunk(trunk(element.context(tags.incoming())))
                .egressTrunk(trunk(element.context(tags.outgoing())));
        long cause = number(record, element, tags.cause(), "causeForTerm", -1);
        times(record, tags, element, cause);
        kind(record, tags, element, cause);
        diagnostics(record, element.context(tags.diagnostics()));
        if (cause >= 0) {
            record.detail(Detail.NATIVE_CAUSE, Long.toString(cause));
        } else {
            record.malformed("causeForTerm is missing");
        }
    }

    /// An attempt's duration is how long it held the line, so only an answered call has one.
    private void times(CdrRecord.Builder record, Tags tags, BerElement element, long cause) {
        Long seizure = BcdTime.in(record, "seizureTime", element.context(tags.seizure()));
        Long answer = BcdTime.in(record, "answerTime", element.context(tags.answer()));
        Long release = BcdTime.in(record, "releaseTime", element.context(tags.release()));
        Long setup = seizure != null ? seizure : answer != null ? answer : release;
        if (setup == null) {
            record.malformed("seizureTime, answerTime and releaseTime are missing");
        }
        record.setupMs(setup).releaseMs(release);
        long seconds = number(record, element, tags.duration(), "callDuration", 0);
        if (answer == null || cause == UNSUCCESSFUL) {
            record.detail(Detail.ANOMALIES, answer == null ? "" : "ANSWER_ON_UNSUCCESSFUL");
            return;
        }
        record.connectMs(answer);
        if (element.context(tags.duration()) != null) {
            boolean isTime = Math.abs(seconds) < Long.MAX_VALUE / 1000;
            long durationMs = isTime ? seconds * 1000 : -1;
            record.durationMs(durationMs);
            long sequence = number(record, element, tags.sequence(), "sequenceNumber", -1);
            boolean isLater = sequence > firstSequence && !isCumulative && durationMs >= 0;
            if (isLater && release != null && Math.abs(release - answer - durationMs) > 1000) {
                // The answer of the call as a whole stands in it; the part's talk came last.
                record.connectMs(Math.max(answer, release - durationMs));
            }
        }
    }

    private void kind(CdrRecord.Builder record, Tags tags, BerElement element, long cause) {
        boolean isOpen = cause == PARTIAL || cause == PARTIAL_REESTABLISHED;
        long sequence = number(record, element, tags.sequence(), "sequenceNumber", -1);
        if (sequence < 0 && !isOpen) {
            return;
        }
        if (sequence < firstSequence || sequence - firstSequence >= Integer.MAX_VALUE) {
            record.malformed(
                    sequence < 0
                            ? "it is a partial record without a sequenceNumber"
                            : "sequenceNumber is %d; expected %d or more"
                                    .formatted(sequence, firstSequence));
            return;
        }
        int place = (int) (sequence - firstSequence) + 1;
        if (isCumulative) {
            record.kind(isOpen ? RecordKind.UPDATE : RecordKind.STOP).sequence(isOpen ? place : 0);
        } else {
            record.kind(RecordKind.PART).sequence(place).isFinal(!isOpen);
        }
    }

    private static long number(
            CdrRecord.Builder record, BerElement element, int tag, String name, long otherwise) {
        BerElement part = element.context(tag);
        if (part == null) {
            return otherwise;
        }
        Long number = part.integer();
        if (number == null) {
            record.malformed(name + " is no whole number of 1 to 8 bytes");
            return otherwise;
        }
        return number;
    }

    /// A trunk group's number or name.
    private static String trunk(@Nullable BerElement group) {
        if (group == null || group.parts().isEmpty()) {
            return "";
        }
        BerElement choice = group.parts().getFirst();
        Long number = choice.tag() == 0 ? choice.integer() : null;
        return number == null ? choice.text().strip() : number.toString();
    }

    /// Causes of the radio interface and of ISUP are those of Q.850.
    private static void diagnostics(CdrRecord.Builder record, @Nullable BerElement diagnostics) {
        if (diagnostics == null || diagnostics.parts().isEmpty()) {
            return;
        }
        BerElement choice = diagnostics.parts().getFirst();
        Long cause = choice.integer();
        if (cause != null && (choice.tag() == 0 || choice.tag() == 2)) {
            record.cause(Long.toString(cause));
        }
    }
}
