package org.tollkeeper.mediation.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The record types of circuit-switched networks (3GPP TS 32.298, `CSRecord`), by their tags, and
/// the tags of what a call record says; each type has numbers of its own.
enum CsRecordType {
    MO(0, "mo"),
    MT(1, "mt"),
    ROAMING(2, "roaming"),
    INC_GATEWAY(3, "incGateway"),
    OUT_GATEWAY(4, "outGateway"),
    TRANSIT(5, "transit"),
    MO_SMS(6, "moSMS"),
    MT_SMS(7, "mtSMS"),
    MO_SMS_IW(8, "moSMSIW"),
    MT_SMS_GW(9, "mtSMSGW"),
    SS_ACTION(10, "ssAction"),
    HLR_INT(11, "hlrInt"),
    LOC_UPDATE_HLR(12, "locUpdateHLR"),
    LOC_UPDATE_VLR(13, "locUpdateVLR"),
    COMMON_EQUIP(14, "commonEquip"),
    EXTENSIONS(15, "recTypeExtensions"),
    TERM_CAMEL(16, "termCAMEL"),
    MT_LCS(17, "mtLCS"),
    MO_LCS(18, "moLCS"),
    NI_LCS(19, "niLCS"),
    SRVCC(20, "mSCsRVCC"),
    MTRF(21, "mMTRF"),
    ICS_REGISTER(22, "iCSRegister");

    private final int tag;
    private final String word;

    CsRecordType(int tag, String word) {
        this.tag = tag;
        this.word = word;
    }

    /// Where a call record says what.
    ///
    /// @param served the calling number's stand-in where there is none: the subscriber's
    /// @param entity the exchange that wrote the record
    record Tags(
            int calling,
            int served,
            int called,
            int entity,
            int incoming,
            int outgoing,
            int seizure,
            int answer,
            int release,
            int duration,
            int cause,
            int diagnostics,
            int reference,
            int sequence) {

        private static final Map<CsRecordType, Tags> OF_CALLS =
                Map.of(
                        MO, new Tags(4, 3, 5, 9, 10, 11, 22, 23, 24, 25, 30, 31, 32, 33),
                        MT, new Tags(4, 4, 3, 6, 7, 8, 19, 20, 21, 22, 27, 28, 29, 30),
                        ROAMING, new Tags(3, 3, 4, 5, 6, 7, 12, 13, 14, 15, 17, 18, 19, 20),
                        INC_GATEWAY, new Tags(1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14),
                        OUT_GATEWAY, new Tags(1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14),
                        TRANSIT, new Tags(4, 4, 5, 1, 2, 3, 7, 8, 9, 10, 12, 13, 14, 15));
    }

    /// As the standard calls it, without `Record`.
    String word() {
        return word;
    }

    /// Null for what is no call.
    @Nullable Tags tags() {
        return Tags.OF_CALLS.get(this);
    }

    static @Nullable CsRecordType ofTag(int tag) {
        for (CsRecordType type : values()) {
            if (type.tag == tag) {
                return type;
            }
        }
        return null;
    }

    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (CsRecordType type : values()) {
            words.add(type.word);
        }
        return words;
    }
}
