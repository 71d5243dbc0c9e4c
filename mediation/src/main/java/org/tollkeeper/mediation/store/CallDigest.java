package org.tollkeeper.mediation.store;

import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.decoder.ContentHash;

/// What a call adds to its slice's digest: a hash over what makes its price and its identity, so
/// that the sum over a slice does not depend on the order of its rows.
///
/// It is recomputed from the columns of `call` as the texts switch, call_id, leg_id, setup_ms,
/// connect_ms (empty if null), duration_ms, calling, called, routing, ingress_carrier and
/// egress_carrier, in that order.
final class CallDigest {

    private CallDigest() {}

    static long of(int switchNumber, Leg call) {
        Long connectMs = call.times().connectMs();
        return new ContentHash()
                .add(Integer.toString(switchNumber))
                .add(call.callId())
                .add(call.legId())
                .add(Long.toString(call.times().setupMs()))
                .add(connectMs == null ? "" : Long.toString(connectMs))
                .add(Long.toString(call.times().durationMs()))
                .add(Long.toString(call.numbers().calling().packed()))
                .add(Long.toString(call.numbers().called().packed()))
                .add(Long.toString(call.numbers().routing().packed()))
                .add(Integer.toString(call.ingress().carrier()))
                .add(Integer.toString(call.egress().carrier()))
                .value();
    }
}
