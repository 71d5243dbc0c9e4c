package org.tollkeeper.rating.kernel;

/// Answered calls of one carrier, side and product, as columns.
public final class CallColumns {

    public final long[] connectMs;
    public final int[] durationMs;
    public final long[] calling;
    public final long[] called;
    public final long[] routing;
    public int count;

    public CallColumns(int capacity) {
        connectMs = new long[capacity];
        durationMs = new int[capacity];
        calling = new long[capacity];
        called = new long[capacity];
        routing = new long[capacity];
    }

    public boolean isFull() {
        return count == connectMs.length;
    }

    /// Adds a call; the numbers are packed digits.
    public void add(long atMs, int talkMs, long callingPacked, long calledPacked, long routed) {
        connectMs[count] = atMs;
        durationMs[count] = talkMs;
        calling[count] = callingPacked;
        called[count] = calledPacked;
        routing[count] = routed;
        count++;
    }
}
