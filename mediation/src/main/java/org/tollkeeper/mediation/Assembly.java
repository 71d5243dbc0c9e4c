package org.tollkeeper.mediation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.decoder.Detail;
import org.tollkeeper.mediation.decoder.RecordKind;

/// Makes calls of the parts that share switch, call id and leg id. A pure function of the set of
/// parts: the order in which they came does not matter.
///
/// - Consecutive parts are one call once the final one with the lowest sequence and every sequence
///   before it are there. Parts with a higher sequence go on waiting.
/// - A start and the first end after it are one call; starts in between (repeated INVITEs), ends
///   after it (repeated BYEs), updates and media records join it.
/// - A stop is a call; updates and media records of its ids join it, and of the ends after it the
///   one that was answered, else the last, fills what it leaves empty, such as its way out.
public final class Assembly {

    private static final Comparator<Part> BY_PLACE =
            Comparator.comparingInt(Part::file)
                    .thenComparingInt(part -> part.leg().source().record());

    private static final Comparator<Part> BY_TIME =
            Comparator.comparingLong(Part::ownMs)
                    .thenComparingInt(part -> rank(part.kind()))
                    .thenComparing(BY_PLACE);

    /// Among a call's [Detail#ANOMALIES]: it was closed without its final part.
    public static final String NO_FINAL_PART = "NO_FINAL_PART";

    private Assembly() {}

    /// A call and the parts it is made of.
    ///
    /// @param parts the first of them gives the call its file and record
    /// @param call what they come to
    public record Joined(List<Part> parts, Leg call) {}

    /// The calls that these parts make; parts in none of them wait.
    public static List<Joined> calls(List<Part> parts) {
        List<Part> consecutive = new ArrayList<>();
        List<Part> events = new ArrayList<>();
        for (Part part : parts) {
            (part.kind() == RecordKind.PART ? consecutive : events).add(part);
        }
        List<Joined> calls = new ArrayList<>(consecutiveCalls(consecutive));
        calls.addAll(eventCalls(events));
        return calls;
    }

    /// Parts with one setup instant first: an id used again makes calls of its own. What is left
    /// then is tried together.
    private static List<Joined> consecutiveCalls(List<Part> parts) {
        Map<Long, List<Part>> bySetup = new TreeMap<>();
        parts.forEach(
                part -> bySetup.computeIfAbsent(part.ownMs(), k -> new ArrayList<>()).add(part));
        List<Joined> calls = new ArrayList<>();
        List<Part> left = new ArrayList<>();
        for (List<Part> group : bySetup.values()) {
            Joined call = consecutiveCall(group);
            if (call == null) {
                left.addAll(group);
            } else {
                calls.add(call);
            }
        }
        if (bySetup.size() > 1 && !left.isEmpty()) {
            Joined call = consecutiveCall(left);
            if (call != null) {
                calls.add(call);
            }
        }
        return calls;
    }

    /// The calls that consecutive parts make once their final part is waited for no longer: from
    /// the first sequence on as far as they follow each other. Parts of complete calls are in none.
    public static List<Joined> orphans(List<Part> parts) {
        List<Part> consecutive = new ArrayList<>();
        parts.stream().filter(part -> part.kind() == RecordKind.PART).forEach(consecutive::add);
        consecutiveCalls(consecutive).forEach(call -> consecutive.removeAll(call.parts()));
        List<Part> chain = new ArrayList<>();
        for (Part part : bySequence(consecutive).values()) {
            if (part.leg().source().sequence() != chain.size() + 1) {
                break;
            }
            chain.add(part);
        }
        return chain.isEmpty() ? List.of() : List.of(new Joined(List.copyOf(chain), cut(chain)));
    }

    /// What the parts of a call without an end come to; its details say so.
    private static Leg cut(List<Part> chain) {
        Leg call = sum(chain);
        Map<String, String> detail = new LinkedHashMap<>(call.detail());
        detail.merge(Detail.ANOMALIES, NO_FINAL_PART, (all, one) -> all + " " + one);
        return new Leg(
                call.callId(),
                call.legId(),
                call.times(),
                call.numbers(),
                call.ingress(),
                call.egress(),
                call.ending(),
                call.attestation(),
                call.source(),
                detail);
    }

    private static @Nullable Joined consecutiveCall(List<Part> parts) {
        List<Part> chain = new ArrayList<>();
        for (Map.Entry<Integer, Part> entry : bySequence(parts).entrySet()) {
            if (entry.getKey() != chain.size() + 1) {
                return null;
            }
            chain.add(entry.getValue());
            if (entry.getValue().leg().source().isFinal()) {
                return new Joined(List.copyOf(chain), sum(chain));
            }
        }
        return null;
    }

    private static Map<Integer, Part> bySequence(List<Part> parts) {
        Map<Integer, Part> bySequence = new TreeMap<>();
        for (Part part : parts) {
            bySequence.merge(
                    part.leg().source().sequence(),
                    part,
                    (a, b) -> BY_TIME.compare(a, b) <= 0 ? a : b);
        }
        return bySequence;
    }

    private static Leg sum(List<Part> chain) {
        Leg first = chain.getFirst().leg();
        Leg last = chain.getLast().leg();
        long durationMs = 0;
        Long connectMs = null;
        Map<String, String> detail = new LinkedHashMap<>();
        for (Part part : chain) {
            CallTimes times = part.leg().times();
            durationMs += times.durationMs();
            connectMs = connectMs == null ? times.connectMs() : connectMs;
            detail.putAll(part.leg().detail());
        }
        return new Leg(
                first.callId(),
                first.legId(),
                new CallTimes(
                        first.times().setupMs(), connectMs, last.times().releaseMs(), durationMs),
                first.numbers(),
                first.ingress(),
                first.egress(),
                last.ending(),
                first.attestation(),
                first.source(),
                detail);
    }

    private static List<Joined> eventCalls(List<Part> events) {
        List<Part> ordered = new ArrayList<>(events);
        ordered.sort(BY_TIME);
        List<List<Part>> groups = new ArrayList<>();
        List<Part> early = new ArrayList<>();
        boolean closed = true;
        for (Part part : ordered) {
            RecordKind kind = part.kind();
            boolean opens = kind == RecordKind.STOP || (kind == RecordKind.START && closed);
            if (opens) {
                groups.add(new ArrayList<>());
                closed = kind == RecordKind.STOP;
            }
            if (groups.isEmpty()) {
                early.add(part);
                continue;
            }
            groups.getLast().add(part);
            closed |= kind == RecordKind.END;
        }
        if (!groups.isEmpty()) {
            // An end before every start belongs to none of them; it goes on waiting.
            early.removeIf(part -> part.kind() == RecordKind.END);
            groups.getFirst().addAll(early);
        }
        List<Joined> calls = new ArrayList<>();
        for (List<Part> group : groups) {
            Joined call = eventCall(group);
            if (call != null) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static @Nullable Joined eventCall(List<Part> group) {
        Leg call = group.getFirst().leg();
        if (call.source().kind() == RecordKind.START) {
            Leg start = call;
            Optional<Part> end =
                    group.stream().filter(part -> part.kind() == RecordKind.END).findFirst();
            if (end.isEmpty()) {
                return null;
            }
            call = ended(start, end.get().leg());
        } else {
            Part wayOut = wayOut(group);
            call = wayOut == null ? call : filled(call, wayOut.leg());
        }
        for (Part part : group) {
            if (part.kind() == RecordKind.MEDIA) {
                call = withMedia(call, part.leg());
            }
        }
        return new Joined(List.copyOf(group), call);
    }

    /// Of the legs that a stop tried, the one that was answered, else the last.
    private static @Nullable Part wayOut(List<Part> group) {
        Part best = null;
        for (Part part : group) {
            boolean isBetter =
                    best == null
                            || best.leg().times().connectMs() == null
                            || part.leg().times().connectMs() != null;
            if (part.kind() == RecordKind.END && isBetter) {
                best = part;
            }
        }
        return best;
    }

    /// A whole call with what it leaves empty from its leg on the way out.
    private static Leg filled(Leg call, Leg out) {
        return new Leg(
                call.callId(),
                call.legId(),
                call.times(),
                call.numbers().or(out.numbers()),
                call.ingress().or(out.ingress()),
                call.egress().or(out.egress()),
                call.ending().or(out.ending()),
                call.attestation().isEmpty() ? out.attestation() : call.attestation(),
                call.source(),
                both(out.detail(), call.detail()));
    }

    private static Leg ended(Leg start, Leg end) {
        return new Leg(
                start.callId(),
                start.legId(),
                ended(start.times(), end.times()),
                start.numbers().or(end.numbers()),
                start.ingress().or(end.ingress()),
                start.egress().or(end.egress()),
                end.ending().or(start.ending()),
                start.attestation().isEmpty() ? end.attestation() : start.attestation(),
                start.source(),
                both(start.detail(), end.detail()));
    }

    /// The duration is what a record states, or else release − connect.
    private static CallTimes ended(CallTimes start, CallTimes end) {
        Long connect = start.connectMs() == null ? end.connectMs() : start.connectMs();
        Long release = end.releaseMs() == null ? start.releaseMs() : end.releaseMs();
        if (connect == null) {
            return new CallTimes(start.setupMs(), null, release, 0);
        }
        long stated = Math.max(start.durationMs(), end.durationMs());
        long duration = stated > 0 || release == null ? stated : Math.max(0, release - connect);
        return new CallTimes(
                start.setupMs(),
                connect,
                release == null ? Long.valueOf(connect + duration) : release,
                duration);
    }

    /// The call with the quality that a media record reports. Where that names the leg it measured,
    /// it is the quality of the way in or the way out; of a route that was tried in vain it is
    /// neither's.
    private static Leg withMedia(Leg call, Leg reported) {
        String leg = reported.detail().getOrDefault(Detail.SIP_CALL_ID, "");
        String in = call.detail().getOrDefault(Detail.INGRESS_SIP_CALL_ID, leg);
        if (leg.isEmpty() || leg.equals(in)) {
            return withQuality(call, reported);
        }
        return leg.equals(call.detail().get(Detail.EGRESS_SIP_CALL_ID))
                ? withQuality(call, ofTheWayOut(reported))
                : call;
    }

    private static Leg ofTheWayOut(Leg media) {
        Map<String, String> detail = new LinkedHashMap<>();
        put(detail, Detail.CODEC_OUT, media.ending().codec());
        put(detail, Detail.MOS_OUT, media.ending().mos());
        put(detail, Detail.R_FACTOR_OUT, media.detail().getOrDefault(Detail.R_FACTOR, ""));
        return new Leg(
                media.callId(),
                media.legId(),
                media.times(),
                media.numbers(),
                media.ingress(),
                media.egress(),
                new Leg.Ending("", "", "", "", null),
                media.attestation(),
                media.source(),
                detail);
    }

    private static void put(Map<String, String> detail, String name, String value) {
        if (!value.isEmpty()) {
            detail.put(name, value);
        }
    }

    private static Leg withQuality(Leg call, Leg media) {
        Map<String, String> detail = new LinkedHashMap<>(both(media.detail(), call.detail()));
        detail.remove(Detail.SIP_CALL_ID);
        return new Leg(
                call.callId(),
                call.legId(),
                call.times(),
                call.numbers(),
                call.ingress(),
                call.egress(),
                call.ending().withQuality(media.ending()),
                call.attestation(),
                call.source(),
                detail);
    }

    /// Both maps; where they share a name, the second's value.
    private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Map<String, String> both = new LinkedHashMap<>(one);
        both.putAll(other);
        return both;
    }

    private static int rank(RecordKind kind) {
        return switch (kind) {
            case FULL, STOP, START, PART -> 0;
            case UPDATE -> 1;
            case END -> 2;
            case MEDIA -> 3;
        };
    }
}
