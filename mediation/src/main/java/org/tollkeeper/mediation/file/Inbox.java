package org.tollkeeper.mediation.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tollkeeper.mediation.decoder.MappingException;
import org.tollkeeper.model.Switch;

/// What lies in an inbox: a folder per switch, with files at any depth. Names that end in `.part`,
/// `.tmp` or `.filepart` belong to files still on their way. The files in a zip archive are files
/// as if it were a folder.
///
/// @param files of known switches, in the byte order of their paths
/// @param strangers folders and files that belong to no switch of the book, by name
public record Inbox(List<InboxFile> files, List<String> strangers) {

    private static final List<String> UNFINISHED = List.of(".part", ".tmp", ".filepart");

    private static final Comparator<InboxFile> BYTE_ORDER =
            Comparator.comparing(file -> file.path().getBytes(UTF_8), Arrays::compareUnsigned);

    /// Looks through an inbox once. A switch's glob is matched with the file's name, or with its
    /// path below the switch's folder if the glob has a `/`.
    public static Inbox scan(Path inbox, List<Switch> switches) throws IOException {
        if (!Files.isDirectory(inbox)) {
            throw new NotDirectoryException(inbox + " (the inbox) is not a folder");
        }
        Map<String, Switch> byName = new HashMap<>();
        switches.forEach(source -> byName.put(source.id(), source));
        List<InboxFile> files = new ArrayList<>();
        TreeSet<String> strangers = new TreeSet<>();
        try (Stream<Path> entries = Files.list(inbox)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                Switch source = byName.get(name);
                if (source != null && Files.isDirectory(entry)) {
                    collect(source, entry, files);
                } else if (Files.isDirectory(entry) || !isUnfinished(name)) {
                    strangers.add(name);
                }
            }
        }
        files.sort(BYTE_ORDER);
        return new Inbox(List.copyOf(files), List.copyOf(strangers));
    }

    private static void collect(Switch source, Path folder, List<InboxFile> files)
            throws IOException {
        PathMatcher glob = glob(source);
        boolean wholePath = source.files().contains("/");
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                Path below = folder.relativize(file);
                if (Files.isRegularFile(file)
                        && !isUnfinished(file.getFileName().toString())
                        && glob.matches(wholePath ? below : file.getFileName())) {
                    add(source, below, file, files);
                }
            }
        }
    }

    private static PathMatcher glob(Switch source) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + source.files());
        } catch (IllegalArgumentException e) {
            throw new MappingException(
                    source.id(),
                    "files is '%s'; expected a glob such as *.csv: %s"
                            .formatted(source.files(), e.getMessage()));
        }
    }

    private static void add(Switch source, Path below, Path file, List<InboxFile> files)
            throws IOException {
        StringBuilder path = new StringBuilder(source.id());
        below.forEach(name -> path.append('/').append(name));
        InboxFile found;
        try {
            found =
                    new InboxFile(
                            source.id(),
                            path.toString(),
                            file,
                            Files.size(file),
                            Files.getLastModifiedTime(file).toMillis());
        } catch (NoSuchFileException e) {
            // It was taken away since the folder was listed; then there is nothing to read.
            return;
        }
        if (Packing.of(found.path()) == Packing.ZIP) {
            addMembers(found, files);
        } else {
            files.add(found);
        }
    }

    /// The files in an archive stand for it. One that cannot be listed is a file that cannot be
    /// read, which is found out and told when it is its turn.
    private static void addMembers(InboxFile archive, List<InboxFile> files) throws IOException {
        List<String> names;
        try {
            names = ZipMembers.names(archive.file(), UnpackLimits.USUAL);
        } catch (CorruptFileException | FileNotFoundException | FileSystemException e) {
            files.add(archive);
            return;
        }
        names.forEach(name -> files.add(archive.member(name)));
    }

    static boolean isUnfinished(String name) {
        return UNFINISHED.stream().anyMatch(name::endsWith);
    }
}
