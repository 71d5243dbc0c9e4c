package org.tollkeeper.mediation.decoder;

/// Names of what some formats say of a call beyond the fields of [CdrRecord]. Units are in the
/// name; values are texts.
public final class Detail {

    public static final String NATIVE_ID = "nativeId";
    public static final String CORRELATION_ID = "correlationId";
    public static final String INGRESS_SIP_CALL_ID = "ingressSipCallId";
    public static final String EGRESS_SIP_CALL_ID = "egressSipCallId";

    /// Of a media record: the Call-ID of the leg it measured. No call keeps it.
    public static final String SIP_CALL_ID = "sipCallId";

    public static final String ATTEMPT = "attempt";

    /// The cause in the switch's own words or numbers, where `cause` is derived from it.
    public static final String NATIVE_CAUSE = "nativeCause";

    /// The Q.850 cause where `cause` is something else.
    public static final String Q850 = "q850";

    /// `A`, `B` or `SWITCH`.
    public static final String RELEASE_INITIATOR = "releaseInitiator";

    /// The duration as the switch wrote it, where it is not the one taken.
    public static final String NATIVE_DURATION = "nativeDuration";

    public static final String CALLER_NAME = "callerName";
    public static final String CALLING_OUT = "callingOut";
    public static final String CALLED_OUT = "calledOut";
    public static final String INGRESS_ADDRESS = "ingressAddress";
    public static final String EGRESS_ADDRESS = "egressAddress";
    public static final String CODEC_OUT = "codecOut";
    public static final String MOS_OUT = "mosOut";
    public static final String R_FACTOR = "rFactor";
    public static final String R_FACTOR_OUT = "rFactorOut";

    /// The planning impairment factor of a Cisco gateway's estimate, 0 for none.
    public static final String ICPIF = "icpif";

    public static final String JITTER_MS = "jitterMs";
    public static final String LOST_PACKETS = "lostPackets";
    public static final String ROUND_TRIP_MS = "roundTripMs";

    /// `PASSED`, `FAILED`, `NONE` or `UNKNOWN`: the verdict on the caller's signature on the way
    /// in.
    public static final String VERSTAT = "verstat";

    public static final String STIR_REASON = "stirReason";

    /// The level we attested on the way out; that of the way in is the record's attestation.
    public static final String ATTESTATION_OUT = "attestationOut";

    public static final String ORIG_ID = "origId";

    /// Peculiarities that make no fault, such as `BILLSEC_ON_UNANSWERED`; blank-separated.
    public static final String ANOMALIES = "anomalies";

    private Detail() {}
}
