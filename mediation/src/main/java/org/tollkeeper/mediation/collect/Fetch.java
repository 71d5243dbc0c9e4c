package org.tollkeeper.mediation.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.file.Archive.HexDigest;
import org.tollkeeper.model.Digests;
import org.tollkeeper.model.Pickup;

/// The way of a file from a pickup's folder into the inbox: into a `.part` beside its place, forced
/// to disk, compared with what the host says of it now, hashed, renamed. A file that is there
/// already is never written over.
///
/// A transfer that broke off goes on where the part was last known to be on disk: every
/// [#CHECKPOINT_BYTES] the part is forced before more is written, so all but the last stretch of a
/// part is whole whatever became of the machine.
public final class Fetch {

    static final long CHECKPOINT_BYTES = 8L << 20;

    private static final int BUFFER_BYTES = 128 * 1024;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Pickup pickup;
    private final Path inbox;
    private final Path place;
    private final long checkpointBytes;

    public Fetch(Pickup pickup, Path inbox) {
        this(pickup, inbox, CHECKPOINT_BYTES);
    }

    Fetch(Pickup pickup, Path inbox, long checkpointBytes) {
        this.pickup = pickup;
        this.inbox = inbox;
        this.place = inbox.resolve(pickup.switchId());
        this.checkpointBytes = checkpointBytes;
    }

    /// What was fetched.
    ///
    /// @param path below the inbox
    /// @param sha256 of the bytes as they came
    public record Fetched(String path, HexDigest sha256) {}

    /// Fetches a file whose name has no fault.
    ///
    /// @return null when it changed meanwhile; what was fetched is thrown away
    public @Nullable Fetched file(RemoteFolder folder, RemoteFile file) throws IOException {
        Files.createDirectories(place);
        Path part = place.resolve(partName(file));
        boolean isWhole = transfer(folder, file, part);
        if (!isWhole || !file.equals(folder.look(file.name()))) {
            Files.deleteIfExists(part);
            return null;
        }
        HexDigest sha256 = sha256(part);
        Path target = target(file, sha256);
        if (Files.exists(target)) {
            Files.delete(part);
        } else {
            Path home = target.resolveSibling(".");
            Files.createDirectories(home);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            force(home);
        }
        return new Fetched(inbox.relativize(target).toString().replace('\\', '/'), sha256);
    }

    /// Removes what earlier transfers of this pickup left that will not go on.
    public void clearParts(Set<RemoteFile> expected) throws IOException {
        if (!Files.isDirectory(place)) {
            return;
        }
        Set<String> names = expected.stream().map(this::partName).collect(Collectors.toSet());
        try (Stream<Path> entries = Files.list(place)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if (name.startsWith(partPrefix())
                        && name.endsWith(".part")
                        && !names.contains(name)) {
                    Files.delete(entry);
                }
            }
        }
    }

    private String partPrefix() {
        return "." + pickup.id() + "~";
    }

    private String partName(RemoteFile file) {
        String identity =
                String.join(
                        "\n",
                        pickup.host(),
                        Integer.toString(pickup.port()),
                        pickup.folder(),
                        file.name(),
                        Long.toString(file.sizeBytes()),
                        Long.toString(file.modifiedSeconds()));
        byte[] hash = Digests.sha256().digest(identity.getBytes(UTF_8));
        return partPrefix() + HexFormat.of().formatHex(hash, 0, 12) + ".part";
    }

    /// @return whether exactly as many bytes came as the host said
    private boolean transfer(RemoteFolder folder, RemoteFile file, Path part) throws IOException {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long at = Math.max(0, Math.min(channel.size(), file.sizeBytes()) - 1);
            at -= at % checkpointBytes;
            channel.truncate(at);
            channel.position(at);
            long total = copy(folder, file, channel, at);
            channel.force(true);
            return total == file.sizeBytes();
        }
    }

    private long copy(RemoteFolder folder, RemoteFile file, FileChannel channel, long from)
            throws IOException {
        long at = from;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = folder.read(file.name(), from)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (at + n > file.sizeBytes()) {
                    return at + n;
                }
                int written = 0;
                while (written < n) {
                    long toCheckpoint = checkpointBytes - at % checkpointBytes;
                    int some = (int) Math.min(n - written, toCheckpoint);
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, written, some);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    written += some;
                    at += some;
                    if (at % checkpointBytes == 0) {
                        channel.force(true);
                    }
                }
            }
        }
        return at;
    }

    /// Its own name in the switch's folder; where another file has it, the same name in a folder
    /// named by the time of the file, and so on until there is a place.
    private Path target(RemoteFile file, HexDigest sha256) throws IOException {
        Path target = place.resolve(file.name());
        String stamp = "~" + STAMP.format(Instant.ofEpochSecond(file.modifiedSeconds()));
        for (int i = 1; Files.exists(target) && !sha256.equals(sha256(target)); i++) {
            target = place.resolve(i == 1 ? stamp : stamp + "-" + i).resolve(file.name());
        }
        return target;
    }

    private static HexDigest sha256(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return new HexDigest("");
        }
        MessageDigest digest = Digests.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return new HexDigest(HexFormat.of().formatHex(digest.digest()));
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
