package org.tollkeeper.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Digests;

/// The SHA-256 of a part of the program, of the Java that runs it and of the rules of its time
/// zones: as long as it stays the same, the same input gives what it gave before.
public final class ProgramDigest {

    private ProgramDigest() {}

    /// The digest of the jars, or the folders of classes, that some classes are in; null when it
    /// cannot be told, since the program's own files are not at hand.
    public static byte @Nullable [] of(Class<?>... types) {
        MessageDigest digest = Digests.sha256();
        digest.update(Runtime.version().toString().getBytes(UTF_8));
        digest.update(ZoneRulesProvider.getVersions("UTC").lastKey().getBytes(UTF_8));
        for (Class<?> type : types) {
            @Nullable Path program = program(type);
            if (program == null) {
                return null;
            }
            add(digest, program);
        }
        return digest.digest();
    }

    /// The jar or the folder of classes that a class is in.
    private static @Nullable Path program(Class<?> type) {
        @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path: " + source.getLocation(), e);
        }
    }

    /// Adds the names and contents of all files below a folder, or those of one file.
    public static void add(MessageDigest digest, Path below) {
        try (Stream<Path> all = Files.walk(below)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                byte[] bytes = Files.readAllBytes(file);
                digest.update(
                        "%s %d\n".formatted(below.relativize(file), bytes.length).getBytes(UTF_8));
                digest.update(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(below + " cannot be read", e);
        }
    }
}
