package org.tollkeeper.mediation.decoder;

import static java.util.Map.entry;

import java.util.Map;

/// Release causes of ITU-T Q.850 by the names that switches give them.
public final class Q850 {

    private static final Map<String, String> FREESWITCH =
            Map.ofEntries(
                    entry("UNALLOCATED_NUMBER", "1"),
                    entry("NO_ROUTE_TRANSIT_NET", "2"),
                    entry("NO_ROUTE_DESTINATION", "3"),
                    entry("CHANNEL_UNACCEPTABLE", "6"),
                    entry("CALL_AWARDED_DELIVERED", "7"),
                    entry("NORMAL_CLEARING", "16"),
                    entry("USER_BUSY", "17"),
                    entry("NO_USER_RESPONSE", "18"),
                    entry("NO_ANSWER", "19"),
                    entry("SUBSCRIBER_ABSENT", "20"),
                    entry("CALL_REJECTED", "21"),
                    entry("NUMBER_CHANGED", "22"),
                    entry("REDIRECTION_TO_NEW_DESTINATION", "23"),
                    entry("EXCHANGE_ROUTING_ERROR", "25"),
                    entry("DESTINATION_OUT_OF_ORDER", "27"),
                    entry("INVALID_NUMBER_FORMAT", "28"),
                    entry("FACILITY_REJECTED", "29"),
                    entry("RESPONSE_TO_STATUS_ENQUIRY", "30"),
                    entry("NORMAL_UNSPECIFIED", "31"),
                    entry("NORMAL_CIRCUIT_CONGESTION", "34"),
                    entry("NETWORK_OUT_OF_ORDER", "38"),
                    entry("NORMAL_TEMPORARY_FAILURE", "41"),
                    entry("SWITCH_CONGESTION", "42"),
                    entry("ACCESS_INFO_DISCARDED", "43"),
                    entry("REQUESTED_CHAN_UNAVAIL", "44"),
                    entry("PRE_EMPTED", "45"),
                    entry("FACILITY_NOT_SUBSCRIBED", "50"),
                    entry("OUTGOING_CALL_BARRED", "52"),
                    entry("INCOMING_CALL_BARRED", "54"),
                    entry("BEARERCAPABILITY_NOTAUTH", "57"),
                    entry("BEARERCAPABILITY_NOTAVAIL", "58"),
                    entry("SERVICE_UNAVAILABLE", "63"),
                    entry("BEARERCAPABILITY_NOTIMPL", "65"),
                    entry("CHAN_NOT_IMPLEMENTED", "66"),
                    entry("FACILITY_NOT_IMPLEMENTED", "69"),
                    entry("SERVICE_NOT_IMPLEMENTED", "79"),
                    entry("INVALID_CALL_REFERENCE", "81"),
                    entry("INCOMPATIBLE_DESTINATION", "88"),
                    entry("INVALID_MSG_UNSPECIFIED", "95"),
                    entry("MANDATORY_IE_MISSING", "96"),
                    entry("MESSAGE_TYPE_NONEXIST", "97"),
                    entry("WRONG_MESSAGE", "98"),
                    entry("IE_NONEXIST", "99"),
                    entry("INVALID_IE_CONTENTS", "100"),
                    entry("WRONG_CALL_STATE", "101"),
                    entry("RECOVERY_ON_TIMER_EXPIRE", "102"),
                    entry("MANDATORY_IE_LENGTH_ERROR", "103"),
                    entry("PROTOCOL_ERROR", "111"),
                    entry("INTERWORKING", "127"));

    private static final Map<String, String> ASTERISK =
            Map.of("ANSWERED", "16", "BUSY", "17", "NO ANSWER", "19", "CONGESTION", "34");

    private Q850() {}

    /// The number of a FreeSWITCH hangup cause; causes of FreeSWITCH's own (`ORIGINATOR_CANCEL`,
    /// `MEDIA_TIMEOUT`) stay as they are.
    public static String ofFreeswitch(String hangupCause) {
        return FREESWITCH.getOrDefault(hangupCause, hangupCause);
    }

    /// The number that an Asterisk disposition stands for; `FAILED` has several causes and stays.
    public static String ofAsterisk(String disposition) {
        return ASTERISK.getOrDefault(disposition, disposition);
    }
}
