package org.tollkeeper.book;

import org.jspecify.annotations.Nullable;

/// A warning that many rows may deserve, given once, at the first of them, with their number.
final class Seldom {

    private final String consequence;
    private int count;
    private @Nullable Place first;
    private String found = "";

    Seldom(String consequence) {
        this.consequence = consequence;
    }

    void seen(Place place, String what) {
        count++;
        if (first == null) {
            first = place;
            found = what;
        }
    }

    void report(Findings findings) {
        if (first != null) {
            String more =
                    switch (count) {
                        case 1 -> "";
                        case 2 -> ", and the like in another row";
                        default -> ", and the like in " + (count - 1) + " other rows";
                    };
            findings.warn(first, found + more, consequence);
        }
    }
}
