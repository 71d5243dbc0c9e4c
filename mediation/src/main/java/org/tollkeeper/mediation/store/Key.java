package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.mediation.kernel.SipHash128;

/// The fingerprint of a record's duplicate key.
///
/// @param epochDay UTC day of the setup instant, which is in the key
record Key(int epochDay, long high, long low) {

    private static final long DAY_MS = 86_400_000;

    static int epochDay(long ms) {
        return Math.toIntExact(Math.floorDiv(ms, DAY_MS));
    }

    /// Makes fingerprints with this installation's secret.
    static final class Maker {
        private final SipHash128 hash;
        private byte[] bytes = new byte[256];

        Maker(SipHash128 hash) {
            this.hash = hash;
        }

        /// The key of the record that a leg stands in.
        Key of(int switchNumber, Leg leg) {
            return of(switchNumber, leg, discriminator(leg.source()));
        }

        /// The key of a whole call with the leg's ids and setup.
        Key ofWhole(int switchNumber, Leg leg) {
            return of(switchNumber, leg, 0);
        }

        /// 0 for whole calls, so that a call delivered whole and in parts has one key.
        private static long discriminator(Leg.Source source) {
            long kind =
                    switch (source.kind()) {
                        case FULL, STOP -> 0;
                        case PART -> 1;
                        case START -> 2;
                        case END -> 3;
                        case UPDATE -> 4;
                        case MEDIA -> 5;
                    };
            return source.kind() == RecordKind.FULL || source.kind() == RecordKind.STOP
                    ? 0
                    : kind << 32 | source.sequence();
        }

        private Key of(int switchNumber, Leg leg, long discriminator) {
            byte[] callId = leg.callId().getBytes(UTF_8);
            byte[] legId = leg.legId().getBytes(UTF_8);
            int length = 4 + 8 + 8 + 4 + callId.length + legId.length;
            if (bytes.length < length) {
                bytes = new byte[2 * length];
            }
            long setupMs = leg.times().setupMs();
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(switchNumber)
                    .putLong(setupMs)
                    .putLong(discriminator)
                    .putInt(callId.length)
                    .put(callId)
                    .put(legId);
            hash.hash(bytes, length);
            return new Key(epochDay(setupMs), hash.high(), hash.low());
        }
    }
}
