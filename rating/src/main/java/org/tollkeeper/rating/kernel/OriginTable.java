package org.tollkeeper.rating.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The origin sets of a book: how long a prefix of the calling number each of them holds.
final class OriginTable {

    private static final int DEFAULT = -1;
    private static final int FEWEST_CALLING_DIGITS = 5;

    private final Map<String, Set<String>> origins;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<DigitTrie> tries = new ArrayList<>();

    OriginTable(Map<String, Set<String>> origins) {
        this.origins = origins;
    }

    /// The index of an origin set; the empty name is any origin.
    int index(String origin) {
        return origin.isEmpty() ? DEFAULT : indexes.computeIfAbsent(origin, this::add);
    }

    private int add(String origin) {
        DigitTrie trie = new DigitTrie();
        origins.getOrDefault(origin, Set.of()).forEach(code -> trie.put(code, code.length()));
        tries.add(trie);
        return tries.size() - 1;
    }

    /// How many digits of the calling number the set holds: 0 for any origin, -1 for none.
    int prefixLength(int index, long calling) {
        if (index == DEFAULT) {
            return 0;
        }
        if ((calling & 0x7f) < FEWEST_CALLING_DIGITS) {
            return -1;
        }
        int length = tries.get(index).longestPrefixOf(calling);
        return length == 0 ? -1 : length;
    }
}
