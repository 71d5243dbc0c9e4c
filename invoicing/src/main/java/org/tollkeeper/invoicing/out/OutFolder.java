package org.tollkeeper.invoicing.out;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tollkeeper.model.Digests;

/// The folder `--out`: files appear whole, one that would not change is not touched, and what is no
/// longer called for is removed.
public final class OutFolder {

    private final Path root;
    private int writtenCount;
    private int unchangedCount;
    private int removedCount;

    public OutFolder(Path root) {
        this.root = root;
    }

    /// Writes a file, unless it has this content already.
    ///
    /// @param name below the folder, with `/`
    public void put(String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        if (Files.isRegularFile(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            unchangedCount++;
            return;
        }
        Path part = part(name);
        Files.write(part, content);
        replace(part, file);
    }

    /// Where a file that is too long for memory is written to, before [#settle].
    public Path part(String name) throws IOException {
        Path part = root.resolve(name + ".part");
        Files.createDirectories(part.resolve("..").normalize());
        return part;
    }

    /// Lets a file appear that was written beside its place, unless it has this content already.
    public void settle(String name) throws IOException {
        Path part = root.resolve(name + ".part");
        Path file = root.resolve(name);
        if (Files.isRegularFile(file) && Files.mismatch(part, file) < 0) {
            Files.delete(part);
            unchangedCount++;
        } else {
            replace(part, file);
        }
    }

    private void replace(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        writtenCount++;
    }

    /// Whether a file has a content, told by its SHA-256 in hexadecimal.
    public boolean has(String name, String sha256) throws IOException {
        Path file = root.resolve(name);
        return Files.isRegularFile(file) && sha256(file).equals(sha256);
    }

    /// The SHA-256 of a file, in hexadecimal.
    public static String sha256(Path file) throws IOException {
        try (DigestInputStream bytes =
                new DigestInputStream(Files.newInputStream(file), Digests.sha256())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
        }
    }

    /// Counts files that are known to be as they should.
    public void keep(int count) {
        unchangedCount += count;
    }

    /// Removes the files of a folder whose names have one of our shapes but are not in `names`.
    public void removeOthers(String folder, Pattern shape, Set<String> names) throws IOException {
        Path below = root.resolve(folder);
        if (!Files.isDirectory(below)) {
            return;
        }
        List<Path> gone;
        try (Stream<Path> files = Files.list(below)) {
            gone =
                    files.filter(file -> shape.matcher(file.getFileName().toString()).matches())
                            .filter(file -> !names.contains(file.getFileName().toString()))
                            .toList();
        }
        for (Path file : gone) {
            Files.delete(file);
            removedCount++;
        }
    }

    public int writtenCount() {
        return writtenCount;
    }

    public int unchangedCount() {
        return unchangedCount;
    }

    public int removedCount() {
        return removedCount;
    }
}
