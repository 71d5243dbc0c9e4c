package org.tollkeeper.book;

import java.util.List;
import java.util.Set;

/// The names of the formats in which switches write call detail records.
final class CdrFormats {

    static final List<String> NAMES =
            List.of(
                    "canonical-csv",
                    "freeswitch-csv",
                    "freeswitch-json",
                    "freeswitch-xml",
                    "asterisk-csv",
                    "asterisk-custom",
                    "kamailio-acc-json",
                    "opensips-flatstore",
                    "oracle-sbc-csv",
                    "oracle-sbc-radius",
                    "audiocodes-sdr",
                    "ribbon-act",
                    "cisco-cucm-csv",
                    "cisco-ios-radius",
                    "sansay",
                    "vos3000-csv",
                    "portabilling-xdr-csv",
                    "twilio",
                    "telnyx",
                    "3gpp-ber",
                    "tap3",
                    "delimited",
                    "fixed-width");

    /// Formats that are nothing without a mapping.
    static final Set<String> MAPPED = Set.of("delimited", "fixed-width");

    private CdrFormats() {}
}
