package org.tollkeeper.rating.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Digits;
import org.tollkeeper.rating.Explanation;

/// A call and why each side of it costs what it costs.
///
/// @param connectAt null = unanswered
/// @param ingressCarrier empty = our own network, as is `egressCarrier`
/// @param sides none when the call has no charge by its nature
public record ExplainedCall(
        String switchId,
        String callId,
        String legId,
        Instant setupAt,
        @Nullable Instant connectAt,
        int durationMs,
        String ingressCarrier,
        String egressCarrier,
        Digits calling,
        Digits called,
        List<Explanation> sides) {

    /// The explanation as text for a terminal.
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(switchId)
                .append('/')
                .append(callId)
                .append(legId.isEmpty() ? "" : "/" + legId)
                .append('\n');
        text.append("  ")
                .append(party(ingressCarrier))
                .append(" → ")
                .append(party(egressCarrier))
                .append(", ")
                .append(calling.isNone() ? "no calling number" : calling)
                .append(" → ")
                .append(called)
                .append('\n');
        text.append("  set up ").append(setupAt);
        text.append(
                connectAt == null
                        ? ", unanswered\n"
                        : ", answered "
                                + connectAt
                                + ", "
                                + BigDecimal.valueOf(durationMs, 3)
                                + " s of talk\n");
        if (sides.isEmpty()) {
            text.append("  ").append(nothing()).append('\n');
        }
        sides.forEach(side -> text.append('\n').append(side.text()));
        return text.toString();
    }

    private static String party(String carrier) {
        return carrier.isEmpty() ? "us" : carrier;
    }

    private String nothing() {
        if (connectAt == null) {
            return "An unanswered call has no charge.";
        }
        return durationMs == 0
                ? "A call of 0 ms has no charge."
                : "No other carrier has a part in this call.";
    }

    /// The explanation as values that print as JSON.
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("switch", switchId);
        fields.put("callId", callId);
        fields.put("legId", legId);
        fields.put("setupAt", setupAt);
        if (connectAt != null) {
            fields.put("connectAt", connectAt);
        }
        fields.put("durationMs", durationMs);
        fields.put("ingressCarrier", ingressCarrier);
        fields.put("egressCarrier", egressCarrier);
        fields.put("calling", calling.toString());
        fields.put("called", called.toString());
        fields.put("sides", sides.stream().map(Explanation::fields).toList());
        return fields;
    }
}
