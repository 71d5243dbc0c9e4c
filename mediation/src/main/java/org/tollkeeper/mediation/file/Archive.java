package org.tollkeeper.mediation.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Digests;

/// The folder that keeps every raw file as it came, under the hash of its bytes, such as
/// `3f/3fa9….gz`. A file is there whole or not at all, and never changes. A file in a zip archive
/// is a name in it, such as `3f/3fa9….zip/calls.csv`.
public final class Archive {

    private static final int BUFFER_BYTES = 256 * 1024;

    private static final String IN_ZIP = Packing.ZIP.suffix() + "/";

    private final Path folder;
    private final UnpackLimits limits;
    private final Zips zips = new Zips();

    public Archive(Path folder) {
        this(folder, UnpackLimits.USUAL);
    }

    public Archive(Path folder, UnpackLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /// A file in the archive, or on its way into it.
    ///
    /// @param path below the archive
    /// @param sha256 of the decoded content; of the raw bytes when it is corrupt
    /// @param corrupt why the content cannot be unpacked; null = it can
    public record Kept(
            String path, HexDigest sha256, long decodedBytes, @Nullable String corrupt) {}

    /// A SHA-256 in hexadecimal digits.
    public record HexDigest(String hex) {

        public byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    /// Takes a file in, unless it changes meanwhile: reads it once, to its last byte.
    ///
    /// @return null when the file changed, vanished or is not to be read now; nothing is kept then
    public @Nullable Kept keep(InboxFile source) throws IOException {
        Files.createDirectories(folder);
        if (Packing.of(source.file().toString()) == Packing.ZIP) {
            return zips.keep(source);
        }
        Path part = Files.createTempFile(folder, "incoming-", ".part");
        try {
            Packing packing = Packing.of(source.path());
            Kept kept = copy(source, packing, part);
            if (kept == null || hasChanged(source)) {
                return null;
            }
            shelve(part, kept.path());
            return kept;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void shelve(Path part, String path) throws IOException {
        Path place = folder.resolve(path);
        if (!Files.exists(place)) {
            Path shelf = folder.resolve(path.substring(0, 2));
            Files.createDirectories(shelf);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            force(shelf);
            force(folder);
        }
    }

    /// The decoded content of an archived file.
    public InputStream open(String path) throws IOException {
        int member = path.indexOf(IN_ZIP);
        if (member >= 0) {
            Path zip = folder.resolve(path.substring(0, member + IN_ZIP.length() - 1));
            return ZipMembers.open(zip, path.substring(member + IN_ZIP.length()));
        }
        return Packing.of(path).unpack(Files.newInputStream(folder.resolve(path)));
    }

    /// Takes zip archives in: each once, however many of its members are asked for.
    private final class Zips {

        private @Nullable InboxFile last;
        private String path = "";
        private Map<String, ZipMembers.Content> contents = Map.of();
        private @Nullable String corrupt;

        @Nullable Kept keep(InboxFile source) throws IOException {
            boolean isLast =
                    last != null
                            && last.file().equals(source.file())
                            && last.sizeBytes() == source.sizeBytes()
                            && last.modifiedMs() == source.modifiedMs();
            if (!isLast && !take(source)) {
                return null;
            }
            if (corrupt != null) {
                return new Kept(path, new HexDigest(rawHex()), 0, corrupt);
            }
            ZipMembers.Content content =
                    source.member() == null ? null : contents.get(source.member());
            // Null: it is another archive than the one that was listed.
            return content == null
                    ? null
                    : new Kept(
                            path + "/" + source.member(),
                            content.sha256(),
                            content.decodedBytes(),
                            null);
        }

        private String rawHex() {
            return path.substring(3, path.length() - Packing.ZIP.suffix().length());
        }

        private boolean take(InboxFile source) throws IOException {
            last = null;
            Path part = Files.createTempFile(folder, "incoming-", ".part");
            try {
                Kept raw = copy(source, Packing.PLAIN, part);
                if (raw == null) {
                    return false;
                }
                contents = Map.of();
                corrupt = null;
                try {
                    contents = ZipMembers.verify(part, limits);
                } catch (CorruptFileException e) {
                    corrupt = e.getMessage();
                }
                if (hasChanged(source)) {
                    return false;
                }
                path = raw.path() + Packing.ZIP.suffix();
                shelve(part, path);
                last = source;
                return true;
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private @Nullable Kept copy(InboxFile source, Packing packing, Path part) throws IOException {
        MessageDigest rawDigest = Digests.sha256();
        // What is not packed is its own content, and is hashed once.
        MessageDigest decodedDigest = packing == Packing.PLAIN ? null : Digests.sha256();
        String corrupt = null;
        long decodedBytes = 0;
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                Copying raw =
                        new Copying(Files.newInputStream(source.file()), rawDigest, channel)) {
            try (InputStream decoded = packing.unpack(new Unclosed(raw))) {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int n = decoded.read(buffer); n >= 0; n = decoded.read(buffer)) {
                    if (decodedDigest != null) {
                        decodedDigest.update(buffer, 0, n);
                    }
                    decodedBytes += n;
                    limits.check(raw.byteCount, decodedBytes);
                }
            } catch (CorruptFileException e) {
                corrupt = e.getMessage();
            }
            raw.transferTo(OutputStream.nullOutputStream());
            channel.force(true);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return null;
        }
        String rawHex = HexFormat.of().formatHex(rawDigest.digest());
        return new Kept(
                rawHex.substring(0, 2) + "/" + rawHex + packing.suffix(),
                new HexDigest(
                        corrupt == null && decodedDigest != null
                                ? HexFormat.of().formatHex(decodedDigest.digest())
                                : rawHex),
                decodedBytes,
                corrupt);
    }

    private static boolean hasChanged(InboxFile source) {
        try {
            return Files.size(source.file()) != source.sizeBytes()
                    || Files.getLastModifiedTime(source.file()).toMillis() != source.modifiedMs();
        } catch (IOException e) {
            return true;
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// A stream that writes what is read through it into the archive and counts it.
    private static final class Copying extends DigestInputStream {
        private final FileChannel copy;
        private long byteCount;

        Copying(InputStream in, MessageDigest digest, FileChannel copy) {
            super(in, digest);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                byteCount += count;
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
                while (buffer.hasRemaining()) {
                    copy.write(buffer);
                }
            }
            return count;
        }
    }

    /// A stream that stays open when whoever unpacks it is done.
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
