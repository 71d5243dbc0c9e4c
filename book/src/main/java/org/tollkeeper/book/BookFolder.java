package org.tollkeeper.book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.FxRate;
import org.tollkeeper.model.Pickup;
import org.tollkeeper.model.QualityTarget;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;

/// A folder with the files of a book. It is read and checked as a whole: whoever gets a book from
/// it gets one without a fault, and otherwise all faults at once.
///
/// Files are read in an order in which each refers only to files read before; where one of those
/// could not be read at all, references to it are not checked.
public final class BookFolder {

    private static final List<String> REQUIRED =
            List.of(
                    "company.yaml",
                    "carriers.csv",
                    "switches.yaml",
                    "trunks.csv",
                    "agreements.yaml",
                    "decks.yaml");
    private static final List<String> OPTIONAL =
            List.of(
                    "testnumbers.csv",
                    "origins.csv",
                    "nanp.csv",
                    "fx.csv",
                    "targets.csv",
                    "risk.csv",
                    "collect.yaml");
    private static final String DECKS = "decks/";

    private final Path folder;
    private final Findings findings = new Findings();
    private final Set<String> files = new TreeSet<>();
    private final Map<String, Set<String>> destinations = new HashMap<>();
    private final List<DeckRow> deckRows = new ArrayList<>();

    private BookFolder(Path folder) {
        this.folder = folder;
    }

    /// Reads the book in a folder.
    ///
    /// @throws UncheckedIOException when a file that is there cannot be read
    public static BookReading read(Path folder) {
        BookFolder book = new BookFolder(folder);
        if (!Files.isDirectory(folder)) {
            book.findings.error(
                    Place.of(folder.toString()),
                    "no such folder",
                    "the folder of a book",
                    "mend the path");
            return new BookReading.Invalid(book.findings.errors(), List.of());
        }
        book.listFiles();
        return book.read();
    }

    private void listFiles() {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(path -> !Files.isDirectory(path))
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .filter(file -> !isPassedOver(file))
                    .forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        for (String file : REQUIRED) {
            if (!files.contains(file)) {
                findings.error(Place.of(file), "no such file", "the file " + file, "add it");
            }
        }
        for (String file : files) {
            boolean known = REQUIRED.contains(file) || OPTIONAL.contains(file);
            if (!known && !file.startsWith(DECKS)) {
                findings.error(
                        Place.of(file),
                        "an unknown file",
                        "files of "
                                + String.join(", ", REQUIRED)
                                + ", decks/*.csv, "
                                + String.join(", ", OPTIONAL),
                        "mend its name or move it out of the book");
            }
        }
    }

    // Files that tools leave behind, and notes for people.
    private static boolean isPassedOver(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return Stream.of(file.split("/", -1)).anyMatch(part -> part.startsWith("."))
                || name.startsWith("README");
    }

    private BookReading read() {
        @Nullable Company company = yaml("company.yaml", CompanyPage::read);
        @Nullable List<Carrier> carriers =
                csv("carriers.csv", page -> CarriersPage.read(page, findings));
        @Nullable List<Switch> switches =
                yaml("switches.yaml", page -> new SwitchesPage(findings).read(page));
        NumberPages numbers = new NumberPages(findings);
        Map<String, Set<String>> origins = orNone(csv("origins.csv", numbers::origins), Map.of());
        boolean originsKnown = !findings.isPartlyRead("origins.csv");
        @Nullable List<DecksPage.Entry> decks =
                yaml(
                        "decks.yaml",
                        page -> new DecksPage(findings, folder.resolve(DECKS)).read(page));
        readDecks(decks, originsKnown ? origins.keySet() : null);
        @Nullable Set<String> carrierNames =
                findings.isPartlyRead("carriers.csv") ? null : names(carriers, Carrier::id);
        @Nullable List<Agreement> agreements = agreements(decks, carrierNames);
        @Nullable List<Trunk> trunks =
                csv(
                        "trunks.csv",
                        page ->
                                new TrunksPage(findings, names(switches, Switch::id), carrierNames)
                                        .read(page, agreements));
        Set<String> testNumbers = orNone(csv("testnumbers.csv", numbers::testNumbers), Set.of());
        Map<String, String> nanp = orNone(csv("nanp.csv", numbers::nanpStates), Map.of());
        Map<String, String> risk = orNone(csv("risk.csv", numbers::risk), Map.of());
        RatePages rates = new RatePages(findings);
        List<FxRate> fx = orNone(csv("fx.csv", rates::fxRates), List.of());
        List<QualityTarget> targets =
                orNone(
                        csv("targets.csv", page -> rates.targets(page, allDestinations(decks))),
                        List.of());
        List<Pickup> pickups =
                orNone(
                        yaml(
                                "collect.yaml",
                                page ->
                                        new CollectPage(findings, names(switches, Switch::id))
                                                .read(page)),
                        List.of());
        if (findings.errorCount() > 0
                || company == null
                || carriers == null
                || switches == null
                || trunks == null
                || agreements == null
                || decks == null) {
            return new BookReading.Invalid(findings.errors(), findings.warnings());
        }
        List<Deck> sound = decks.stream().map(DecksPage.Entry::deck).toList();
        Book book =
                new Book(
                        company,
                        carriers,
                        switches,
                        trunks,
                        agreements,
                        sound,
                        deckRows,
                        testNumbers,
                        origins,
                        nanp,
                        targets,
                        risk,
                        fx,
                        pickups);
        return new BookReading.Valid(book, findings.warnings());
    }

    private @Nullable List<Agreement> agreements(
            @Nullable List<DecksPage.Entry> decks, @Nullable Set<String> carriers) {
        KnownDecks known = new KnownDecks(decks, destinations);
        @Nullable List<Agreement> agreements =
                yaml(
                        "agreements.yaml",
                        page -> new AgreementsPage(findings, page, carriers, known).read());
        if (agreements != null) {
            known.warnOfUnused(findings);
        }
        return agreements;
    }

    private void readDecks(@Nullable List<DecksPage.Entry> decks, @Nullable Set<String> origins) {
        if (decks == null) {
            return;
        }
        Set<String> named = new HashSet<>();
        for (DecksPage.Entry entry : decks) {
            String file = Path.of(DECKS + entry.deck().file()).normalize().toString();
            file = file.replace('\\', '/');
            named.add(file);
            @Nullable Set<String> bands = entry.sound() ? bands(entry.deck()) : null;
            @Nullable PageText page = isDeckFile(file) ? page(file) : null;
            if (page != null) {
                Set<String> own = new HashSet<>();
                deckRows.addAll(
                        new DeckPage(findings, entry.deck(), bands, origins).read(page, own));
                if (!findings.isPartlyRead(file)) {
                    destinations.put(entry.deck().id(), own);
                }
            }
        }
        for (String file : files) {
            if (file.startsWith(DECKS) && !named.contains(file)) {
                findings.error(
                        Place.of(file),
                        "an unknown file",
                        "files that a deck of decks.yaml names",
                        "name it there, or move it out of the book");
            }
        }
    }

    private boolean isDeckFile(String file) {
        return file.startsWith(DECKS) && files.contains(file);
    }

    private static Set<String> bands(Deck deck) {
        Set<String> bands = new HashSet<>();
        bands.add(Deck.OFF_PEAK);
        deck.windows().forEach(window -> bands.add(window.band()));
        return bands;
    }

    private @Nullable Set<String> allDestinations(@Nullable List<DecksPage.Entry> decks) {
        return decks == null || destinations.size() < decks.size()
                ? null
                : destinations.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static <T> @Nullable Set<String> names(
            @Nullable List<T> parts, Function<T, String> name) {
        return parts == null ? null : parts.stream().map(name).collect(Collectors.toSet());
    }

    private static <T> T orNone(@Nullable T part, T none) {
        return part == null ? none : part;
    }

    private <T> @Nullable T csv(String file, Function<PageText, T> reader) {
        @Nullable PageText page = files.contains(file) ? page(file) : null;
        return page == null ? null : reader.apply(page);
    }

    private <T> @Nullable T yaml(String file, Function<YamlPage, @Nullable T> reader) {
        @Nullable PageText page = files.contains(file) ? page(file) : null;
        return page == null ? null : reader.apply(new YamlPage(page, findings));
    }

    private @Nullable PageText page(String file) {
        return PageText.read(folder.resolve(file), file, findings);
    }
}
