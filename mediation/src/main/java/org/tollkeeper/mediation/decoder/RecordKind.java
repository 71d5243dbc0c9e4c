package org.tollkeeper.mediation.decoder;

/// What a record says about its call. Records of one call share switch, call id and leg id.
public enum RecordKind {
    /// The whole call; nothing else belongs to it.
    FULL(1),
    /// The whole call, which [#UPDATE] and [#MEDIA] records may join, before it or after it, and an
    /// [#END] with the way out where each leg has a record of its own.
    STOP(2),
    /// One of the consecutive parts of a long call: it has a sequence from 1, and the last one is
    /// final. Once the final part and all before it are there, they are one call: setup, connect,
    /// trunks and numbers of the first, release, cause and quality of the last, the sum of the
    /// durations.
    PART(3),
    /// The beginning of a call whose [#END] is another record, such as the 200 to an INVITE.
    START(4),
    /// The end of a call whose beginning is a [#START], such as a BYE. What it says of release,
    /// duration, cause and quality holds; for the rest it fills what the start leaves empty.
    END(5),
    /// An interim or start notice that the [#STOP] (or the start and end) of its call supersedes:
    /// cumulative sessions, intermediate and connect records. Never a call by itself.
    UPDATE(6),
    /// Quality of a call: its codec, opinion score, post-dial delay and details fill what the call
    /// leaves empty. Never a call by itself.
    MEDIA(7);

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    /// The number that stands for it in the database.
    public int code() {
        return code;
    }

    /// The kind with this number.
    ///
    /// @throws IllegalArgumentException if none has it
    public static RecordKind ofCode(int code) {
        for (RecordKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of record has the code " + code);
    }
}
