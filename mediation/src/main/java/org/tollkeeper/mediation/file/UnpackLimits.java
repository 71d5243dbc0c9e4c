package org.tollkeeper.mediation.file;

/// How much a file may unpack to before it is taken for a trap.
///
/// @param decodedBytes in all
/// @param ratio decoded bytes for each packed one, once [#FREE_BYTES] are passed
/// @param memberCount files and folders in an archive
public record UnpackLimits(long decodedBytes, int ratio, int memberCount) {

    static final long FREE_BYTES = 64L << 20;

    public static final UnpackLimits USUAL = new UnpackLimits(256L << 30, 500, 10_000);

    void check(long packed, long decoded) throws CorruptFileException {
        if (decoded > decodedBytes || (decoded > FREE_BYTES && decoded / ratio > packed)) {
            throw new CorruptFileException(
                    "the file unpacks to more than %,d bytes, which is more than is allowed"
                            .formatted(decoded));
        }
    }
}
