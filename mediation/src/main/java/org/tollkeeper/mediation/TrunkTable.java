package org.tollkeeper.mediation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// Whose traffic the trunks of one switch carry.
///
/// Of several rows of an ingress trunk, the one with the longest `strip` that the called number
/// begins with decides; if none does, the trunk is unknown. The rows of an egress trunk name one
/// carrier, and their `strip` and `add` change nothing.
public final class TrunkTable {

    private static final Comparator<Trunk> LONGEST_STRIP_FIRST =
            Comparator.comparingInt((Trunk trunk) -> -trunk.strip().length())
                    .thenComparing(Trunk::strip)
                    .thenComparing(Trunk::product);

    private final Map<String, List<Trunk>> ingress = new HashMap<>();
    private final Map<String, List<Trunk>> egress = new HashMap<>();
    private final ToIntFunction<String> carriers;

    /// @param carriers a carrier's number by its name
    public TrunkTable(Iterable<Trunk> trunks, ToIntFunction<String> carriers) {
        this.carriers = carriers;
        for (Trunk trunk : trunks) {
            if (trunk.direction() != TrunkDirection.OUT) {
                ingress.computeIfAbsent(trunk.trunk(), name -> new ArrayList<>()).add(trunk);
            }
            if (trunk.direction() != TrunkDirection.IN) {
                egress.computeIfAbsent(trunk.trunk(), name -> new ArrayList<>()).add(trunk);
            }
        }
        ingress.values().forEach(rows -> rows.sort(LONGEST_STRIP_FIRST));
        egress.values().forEach(rows -> rows.sort(LONGEST_STRIP_FIRST.reversed()));
    }

    /// The way in; null = the trunk is unknown.
    ///
    /// @param trunk empty = our own network
    /// @param called without URI, blanks and punctuation, its leading `+` still there
    public @Nullable Route ingress(String trunk, String called, LocalDate day) {
        if (trunk.isEmpty()) {
            return new Route(0, "", called);
        }
        for (Trunk row : ingress.getOrDefault(trunk, List.of())) {
            if (row.inForceOn(day) && called.startsWith(row.strip())) {
                String rest = called.substring(row.strip().length());
                return new Route(
                        carriers.applyAsInt(row.carrier()),
                        row.product(),
                        row.add().isEmpty() ? rest : row.add() + rest);
            }
        }
        return null;
    }

    /// The way out; null = the trunk is unknown.
    public @Nullable Route egress(String trunk, String called, LocalDate day) {
        if (trunk.isEmpty()) {
            return new Route(0, "", called);
        }
        for (Trunk row : egress.getOrDefault(trunk, List.of())) {
            if (row.inForceOn(day)) {
                return new Route(carriers.applyAsInt(row.carrier()), row.product(), called);
            }
        }
        return null;
    }
}
