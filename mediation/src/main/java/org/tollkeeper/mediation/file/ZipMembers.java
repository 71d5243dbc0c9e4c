package org.tollkeeper.mediation.file;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.tollkeeper.mediation.file.Archive.HexDigest;
import org.tollkeeper.model.Digests;

/// The files in a zip archive, by their names. Nothing of it is ever written to disk under a name
/// of its own, yet an archive with a name that would lead out of a folder is refused as a whole,
/// for whoever packed it meant no good. A member may be packed once more (`.gz`, `.zst`, `.bz2`),
/// but not be an archive.
final class ZipMembers {

    private static final int LONGEST_NAME_BYTES = 1_000;
    private static final int BUFFER_BYTES = 256 * 1024;

    /// A directory of 10,000 files with long names is a tenth of it.
    private static final long LARGEST_DIRECTORY_BYTES = 16 << 20;

    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final byte[] END_MARK = {'P', 'K', 5, 6};
    private static final byte[] WIDE_END_MARK = {'P', 'K', 6, 6};

    private ZipMembers() {}

    /// What a member holds.
    record Content(HexDigest sha256, long decodedBytes) {}

    /// The names of its files, as its directory has them; folders and files on their way are none.
    ///
    /// @throws CorruptFileException if it is no zip archive, or one that is refused
    static List<String> names(Path zip, UnpackLimits limits) throws IOException {
        checkDirectory(zip);
        try (ZipFile file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8)) {
            return names(file, limits);
        } catch (ZipException | RuntimeException e) {
            throw corrupt(e);
        }
    }

    /// Reads every member to its end.
    ///
    /// @throws CorruptFileException if any of them is damaged, or together they are too much
    static Map<String, Content> verify(Path zip, UnpackLimits limits) throws IOException {
        checkDirectory(zip);
        long packedBytes = Files.size(zip);
        long decodedBytes = 0;
        Map<String, Content> contents = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8)) {
            for (String name : names(file, limits)) {
                Content content = verify(file, name, limits, packedBytes, decodedBytes);
                decodedBytes += content.decodedBytes();
                contents.put(name, content);
            }
        } catch (ZipException | EOFException | RuntimeException e) {
            throw corrupt(e);
        }
        return contents;
    }

    /// The decoded content of a member; closing it closes the archive.
    static InputStream open(Path zip, String name) throws IOException {
        if (!Files.exists(zip)) {
            throw new NoSuchFileException(zip.toString());
        }
        ZipFile file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8);
        boolean done = false;
        try {
            InputStream raw = file.getInputStream(entry(file, name));
            InputStream content = Packing.of(name).unpack(raw);
            done = true;
            return new FilterInputStream(content) {
                @Override
                public void close() throws IOException {
                    try (file) {
                        super.close();
                    }
                }
            };
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private static Content verify(
            ZipFile file, String name, UnpackLimits limits, long packedBytes, long before)
            throws IOException {
        ZipEntry entry = entry(file, name);
        MessageDigest digest = Digests.sha256();
        long count = 0;
        try (Checked raw = new Checked(file.getInputStream(entry))) {
            InputStream decoded = Packing.of(name).unpack(raw);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = decoded.read(buffer); n >= 0; n = decoded.read(buffer)) {
                digest.update(buffer, 0, n);
                count += n;
                limits.check(packedBytes, before + count);
            }
            raw.drain();
            if (raw.crc.getValue() != entry.getCrc() || raw.byteCount != entry.getSize()) {
                throw new CorruptFileException("its checksum or length is wrong");
            }
        } catch (CorruptFileException | ZipException | EOFException e) {
            throw new CorruptFileException(
                    "the zip file is damaged in its member %s: %s".formatted(name, e.getMessage()));
        }
        return new Content(new HexDigest(HexFormat.of().formatHex(digest.digest())), count);
    }

    private static ZipEntry entry(ZipFile file, String name) throws CorruptFileException {
        ZipEntry entry = file.getEntry(name);
        if (entry == null) {
            throw new CorruptFileException("the zip file has no member " + name);
        }
        return entry;
    }

    private static List<String> names(ZipFile file, UnpackLimits limits)
            throws CorruptFileException {
        if (file.size() > limits.memberCount()) {
            throw new CorruptFileException(
                    "the zip file has %,d members; expected %,d at most"
                            .formatted(file.size(), limits.memberCount()));
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ZipEntry entry : Collections.list(file.entries())) {
            String name = entry.getName();
            checkName(name, entry.isDirectory());
            if (!seen.add(name)) {
                throw new CorruptFileException("the zip file has two members " + name);
            }
            if (!entry.isDirectory() && !Inbox.isUnfinished(name)) {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            throw new CorruptFileException("the zip file holds no files");
        }
        return names;
    }

    private static void checkName(String name, boolean isFolder) throws CorruptFileException {
        String path = isFolder ? name.substring(0, name.length() - 1) : name;
        boolean isHostile =
                path.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES
                        || path.indexOf('\\') >= 0
                        || path.matches("[A-Za-z]:.*")
                        || path.codePoints().anyMatch(ZipMembers::isUnprintable);
        for (String step : path.split("/", -1)) {
            isHostile |= step.isEmpty() || step.equals(".") || step.equals("..");
        }
        if (isHostile) {
            throw new CorruptFileException(
                    "the zip file has a member whose name is refused: '%s'".formatted(shown(name)));
        }
        if (Packing.of(path) == Packing.ZIP && !isFolder) {
            throw new CorruptFileException("the zip file holds another: " + name);
        }
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || c == 0xfffd;
    }

    private static String shown(String name) {
        String start = name.length() <= 80 ? name : name.substring(0, 80) + "…";
        StringBuilder shown = new StringBuilder();
        start.codePoints().forEach(c -> shown.appendCodePoint(isUnprintable(c) ? '?' : c));
        return shown.toString();
    }

    private static CorruptFileException corrupt(Exception e) {
        return new CorruptFileException(
                "the zip file is damaged, cut short, encrypted or of an unknown kind: "
                        + String.valueOf(e.getMessage()));
    }

    /// The directory is read into memory before anything else of it can be looked at, so its size
    /// is looked up first, wherever the end of the archive may be taken to stand.
    private static void checkDirectory(Path zip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
            int tailBytes = (int) Math.min(file.length(), END_BYTES + LONGEST_COMMENT + 76L);
            byte[] tail = new byte[tailBytes];
            file.seek(file.length() - tailBytes);
            file.readFully(tail);
            for (int at = 0; at + END_BYTES <= tailBytes; at++) {
                long directoryBytes = 0;
                if (startsWith(tail, at, END_MARK)) {
                    directoryBytes = little(tail, at + 12, 4);
                    directoryBytes = directoryBytes == 0xffff_ffffL ? 0 : directoryBytes;
                } else if (startsWith(tail, at, WIDE_END_MARK) && at + 48 <= tailBytes) {
                    directoryBytes = little(tail, at + 40, 8);
                }
                if (directoryBytes < 0 || directoryBytes > LARGEST_DIRECTORY_BYTES) {
                    throw new CorruptFileException(
                            "the zip file's directory is %,d bytes long; expected %,d at most"
                                    .formatted(directoryBytes, LARGEST_DIRECTORY_BYTES));
                }
            }
        }
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static long little(byte[] bytes, int at, int count) {
        long number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = number << 8 | (bytes[at + i] & 0xff);
        }
        return number;
    }

    /// A member as it is packed in the archive, with its checksum and length.
    private static final class Checked extends FilterInputStream {

        private final CRC32 crc = new CRC32();
        private long byteCount;

        Checked(InputStream in) {
            super(in);
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
                crc.update(bytes, offset, count);
                byteCount += count;
            }
            return count;
        }

        void drain() throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (read(buffer, 0, buffer.length) >= 0) {
                // what a reader leaves counts for the checksum all the same
            }
        }
    }
}
