package org.tollkeeper.db.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tollkeeper.db.DatabaseException;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this machine, unpacked into the user's cache folder.
///
/// They come as an archive on the class path and are unpacked once per user and version. The folder
/// appears under its name by one rename, so that two first starts at once do not see each other's
/// half.
record PostgresBinaries(Path folder) {

    private static final int EXECUTABLE_BITS = 0111;
    private static final long PROGRAM_TIMEOUT_SECONDS = 600;

    /// Finds the programs in the cache folder the environment names, unpacking them if need be.
    static PostgresBinaries unpacked(Map<String, String> environment) {
        String archive = "/postgres-" + platform() + ".txz";
        URL url = PostgresBinaries.class.getResource(archive);
        if (url == null) {
            throw new DatabaseException(
                    "no PostgreSQL is packed for this machine (%s); name a server by --database"
                            .formatted(platform()));
        }
        Path cache = cacheFolder(environment);
        try {
            Path folder = cache.resolve("postgresql-" + platform() + "-" + fingerprint(url));
            if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
                Files.createDirectories(cache);
                unpack(url, folder);
            }
            return new PostgresBinaries(folder);
        } catch (IOException e) {
            throw new DatabaseException(
                    "PostgreSQL cannot be unpacked into %s; make it writable, or name another"
                                    .formatted(cache)
                            + " folder by XDG_CACHE_HOME, or a server by --database: "
                            + e,
                    e);
        }
    }

    /// The command that runs a program as a user PostgreSQL accepts: it refuses to run as root, so
    /// root runs it in a user namespace where nobody is root.
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "-U", "--"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /// Runs a program to its end.
    ///
    /// @throws DatabaseException with what it printed, when it fails
    void run(String program, List<String> arguments, Path outputFile) {
        try {
            Process process =
                    new ProcessBuilder(command(program, arguments))
                            .redirectErrorStream(true)
                            .redirectOutput(outputFile.toFile())
                            .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PROGRAM_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                String advice =
                        isRoot()
                                ? " (PostgreSQL refuses to run as root, and 'unshare -U' is the way"
                                        + " round it; where that is forbidden, run Tollkeeper as"
                                        + " another user or name a server by --database)"
                                : "";
                throw new DatabaseException(
                        "PostgreSQL's %s %s%s: %s"
                                .formatted(
                                        program,
                                        ended ? "failed" : "did not end",
                                        advice,
                                        Files.readString(outputFile).strip()));
            }
            Files.deleteIfExists(outputFile);
        } catch (IOException e) {
            throw new DatabaseException("PostgreSQL's " + program + " cannot be run: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while " + program + " ran", e);
        }
    }

    // Linux shows a process's user as the owner of its entry; elsewhere there is no unshare.
    static boolean isRoot() {
        Path self = Path.of("/proc/self");
        try {
            return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    static Path cacheFolder(Map<String, String> environment) {
        String cache = environment.get("XDG_CACHE_HOME");
        return cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "tollkeeper")
                : Path.of(cache, "tollkeeper");
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name =
                system.contains("linux")
                        ? "linux"
                        : system.contains("mac") ? "darwin" : system.replaceAll("\\W.*", "");
        String machine =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    case String other -> other;
                };
        String library = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine" : "";
        return name + "-" + machine + library;
    }

    // The checksum its jar keeps of the archive, so that no start has to read it.
    private static String fingerprint(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        long fingerprint =
                connection instanceof JarURLConnection jar
                        ? jar.getJarEntry().getCrc()
                        : connection.getContentLengthLong();
        return HexFormat.of().toHexDigits(fingerprint, 8);
    }

    private static void unpack(URL url, Path folder) throws IOException {
        Path unfinished =
                Files.createTempDirectory(folder.toAbsolutePath().getParent(), "unpacking-");
        try (InputStream in = new BufferedInputStream(url.openStream(), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished);
            }
        }
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            delete(unfinished);
            if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
                throw e;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("the archive names a file outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & EXECUTABLE_BITS) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException(path + " cannot be made executable");
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.toList();
        }
        for (Path path : paths.reversed()) {
            Files.deleteIfExists(path);
        }
    }
}
