package org.tollkeeper.rating;

import java.time.Instant;
import java.util.stream.Collectors;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;

/// A question to the rater about a call that ACME sends us, put together word by word.
record Asked(
        Book book,
        String product,
        String calling,
        String called,
        String routing,
        Instant connectAt,
        long durationMs,
        long volumeSeconds) {

    static Asked about(String book) {
        return new Asked(
                BookText.of(book),
                "",
                "",
                "442079460000",
                "",
                Instant.parse("2026-05-01T10:00:00Z"),
                60_000,
                0);
    }

    Asked from(String number) {
        return new Asked(
                book, product, number, called, routing, connectAt, durationMs, volumeSeconds);
    }

    Asked to(String number) {
        return new Asked(
                book, product, calling, number, routing, connectAt, durationMs, volumeSeconds);
    }

    Asked by(String trunkProduct) {
        return new Asked(
                book, trunkProduct, calling, called, routing, connectAt, durationMs, volumeSeconds);
    }

    Asked routedTo(String number) {
        return new Asked(
                book, product, calling, called, number, connectAt, durationMs, volumeSeconds);
    }

    Asked at(String instant) {
        return new Asked(
                book,
                product,
                calling,
                called,
                routing,
                Instant.parse(instant),
                durationMs,
                volumeSeconds);
    }

    Asked lasting(long ms) {
        return new Asked(book, product, calling, called, routing, connectAt, ms, volumeSeconds);
    }

    Asked after(long seconds) {
        return new Asked(book, product, calling, called, routing, connectAt, durationMs, seconds);
    }

    Outcome outcome() {
        return new Rater(book).rate(side(), volumeSeconds);
    }

    private CallSide side() {
        return new CallSide(
                Side.SELL,
                "ACME",
                product,
                digits(calling),
                digits(called),
                digits(routing),
                connectAt,
                durationMs);
    }

    /// What the explanation says under a rule, one finding a line; empty when it says nothing.
    String finding(String rule) {
        return new Explainer(new Rater(book))
                .explain(side(), volumeSeconds, null).steps().stream()
                        .filter(step -> step.rule().equals(rule))
                        .map(Explanation.Step::finding)
                        .collect(Collectors.joining("\n"));
    }

    private static Digits digits(String number) {
        if (number.endsWith("!")) {
            return Digits.shortCode(number.substring(0, number.length() - 1));
        }
        return Digits.isDigits(number) ? Digits.of(number) : Digits.NONE;
    }

    Charge charge() {
        return switch (outcome()) {
            case Charge charge -> charge;
            case Suspended(SuspenseReason reason) -> throw new AssertionError(reason);
        };
    }

    /// `code rate`, or the reason of the suspense.
    String priced() {
        return switch (outcome()) {
            case Charge charge ->
                    charge.firstRow().code() + " " + charge.firstRow().ratePerMinute();
            case Suspended(SuspenseReason reason) -> reason.label();
        };
    }

    /// The parts as `band@tier actual/billed amount`, joined by ` + `.
    String parts() {
        StringBuilder parts = new StringBuilder();
        for (Charge.Part part : charge().parts()) {
            parts.append(parts.isEmpty() ? "" : " + ")
                    .append(part.row().band().isEmpty() ? "all" : part.row().band())
                    .append('@')
                    .append(part.row().tierFromMinutes())
                    .append(' ')
                    .append(part.actualSeconds())
                    .append('/')
                    .append(part.billedSeconds())
                    .append(' ')
                    .append(part.amount().toPlainString());
        }
        return parts.toString();
    }
}
