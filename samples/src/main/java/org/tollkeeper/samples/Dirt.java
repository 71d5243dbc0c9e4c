package org.tollkeeper.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What is wrong or odd in the files, counted.
final class Dirt {

    private final List<CdrFile> files;
    private final List<List<Object>> rows = new ArrayList<>();

    private Dirt(List<CdrFile> files) {
        this.files = files;
    }

    /// Rows of: what, where, how many, what becomes of it.
    static List<List<Object>> rows(List<CdrFile> files, Account account) {
        Dirt dirt = new Dirt(files);
        dirt.ofFiles();
        dirt.ofRecords();
        dirt.ofCalls();
        account.suspended()
                .forEach((fault, count) -> {
                    String side = fault.substring(0, fault.indexOf(','));
                    String reason = fault.substring(fault.indexOf(',') + 1);
                    dirt.row(
                            cause(side, reason),
                            "both",
                            count,
                            "call; charge suspended `" + reason + "` (" + side + ")");
                });
        return dirt.rows;
    }

    private void ofFiles() {
        count("a file sent twice under another name", CdrFile.Outcome.DUPLICATE, "nothing");
        count("a file still being uploaded, `.part`", CdrFile.Outcome.IGNORED, "not looked at");
        CdrFile copy =
                files.stream()
                        .filter(file -> file.name().startsWith("ganges-in"))
                        .findFirst()
                        .orElseThrow();
        row("records in a per-account copy", Route.LON, copy.lines().size(), "duplicates");
    }

    private void count(String what, CdrFile.Outcome outcome, String becomes) {
        long count = files.stream().filter(file -> file.outcome() == outcome).count();
        row(what, Route.FRA, count, becomes);
    }

    private void ofRecords() {
        for (String switchId : List.of(Route.LON, Route.FRA)) {
            count(
                    "single records written again",
                    switchId,
                    line -> line.fate() == Fate.DUPLICATE,
                    "duplicates");
        }
        count(
                "a record torn by a full disk, whole in the next file",
                Route.LON,
                line -> line.fate() == Fate.MALFORMED,
                "suspended `MALFORMED`");
        count(
                "calls on a trunk the book does not know",
                Route.LON,
                line -> line.fate() == Fate.UNKNOWN_TRUNK,
                "suspended `UNKNOWN_TRUNK`");
        count(
                "calls without the trunk's tech prefix",
                Route.FRA,
                line -> line.fate() == Fate.UNKNOWN_TRUNK,
                "suspended `UNKNOWN_TRUNK`");
        count(
                "calls to what is no number",
                Route.LON,
                line -> line.fate() == Fate.BAD_NUMBER,
                "suspended `BAD_NUMBER`");
        count(
                "calls to the test line",
                Route.LON,
                line -> line.fate() == Fate.FILTERED,
                "filtered");
    }

    private void ofCalls() {
        count(
                "quotes inside a caller's name, not escaped",
                Route.LON,
                line -> line.fate() == Fate.CALL && line.call().callerName().contains("\""),
                "calls");
        for (String switchId : List.of(Route.LON, Route.FRA)) {
            count(
                    "callers who withhold their number",
                    switchId,
                    line -> line.fate() == Fate.CALL && line.call().calling().isEmpty(),
                    "calls without a calling number");
        }
        count(
                "`NO ANSWER` with an answer time and 7 s",
                Route.FRA,
                line -> line.call().cause().equals(Call.FOLLOW_ME),
                "unanswered calls");
        for (String switchId : List.of(Route.LON, Route.FRA)) {
            count(
                    "answered and hung up within the second",
                    switchId,
                    line -> line.fate() == Fate.CALL && hungUpAtOnce(line.call()),
                    "calls without a charge");
        }
    }

    private static boolean hungUpAtOnce(Call call) {
        return call.answered() && call.talkSeconds() == 0;
    }

    private static String cause(String side, String reason) {
        return switch (reason) {
            case "NO_AGREEMENT" -> "a call before the agreement began";
            case "NO_RATE" -> "calls to United Kingdom mobiles, which have no price";
            default ->
                    side.equals("buy")
                            ? "calls to Jamaica, blocked by the carrier we send them to"
                            : "calls to premium rate numbers, blocked by us";
        };
    }

    private void count(String what, String where, Predicate<CdrLine> which, String becomes) {
        long count =
                files.stream()
                        .filter(file -> file.switchId().equals(where))
                        .filter(file -> file.outcome() == CdrFile.Outcome.READ)
                        .filter(file -> !file.name().startsWith("ganges-in"))
                        .flatMap(file -> file.lines().stream())
                        .filter(which)
                        .count();
        row(what, where, count, becomes);
    }

    private void row(String what, String where, Object count, String becomes) {
        rows.add(List.of(what, where, count, becomes));
    }
}
