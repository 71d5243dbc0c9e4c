package org.tollkeeper.model;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A source of call detail records and how to read what it writes. Absent texts are empty.
///
/// @param format name of the CDR format, such as `freeswitch-csv`
/// @param timeZone of local stamps, and of the dates of the switch's trunks
/// @param files glob within the switch's inbox folder
/// @param sequence regular expression whose first group is a file's sequence number
/// @param countryCode put before national numbers
/// @param shortCodes called numbers that no numbering rule touches
/// @param mapping for mapped formats: the YAML under `mapping`, as JSON; else empty
/// @param expectedFiles null = none is missed
/// @param orphanAfterHours after so many hours without another part a long call counts as ended
///   although its final part never came; null = it is waited for
public record Switch(
        String id,
        String format,
        ZoneId timeZone,
        String files,
        String sequence,
        String countryCode,
        String nationalPrefix,
        String internationalPrefix,
        List<String> shortCodes,
        String mapping,
        @Nullable ExpectedFiles expectedFiles,
        @Nullable Integer orphanAfterHours) {

    /// A switch that is not missed when it is silent, and whose long calls are waited for.
    public Switch(
            String id,
            String format,
            ZoneId timeZone,
            String files,
            String sequence,
            String countryCode,
            String nationalPrefix,
            String internationalPrefix,
            List<String> shortCodes,
            String mapping) {
        this(
                id,
                format,
                timeZone,
                files,
                sequence,
                countryCode,
                nationalPrefix,
                internationalPrefix,
                shortCodes,
                mapping,
                null,
                null);
    }
}
