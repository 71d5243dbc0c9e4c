package org.tollkeeper.book;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.Deck.BandWindow;

/// `decks.yaml`.
final class DecksPage {

    private static final List<String> KEYS = List.of("id", "file", "currency", "bands", "holidays");
    private static final List<String> WINDOW_KEYS = List.of("days", "from", "to", "holidays");
    private static final Pattern CLOCK = Pattern.compile("([0-9]{2}):([0-9]{2})");
    private static final int DAY_MINUTES = 24 * 60;

    private final Findings findings;
    private final Path deckFolder;

    DecksPage(Findings findings, Path deckFolder) {
        this.findings = findings;
        this.deckFolder = deckFolder;
    }

    /// A deck as `decks.yaml` has it.
    ///
    /// @param sound whether nothing was wrong with it
    record Entry(Deck deck, Place place, boolean sound) {}

    /// Null when the file cannot be read at all.
    @Nullable List<Entry> read(YamlPage page) {
        @Nullable List<YamlEntry> entries = page.entries("a deck", KEYS);
        if (entries == null) {
            return null;
        }
        List<Entry> decks = new ArrayList<>();
        Map<String, Place> places = new HashMap<>();
        for (YamlEntry entry : entries) {
            int errors = findings.errorCount();
            Field id = entry.field("id");
            Once.check(places, id.required("the name of a deck"), id);
            Deck deck = read(entry, id.text());
            decks.add(new Entry(deck, id.place(), errors == findings.errorCount()));
        }
        return decks;
    }

    private Deck read(YamlEntry entry, String id) {
        Set<LocalDate> holidays = new TreeSet<>();
        entry.fields("holidays").forEach(holiday -> holidays.add(holiday.date()));
        int errors = findings.errorCount();
        List<Placed<BandWindow>> windows = windows(entry);
        if (errors == findings.errorCount()) {
            new BandOverlaps(findings, holidays).check(windows);
        }
        return new Deck(
                id,
                file(entry.field("file")),
                entry.field("currency").currency(),
                windows.stream().map(Placed::part).toList(),
                holidays);
    }

    private String file(Field file) {
        Path folder = deckFolder.normalize();
        String text = file.required("the deck's file below decks/");
        if (file.given()) {
            Path path = folder.resolve(text).normalize();
            if (!path.startsWith(folder) || !Files.isRegularFile(path)) {
                file.wrong("a file below decks/", "put it there or mend the name");
            }
        }
        return text;
    }

    private List<Placed<BandWindow>> windows(YamlEntry entry) {
        List<Placed<BandWindow>> windows = new ArrayList<>();
        @Nullable YamlEntry bands = entry.entry("bands", List.of());
        if (bands == null) {
            return windows;
        }
        for (String band : bands.keys()) {
            for (YamlEntry window : bands.entries(band, "a window", WINDOW_KEYS)) {
                int errors = findings.errorCount();
                Field to = window.field("to");
                int from = minute(window.field("from"), DAY_MINUTES - 1);
                int end = minute(to, DAY_MINUTES);
                if (from >= end && errors == findings.errorCount()) {
                    to.wrong(
                            "a time after " + window.field("from").text(),
                            "make a night two windows, one to 24:00 and one from 00:00");
                }
                windows.add(
                        new Placed<>(
                                new BandWindow(
                                        band,
                                        Weekdays.of(window),
                                        from,
                                        end,
                                        window.field("holidays").optionalTruth()),
                                window.place()));
            }
        }
        return windows;
    }

    private static int minute(Field clock, int most) {
        String latest = most == DAY_MINUTES ? "24:00" : "23:59";
        String expected = "a time of day HH:MM, at most " + latest;
        Matcher parts = CLOCK.matcher(clock.required(expected));
        if (!clock.given()) {
            return 0;
        }
        int hours = parts.matches() ? Integer.parseInt(parts.group(1)) : DAY_MINUTES;
        int minutes = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
        if (minutes > 59 || hours * 60 + minutes > most) {
            clock.wrong(expected, "write such as \"08:00\"");
            return 0;
        }
        return hours * 60 + minutes;
    }
}
