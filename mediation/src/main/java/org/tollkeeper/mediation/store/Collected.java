package org.tollkeeper.mediation.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run's round of the pickups came to.
public record Collected(List<Visit> visits) {

    /// Whether every folder was seen to its end.
    public boolean isComplete() {
        return visits.stream().allMatch(visit -> visit.failure() == null);
    }

    /// What the visit to one pickup came to.
    ///
    /// @param address for people, such as `sftp://us@host:22/export`
    /// @param fileCount files that are in the inbox now and were not before
    /// @param byteCount of them
    /// @param leftCount files still being written, or that changed while they were fetched
    /// @param refused what was not fetched or not moved, and why
    /// @param failure why the folder was not seen to its end; null = it was
    public record Visit(
            String pickup,
            String address,
            int fileCount,
            long byteCount,
            int leftCount,
            List<String> refused,
            @Nullable String failure) {}
}
