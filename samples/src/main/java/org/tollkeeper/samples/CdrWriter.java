package org.tollkeeper.samples;

/// Writes the record of a call as a switch does.
@FunctionalInterface
interface CdrWriter {
    CdrLine write(Call call);
}
