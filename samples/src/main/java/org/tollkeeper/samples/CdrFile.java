package org.tollkeeper.samples;

import java.util.ArrayList;
import java.util.List;

/// A file in the inbox.
///
/// @param name without the `.gz` of a compressed file
/// @param outcome what mediation is to make of the file as a whole
record CdrFile(String switchId, String name, boolean gzip, Outcome outcome, List<CdrLine> lines) {

    /// What becomes of a whole file.
    enum Outcome {
        READ,
        /// The content is there under another name.
        DUPLICATE,
        /// Its name says that it is not complete.
        IGNORED
    }

    CdrFile {
        lines = List.copyOf(lines);
    }

    String path() {
        return switchId + "/" + name + (gzip ? ".gz" : "");
    }

    /// The decoded content; a torn record has no end of line.
    String text() {
        StringBuilder text = new StringBuilder();
        for (CdrLine line : lines) {
            text.append(line.text());
            if (line.fate() != Fate.MALFORMED) {
                text.append('\n');
            }
        }
        return text.toString();
    }

    CdrFile withLines(List<CdrLine> others) {
        return new CdrFile(switchId, name, gzip, outcome, others);
    }

    CdrFile withLine(int index, CdrLine line) {
        List<CdrLine> longer = new ArrayList<>(lines);
        longer.add(index, line);
        return withLines(longer);
    }
}
