package org.tollkeeper.mediation.decoder;

import com.beanit.asn1bean.ber.BerTag;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.decoder.BerReader.Header;
import org.tollkeeper.model.Switch;

/// Roaming calls as networks bill them to each other (GSMA TD.57, TAP 3.12): a batch with its
/// offsets from UTC and exchanges before the calls, and their number behind them.
final class Tap3 implements Decoder {

    private static final int TRANSFER_BATCH = 1;
    private static final int NOTIFICATION = 2;
    private static final int CALLS = 3;
    private static final int BATCH_CONTROL = 4;
    private static final int NETWORK = 6;
    private static final int ORIGINATED = 9;
    private static final int TERMINATED = 10;
    private static final int AUDIT = 15;

    /// Events that are no calls, by their tags.
    private static final Map<Integer, String> OTHERS =
            Map.of(
                    11, "supplService",
                    12, "serviceCentre",
                    14, "gprs",
                    17, "content",
                    297, "location",
                    433, "messaging",
                    434, "mobileSession");

    private static final String SMS = "sms";

    private final Set<String> ignored;
    private final String ownNetwork;

    Tap3(Switch source) {
        Mapping mapping = Mapping.of(source);
        ignored = new HashSet<>(mapping.texts("ignore"));
        for (String word : ignored) {
            if (!word.equals(SMS) && !OTHERS.containsValue(word)) {
                throw mapping.wrong(
                        "ignore",
                        word,
                        "some of sms, "
                                + String.join(", ", OTHERS.values().stream().sorted().toList()));
            }
        }
        ownNetwork = mapping.text("ownNetwork", "");
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        Reading reading = new Reading(BerReader.of(content), records);
        try {
            reading.read();
        } catch (BrokenBerException e) {
            throw new UndecodableException(
                    "what stands at byte %d is no element of Basic Encoding Rules: %s"
                            .formatted(reading.reader.offset(), e.getMessage()));
        }
    }

    /// One pass over a file: what its head says, and how many events it had.
    private final class Reading {

        private final BerReader reader;
        private final RecordSink records;
        private final Map<Long, String> utcOffsets = new HashMap<>();
        private final Map<Long, String> exchanges = new HashMap<>();
        private String sender = "";
        private String recipient = "";
        private int number;
        private int eventCount;
        private @Nullable Long statedCount;

        Reading(BerReader reader, RecordSink records) {
            this.reader = reader;
            this.records = records;
        }

        void read() throws IOException, BrokenBerException, UndecodableException {
            Header file = reader.next(null);
            boolean isTap = file != null && file.tagClass() == BerTag.APPLICATION_CLASS;
            if (file != null && isTap && file.tag() == NOTIFICATION) {
                control(reader.element(file));
            } else if (file != null && isTap && file.tag() == TRANSFER_BATCH) {
                batch(file);
            } else {
                throw new UndecodableException(
                        "the file begins with no TAP transfer batch and no notification");
            }
            while (reader.peek() == 0 || reader.peek() == 0xff) {
                var _ = reader.bytes(1);
            }
            if (reader.peek() >= 0) {
                throw new UndecodableException(
                        "something follows the batch, at byte " + reader.offset());
            }
            if (statedCount != null && statedCount != eventCount) {
                throw new UndecodableException(
                        "the file says that it has %d events; it has %d"
                                .formatted(statedCount, eventCount));
            }
        }

        private void batch(Header batch)
                throws IOException, BrokenBerException, UndecodableException {
            for (Header part = reader.next(batch); part != null; part = reader.next(batch)) {
                boolean isTap = part.tagClass() == BerTag.APPLICATION_CLASS;
                switch (isTap ? part.tag() : 0) {
                    case BATCH_CONTROL -> control(reader.element(part));
                    case NETWORK -> network(reader.element(part));
                    case CALLS -> {
                        for (Header event = reader.next(part);
                                event != null;
                                event = reader.next(part)) {
                            event(event);
                        }
                    }
                    case AUDIT -> {
                        BerElement count = reader.element(part).application(43);
                        statedCount = count == null ? null : count.integer();
                    }
                    default -> reader.pass(part);
                }
            }
        }

        private void control(BerElement control) throws UndecodableException {
            sender = text(control.application(196));
            recipient = text(control.application(182));
            Long sequence = Fields.integer(text(control.application(109)));
            if (sequence != null) {
                records.fileSequence(sequence);
            }
            if (!ownNetwork.isEmpty()
                    && !ownNetwork.equals(sender)
                    && !ownNetwork.equals(recipient)) {
                throw new UndecodableException(
                        "the file is from '%s' to '%s'; expected %s to be one of them"
                                .formatted(sender, recipient, ownNetwork));
            }
        }

        private void network(BerElement network) {
            fill(utcOffsets, network.application(234), 232, 231);
            fill(exchanges, network.application(188), 184, 400);
        }

        private void fill(Map<Long, String> map, @Nullable BerElement list, int code, int meaning) {
            if (list == null) {
                return;
            }
            for (BerElement entry : list.parts()) {
                BerElement key = entry.application(code);
                Long number = key == null ? null : key.integer();
                if (number != null) {
                    map.put(number, text(entry.application(meaning)));
                }
            }
        }

        private void event(Header header) throws IOException, BrokenBerException {
            eventCount++;
            BerElement event;
            try {
                event = reader.element(header);
            } catch (BrokenBerException e) {
                if (reader.offset() != header.end()) {
                    throw e;
                }
                records.accept(
                        CdrRecord.at(++number, header.offset())
                                .malformed("the event is broken: " + e.getMessage())
                                .build());
                return;
            }
            boolean isTap = header.tagClass() == BerTag.APPLICATION_CLASS;
            boolean isCall = isTap && (header.tag() == ORIGINATED || header.tag() == TERMINATED);
            String other =
                    isCall
                            ? isMessage(event) ? SMS : null
                            : isTap ? OTHERS.get(header.tag()) : null;
            if (other != null && ignored.contains(other)) {
                return;
            }
            CdrRecord.Builder record = CdrRecord.at(++number, header.offset());
            ContentHash hash = new ContentHash();
            event.addTo(hash);
            record.content(hash.value());
            if (other != null || !isCall) {
                record.malformed(
                        other == null
                                ? "no event has the tag " + header.tag()
                                : "a %s event is no call; name it under ignore to pass such events over"
                                        .formatted(other));
            } else {
                call(record, event, header.tag() == ORIGINATED, hash.value());
            }
            records.accept(record.build());
        }

        private void call(
                CdrRecord.Builder record, BerElement call, boolean isOriginated, long hash) {
            BerElement basic = call.application(isOriginated ? 147 : 153);
            if (basic == null) {
                record.malformed("its basic call information is missing");
                return;
            }
            BerElement place = call.application(138, 156);
            BerElement reference = place == null ? null : place.application(45);
            record.callId(
                    reference == null || reference.bytes().length == 0
                            ? "%016x".formatted(hash)
                            : reference.hex());
            record.legId((isOriginated ? "MO/" : "MT/") + exchange(place));
            String subscriber = international(basic.application(427, 199, 152));
            if (isOriginated) {
                BerElement called = basic.application(89, 407);
                record.calling(subscriber)
                        .called(
                                called == null
                                        ? text(basic.application(89, 279))
                                        : international(called));
            } else {
                record.calling(international(basic.application(41, 405))).called(subscriber);
            }
            // The sender bills the recipient.
            if (!ownNetwork.isEmpty() && ownNetwork.equals(sender)) {
                record.ingressTrunk(recipient);
            } else {
                record.egressTrunk(sender);
            }
            times(record, basic);
            BerElement cause = basic.application(58);
            Long number = cause == null ? null : cause.integer();
            record.detail(Detail.NATIVE_CAUSE, number == null ? "" : number.toString());
        }

        private String exchange(@Nullable BerElement place) {
            BerElement code = place == null ? null : place.application(184);
            Long number = code == null ? null : code.integer();
            return number == null ? "" : exchanges.getOrDefault(number, number.toString());
        }

        private void times(CdrRecord.Builder record, BerElement basic) {
            BerElement stamp = basic.application(44);
            BerElement length = basic.application(223);
            if (stamp == null || length == null) {
                record.malformed(
                        (stamp == null ? "callEventStartTimeStamp" : "totalCallEventDuration")
                                + " is missing");
                return;
            }
            Long start = instant(record, stamp);
            Long seconds = length.integer();
            if (seconds == null || Math.abs(seconds) > Integer.MAX_VALUE) {
                record.malformed("totalCallEventDuration is no number of seconds");
                return;
            }
            record.setupMs(start).connectMs(start).durationMs(seconds * 1000);
            if (start != null && seconds >= 0) {
                record.releaseMs(start + seconds * 1000);
            }
        }

        private @Nullable Long instant(CdrRecord.Builder record, BerElement stamp) {
            String local = text(stamp.application(16));
            BerElement code = stamp.application(232);
            Long number = code == null ? null : code.integer();
            String offset = number == null ? null : utcOffsets.get(number);
            Long instant =
                    local.length() != 14 || offset == null
                            ? null
                            : Fields.offsetInstant(
                                    "%s-%s-%sT%s:%s:%s%s"
                                            .formatted(
                                                    local.substring(0, 4),
                                                    local.substring(4, 6),
                                                    local.substring(6, 8),
                                                    local.substring(8, 10),
                                                    local.substring(10, 12),
                                                    local.substring(12, 14),
                                                    offset));
            if (instant == null) {
                record.malformed(
                        "the start is '%s' with the offset code %s ('%s'); expected CCYYMMDDhhmmss and a code of the file's network information"
                                .formatted(
                                        local.length() <= 40 ? local : local.substring(0, 40),
                                        number,
                                        offset == null ? "" : offset));
            }
            return instant;
        }
    }

    /// Teleservices of the group 2 are messages.
    private static boolean isMessage(BerElement call) {
        BerElement service = call.application(38, 39, 36, 426, 218);
        return text(service).startsWith("2");
    }

    private static String international(@Nullable BerElement number) {
        String digits = number == null ? "" : number.digitsHighFirst();
        return digits.isEmpty() ? "" : "+" + digits;
    }

    private static String text(@Nullable BerElement element) {
        return element == null ? "" : element.text().strip();
    }
}
