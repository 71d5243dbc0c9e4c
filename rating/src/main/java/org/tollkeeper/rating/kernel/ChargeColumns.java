package org.tollkeeper.rating.kernel;

/// What became of the calls of a [CallColumns], line by line.
public final class ChargeColumns {

    /// The line holds a charge.
    public static final byte PRICED = 0;

    /// The call takes the rater: its price depends on the volume, on the end of a band, or on more
    /// digits than the kernel computes with.
    public static final byte ASK_RATER = -1;

    /// [#PRICED], [#ASK_RATER], or the code of the reason for which the call is suspended.
    public final byte[] status;

    /// Which of the kernel's agreements.
    public final int[] agreement;

    /// Which of the kernel's deck rows.
    public final int[] row;

    public final int[] actualSeconds;
    public final int[] billedSeconds;
    public final long[] chargeNanos;

    public ChargeColumns(int capacity) {
        status = new byte[capacity];
        agreement = new int[capacity];
        row = new int[capacity];
        actualSeconds = new int[capacity];
        billedSeconds = new int[capacity];
        chargeNanos = new long[capacity];
    }
}
