package org.tollkeeper.samples;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// The files of both switches, one a day, and what went wrong with them on their way.
///
/// A switch writes a record when its call ends, so files are in the order of release and hold the
/// calls that ended on their day.
final class Inbox {

    private final List<CdrFile> london;
    private final List<CdrFile> frankfurt;

    private Inbox(List<CdrFile> london, List<CdrFile> frankfurt) {
        this.london = london;
        this.frankfurt = frankfurt;
    }

    /// All files, in the order of their paths.
    static List<CdrFile> of(List<Call> calls, Random random) {
        Inbox inbox =
                new Inbox(
                        files(calls, Route.LON, new FreeswitchCsv(random), FreeswitchCsv.ZONE),
                        files(calls, Route.FRA, new AsteriskCsv(random), AsteriskCsv.ZONE));
        inbox.quotesInNames(random);
        inbox.tearRecord();
        inbox.repeatRecords();
        inbox.copyFiles();
        List<CdrFile> all = new ArrayList<>(inbox.london);
        all.addAll(inbox.frankfurt);
        all.sort(Comparator.comparing(CdrFile::path));
        return List.copyOf(all);
    }

    private static List<CdrFile> files(
            List<Call> calls, String switchId, CdrWriter writer, ZoneId zone) {
        record Ended(long releaseMillis, CdrLine line) {}
        List<Ended> ended = new ArrayList<>();
        for (Call call : calls) {
            if (call.route().switchId().equals(switchId)) {
                ended.add(new Ended(call.releaseMillis(), writer.write(call)));
            }
        }
        ended.sort(Comparator.comparingLong(Ended::releaseMillis));
        TreeMap<LocalDate, List<CdrLine>> days = new TreeMap<>();
        for (Ended one : ended) {
            LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(one.releaseMillis), zone);
            days.computeIfAbsent(day, d -> new ArrayList<>()).add(one.line);
        }
        List<CdrFile> files = new ArrayList<>();
        days.forEach((day, lines) -> files.add(file(switchId, day, lines)));
        return files;
    }

    /// FreeSWITCH and logrotate both name a file by the moment at which it was put aside.
    private static CdrFile file(String switchId, LocalDate day, List<CdrLine> lines) {
        LocalDateTime rotated = day.plusDays(1).atStartOfDay();
        String pattern = switchId.equals(Route.LON) ? ".uuuu-MM-dd-HH-mm-ss" : "-uuuuMMdd";
        String name = "Master.csv" + DateTimeFormatter.ofPattern(pattern).format(rotated);
        return new CdrFile(switchId, name, true, CdrFile.Outcome.READ, lines);
    }

    /// FreeSWITCH escapes nothing, so a quote in a caller's name stands bare among the quotes.
    private void quotesInNames(Random random) {
        for (int day : List.of(3, 8, 13, 16, 21, 27)) {
            CdrFile file = london.get(day);
            int at = regular(file, 20 + random.nextInt(40));
            CdrLine line = file.lines().get(at);
            String name = "\"" + line.call().callerName() + "\"";
            CdrLine quoted =
                    new CdrLine(
                            "\"Bob \"Lucky\" Lee\"" + line.text().substring(name.length()),
                            line.id(),
                            line.call().named("Bob \"Lucky\" Lee"),
                            line.fate());
            List<CdrLine> lines = new ArrayList<>(file.lines());
            lines.set(at, quoted);
            london.set(day, file.withLines(lines));
        }
    }

    /// The disk was full at midnight of the 18th: a record begun in one file and written whole into
    /// the next, as FreeSWITCH does.
    private void tearRecord() {
        CdrFile before = london.get(17);
        CdrLine whole = london.get(18).lines().getFirst();
        london.set(17, before.withLine(before.lines().size(), whole.torn(104)));
    }

    private void repeatRecords() {
        for (int day : List.of(1, 5, 6, 12, 14, 19, 23, 25, 28)) {
            repeat(london, day, regular(london.get(day), 7 * day + 3));
        }
        for (int day : List.of(2, 9, 11, 20, 26)) {
            repeat(frankfurt, day, regular(frankfurt.get(day), 5 * day + 2));
        }
        for (int day : List.of(4, 15, 22, 24)) {
            CdrLine line = london.get(day).lines().get(regular(london.get(day), 11));
            london.set(day + 1, london.get(day + 1).withLine(0, line.again()));
        }
        CdrFile file = london.get(10);
        int at = cleared(file, 31);
        CdrLine other = file.lines().get(at).againWith("MEDIA_TIMEOUT");
        london.set(10, file.withLine(at + 2, other));
    }

    private void copyFiles() {
        CdrFile file = london.get(11);
        List<CdrLine> account =
                file.lines().stream()
                        .filter(line -> line.call().route().ingressTrunk().equals("ganges-in"))
                        .filter(line -> line.fate() == Fate.CALL)
                        .map(CdrLine::again)
                        .toList();
        String name = file.name().replace("Master", "ganges-in");
        london.add(new CdrFile(Route.LON, name, true, CdrFile.Outcome.READ, account));

        CdrFile sent = frankfurt.get(11);
        frankfurt.add(
                new CdrFile(
                        Route.FRA,
                        "resent-" + sent.name(),
                        false,
                        CdrFile.Outcome.DUPLICATE,
                        sent.lines()));
        CdrFile begun = frankfurt.get(19);
        frankfurt.add(
                new CdrFile(
                        Route.FRA,
                        begun.name() + ".part",
                        false,
                        CdrFile.Outcome.IGNORED,
                        begun.lines().subList(0, 12)));
    }

    private static void repeat(List<CdrFile> files, int day, int at) {
        CdrFile file = files.get(day);
        files.set(day, file.withLine(at + 1, file.lines().get(at).again()));
    }

    /// The first record from `from` on that is a call like others.
    private static int regular(CdrFile file, int from) {
        int at = from;
        while (file.lines().get(at).fate() != Fate.CALL) {
            at++;
        }
        return at;
    }

    private static int cleared(CdrFile file, int from) {
        int at = regular(file, from);
        while (!file.lines().get(at).call().answered()
                || !file.lines().get(at).call().cause().equals("NORMAL_CLEARING")) {
            at = regular(file, at + 1);
        }
        return at;
    }
}
