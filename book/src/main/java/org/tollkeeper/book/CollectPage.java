package org.tollkeeper.book;

import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Pickup;

/// `collect.yaml`: the folders on other hosts from which files are collected. It names no secret.
final class CollectPage {

    private static final List<String> KEYS =
            List.of(
                    "id",
                    "switch",
                    "host",
                    "port",
                    "user",
                    "hostKeys",
                    "keyFile",
                    "passwordVariable",
                    "folder",
                    "files",
                    "moveTo",
                    "quietSeconds",
                    "maxMegabytes");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ABSOLUTE = Pattern.compile("/[^\\p{Cntrl}]*");
    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]+");
    private static final int MOST_MEGABYTES = 1_000_000;

    private final Findings findings;
    private final @Nullable Set<String> switches;

    /// @param switches by name; null = they could not be read
    CollectPage(Findings findings, @Nullable Set<String> switches) {
        this.findings = findings;
        this.switches = switches;
    }

    /// Null when the file cannot be read at all.
    @Nullable List<Pickup> read(YamlPage page) {
        @Nullable List<YamlEntry> entries = page.entries("a pickup", KEYS);
        if (entries == null) {
            return null;
        }
        List<Pickup> pickups = new ArrayList<>();
        Map<String, Place> places = new HashMap<>();
        for (YamlEntry entry : entries) {
            Field id = entry.field("id");
            Once.check(places, id.fileName("the name of a pickup"), id);
            pickups.add(read(entry, id.text()));
        }
        return pickups;
    }

    private Pickup read(YamlEntry entry, String id) {
        String keyFile =
                entry.field("keyFile")
                        .matching(
                                ABSOLUTE,
                                "the path of a private key from the root, such as /etc/tollkeeper/key",
                                "write it whole; the key itself never stands in the book");
        String passwordVariable =
                entry.field("passwordVariable")
                        .matching(
                                VARIABLE,
                                "the name of an environment variable",
                                "write such as ACME_SFTP_PASSWORD; the password itself never stands in the book");
        if (!entry.field("keyFile").given() && !entry.field("passwordVariable").given()) {
            findings.error(
                    entry.place(),
                    "neither keyFile nor passwordVariable",
                    "one of them, to log in with",
                    "add it");
        }
        Field folder = entry.field("folder");
        Field moveTo = entry.field("moveTo");
        if (moveTo.given() && moveTo.text().equals(folder.text())) {
            moveTo.wrong("another folder than the one collected from", "name another");
        }
        return new Pickup(
                id,
                entry.field("switch").reference(switches, "a switch of switches.yaml", "mend it"),
                required(entry.field("host"), HOST, "the name or address of a host"),
                entry.field("port").whole(22, 1, 65_535),
                required(entry.field("user"), PATH, "the name to log in with"),
                hostKeys(entry),
                keyFile,
                passwordVariable,
                required(folder, PATH, "the path of a folder on the host"),
                glob(entry.field("files")),
                moveTo.matching(PATH, "the path of a folder on the host", "mend it"),
                entry.field("quietSeconds").whole(60, 0, 86_400),
                entry.field("maxMegabytes").whole(4_000, 1, MOST_MEGABYTES));
    }

    private static String required(Field field, Pattern pattern, String expected) {
        return field.given()
                ? field.matching(pattern, expected, "mend it")
                : field.required(expected);
    }

    private List<String> hostKeys(YamlEntry entry) {
        List<String> keys = new ArrayList<>();
        for (Field key : entry.fields("hostKeys")) {
            keys.add(
                    required(
                            key,
                            FINGERPRINT,
                            "a fingerprint as `ssh-keygen -lf` shows it, SHA256:… of 43 characters"));
        }
        if (keys.isEmpty()) {
            findings.error(
                    entry.place("hostKeys"),
                    "no hostKeys",
                    "a list of the fingerprints of the host's keys, SHA256:…",
                    "ask the host's owner for them, or look: ssh-keyscan HOST | ssh-keygen -lf -");
        }
        return keys;
    }

    private static String glob(Field files) {
        if (!files.given()) {
            return "*";
        }
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + files.text());
        } catch (PatternSyntaxException e) {
            files.wrong("a glob such as *.csv", "mend it: " + e.getDescription());
        }
        return files.text();
    }
}
