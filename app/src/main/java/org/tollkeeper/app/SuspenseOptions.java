package org.tollkeeper.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.store.SuspenseFilter;
import org.tollkeeper.model.Stage;
import org.tollkeeper.model.SuspenseReason;
import picocli.CommandLine.Option;

/// Which suspended records a command means; all unless told.
final class SuspenseOptions {

    /// What to do about sides that rating holds back.
    static final String SIDES_FOLLOW =
            "mend its agreement or deck in the book, with a rate of 0 for what is given away; the"
                    + " next nightly or rate prices it";

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Only what is held back for this reason, such as UNKNOWN_TRUNK.")
    private @Nullable String reason;

    @Option(names = "--switch", paramLabel = "ID", description = "Only records of this switch.")
    private @Nullable String switchId;

    @Option(
            names = "--trunk",
            paramLabel = "NAME",
            description = "Only records of this trunk, as the switch names it.")
    private @Nullable String trunk;

    @Option(
            names = "--older-than",
            paramLabel = "DAYS",
            description = "Only records set up more than so many days ago.")
    private @Nullable Integer olderThanDays;

    @Option(
            names = "--record",
            paramLabel = "FILE:N",
            description =
                    "Only this record, as the suspense export names it: the beginning of its"
                            + " file's SHA-256, at least 8 digits, and its number.")
    private @Nullable String record;

    /// Which records are meant, and which sides of calls that rating holds back.
    SuspenseFilter filter(Subcommand command) {
        String file = null;
        Integer number = null;
        if (record != null) {
            if (!record.toLowerCase(Locale.ROOT).matches("[0-9a-f]{8,64}:[0-9]{1,9}")) {
                throw command.wrongUsage(
                        "--record: '%s' is no record; expected one such as 3fa4c0de91b2:17"
                                .formatted(record));
            }
            int colon = record.indexOf(':');
            file = record.substring(0, colon).toLowerCase(Locale.ROOT);
            number = Integer.valueOf(record.substring(colon + 1));
        }
        if (olderThanDays != null && olderThanDays < 0) {
            throw command.wrongUsage("--older-than: a number of days from 0 on");
        }
        return new SuspenseFilter(
                reason == null ? null : reason(command, reason),
                switchId,
                trunk,
                olderThanDays == null
                        ? null
                        : command.place().clock().instant().minus(Duration.ofDays(olderThanDays)),
                file,
                number);
    }

    /// Which records are meant. What holds back a side of a call is refused: the record of the call
    /// is accepted.
    SuspenseFilter recordFilter(Subcommand command) {
        SuspenseFilter meant = filter(command);
        if (meant.reason() != null && meant.reason().stage() == Stage.RATING) {
            throw command.wrongUsage(
                    "--reason: %s holds back no record, but a side of a call; %s"
                            .formatted(meant.reason().label(), SIDES_FOLLOW));
        }
        return meant;
    }

    private static SuspenseReason reason(Subcommand command, String name) {
        return Arrays.stream(SuspenseReason.values())
                .filter(each -> each.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        command.wrongUsage(
                                "--reason: nothing is held back for '%s'; expected one of %s"
                                        .formatted(name, labels())));
    }

    private static String labels() {
        return Arrays.stream(SuspenseReason.values())
                .map(SuspenseReason::label)
                .collect(Collectors.joining(", "));
    }
}
