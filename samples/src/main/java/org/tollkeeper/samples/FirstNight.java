package org.tollkeeper.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// The sample `first-night`: a company, three carriers, two switches and the CDR files of June
/// 2024.
///
/// The book is written by hand. From it and a fixed seed come the files of `inbox/`, what is to
/// become of them in `expected/`, and the tables of `README.md`. To make them again:
///
/// ```
/// java samples/src/main/java/org/tollkeeper/samples/FirstNight.java
/// ```
public final class FirstNight {

    private static final long SEED = 20240601L;

    private final List<CdrFile> files;
    private final Account account;
    private final List<Accord> accords;

    private FirstNight(Path folder) throws IOException {
        Random random = new Random(SEED);
        files = Inbox.of(June.calls(new Dialler(random)), random);
        accords = Accord.all(folder.resolve("book"));
        account = new Account(accords);
        files.stream()
                .filter(file -> file.outcome() == CdrFile.Outcome.READ)
                .flatMap(file -> file.lines().stream())
                .filter(line -> line.fate() == Fate.CALL)
                .forEach(line -> account.add(line.call()));
    }

    /// Writes what the sample holds besides its book; a file that is right already stays untouched.
    ///
    /// @param args the sample's folder; by default the repository's, from its root
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "samples/first-night");
        for (Map.Entry<String, String> text : texts(folder).entrySet()) {
            write(folder.resolve(text.getKey()), text.getValue());
        }
    }

    /// The decoded text of every file that is made, by its path below the sample's folder.
    ///
    /// @param folder where the book is, and the page whose tables are filled in
    public static SortedMap<String, String> texts(Path folder) throws IOException {
        FirstNight night = new FirstNight(folder);
        SortedMap<String, String> texts = new TreeMap<>();
        night.files.forEach(file -> texts.put("inbox/" + file.path(), file.text()));
        Forecast forecast = new Forecast(night.files, night.accords, night.account);
        texts.put("expected/files.csv", forecast.files());
        texts.put("expected/faults.csv", forecast.faults());
        texts.put("expected/traffic.csv", forecast.traffic());
        texts.put("expected/settlement.csv", forecast.settlement());
        Papers papers = new Papers(night.accords, night.account);
        texts.put("expected/statements.csv", papers.statements());
        texts.put("expected/invoices-index.csv", papers.index());
        Page page = new Page(night.files, night.accords, night.account);
        texts.put("README.md", page.filled(Files.readString(folder.resolve("README.md"))));
        return texts;
    }

    /// The text of a file, decompressed where its name says so.
    public static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            try (var gzip = new GZIPInputStream(Files.newInputStream(file))) {
                bytes = gzip.readAllBytes();
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Another version of zlib may compress otherwise, so what decodes to the same text stays.
    private static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && read(file).equals(text)) {
            return;
        }
        Files.createDirectories(file.getParent());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Files.write(file, file.toString().endsWith(".gz") ? compressed(bytes) : bytes);
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (var gzip =
                new GZIPOutputStream(compressed) {
                    {
                        def.setLevel(9);
                    }
                }) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
