package org.tollkeeper.mediation.store;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.Assembly;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.Part;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.mediation.store.CallSlices.Place;
import org.tollkeeper.mediation.store.CallSlices.Placed;
import org.tollkeeper.mediation.store.CallSlices.Unplaced;
import org.tollkeeper.mediation.store.Fingerprints.Original;
import org.tollkeeper.mediation.store.PartRows.Group;
import org.tollkeeper.mediation.store.PartRows.Stored;

/// Brings the calls of some groups of parts to what all their parts come to now: writes calls that
/// became whole, replaces calls that a late record changes, ends parts whose call came whole
/// before, and moves the counts of the files the parts stand in.
final class Joining {

    /// A call to write, and the parts it is made of.
    private record NewCall(List<Stored> parts, Leg call) {}

    /// The key of a call to write.
    ///
    /// @param isPart whether it is that of a part that is the whole call
    private record Print(Key key, boolean isNew, boolean isPart) {}

    private final Batch batch;
    private final int switchNumber;
    private final Fingerprints fingerprints;
    private final Ledger ledger;

    private final List<NewCall> newCalls = new ArrayList<>();
    private final Set<Place> takenOut = new LinkedHashSet<>();
    private final List<Stored> placed = new ArrayList<>();

    Joining(Batch batch, int switchNumber) {
        this.batch = batch;
        this.switchNumber = switchNumber;
        this.fingerprints = batch.fingerprints();
        this.ledger = batch.ledger();
    }

    void join(List<Group> groups) throws SQLException {
        bring(groups, this::plan);
    }

    /// Makes calls of what is there of groups whose final part is waited for no longer.
    void close(List<Group> groups) throws SQLException {
        bring(groups, this::planOrphans);
    }

    private void bring(List<Group> groups, Consumer<List<Stored>> planned) throws SQLException {
        batch.duplicates().settle();
        Map<Group, List<Stored>> byGroup = new LinkedHashMap<>();
        for (Stored part : PartRows.ofGroups(batch.connection(), switchNumber, groups)) {
            byGroup.computeIfAbsent(part.group(), g -> new ArrayList<>()).add(part);
        }
        byGroup.values().forEach(planned);
        CallSlices.takeOut(batch.connection(), List.copyOf(takenOut), batch.publication());
        write();
        PartRows.place(batch.connection(), placed);
        newCalls.clear();
        takenOut.clear();
        placed.clear();
    }

    private void plan(List<Stored> group) {
        Map<Part, Stored> stored = new HashMap<>();
        group.forEach(part -> stored.put(part.part(), part));
        Set<Stored> inCalls = new HashSet<>();
        Set<Place> gone = new HashSet<>();
        for (Assembly.Joined joined : Assembly.calls(parts(group))) {
            List<Stored> parts = joined.parts().stream().map(stored::get).toList();
            inCalls.addAll(parts);
            Set<Place> places = new HashSet<>();
            parts.stream().map(Stored::place).filter(p -> p != null).forEach(places::add);
            Place standing = standing(group, joined, places);
            if (standing == null) {
                gone.addAll(places);
                newCalls.add(new NewCall(parts, joined.call()));
            } else {
                parts.stream()
                        .filter(part -> part.place() == null)
                        .forEach(part -> move(part, standing, false));
            }
        }
        takenOut.addAll(gone);
        for (Stored part : group) {
            if (part.place() != null && gone.contains(part.place()) && !inCalls.contains(part)) {
                move(part, null, false);
            }
        }
    }

    /// A call closed before stays as it is unless another part has come.
    private void planOrphans(List<Stored> group) {
        Map<Part, Stored> stored = new HashMap<>();
        group.forEach(part -> stored.put(part.part(), part));
        for (Assembly.Joined orphan : Assembly.orphans(parts(group))) {
            List<Stored> parts = orphan.parts().stream().map(stored::get).toList();
            if (parts.stream().anyMatch(part -> part.place() == null)) {
                parts.stream()
                        .map(Stored::place)
                        .filter(place -> place != null)
                        .forEach(takenOut::add);
                newCalls.add(new NewCall(parts, orphan.call()));
            }
        }
    }

    /// The place of the call if it stands already as it is now.
    private static @Nullable Place standing(
            List<Stored> group, Assembly.Joined joined, Set<Place> places) {
        if (places.size() != 1) {
            return null;
        }
        Place place = places.iterator().next();
        List<Stored> before = group.stream().filter(p -> place.equals(p.place())).toList();
        List<Assembly.Joined> earlier = Assembly.calls(parts(before));
        return earlier.size() == 1
                        && earlier.getFirst().call().equals(joined.call())
                        && earlier.getFirst().parts().getFirst().equals(joined.parts().getFirst())
                        && joined.parts().containsAll(parts(before))
                ? place
                : null;
    }

    private static List<Part> parts(Collection<Stored> stored) {
        return stored.stream().map(Stored::part).toList();
    }

    private void write() throws SQLException {
        List<Key> keys = new ArrayList<>();
        for (NewCall call : newCalls) {
            keys.add(fingerprints.keys().ofWhole(switchNumber, call.call()));
        }
        boolean[] isNew = fingerprints.take(batch, keys);
        Map<Key, Original> originals = originals(keys, isNew);
        List<NewCall> calls = new ArrayList<>();
        List<Print> prints = new ArrayList<>();
        Map<NewCall, Key> duplicates = new LinkedHashMap<>();
        for (int i = 0; i < isNew.length; i++) {
            NewCall call = newCalls.get(i);
            Original original = originals.get(keys.get(i));
            if (original != null && !isWhole(call) && !takenOut.contains(place(original))) {
                duplicates.put(call, original.key());
            } else {
                calls.add(call);
                boolean isPart = original != null && original.slice() == 0;
                prints.add(new Print(keys.get(i), isNew[i], isPart));
            }
        }
        writeCalls(calls, prints);
        writeDuplicates(duplicates);
    }

    private Map<Key, Original> originals(List<Key> keys, boolean[] isNew) throws SQLException {
        List<Key> known = new ArrayList<>();
        for (int i = 0; i < isNew.length; i++) {
            if (!isNew[i]) {
                known.add(keys.get(i));
            }
        }
        Map<Key, Original> originals = new HashMap<>();
        for (Original original : Fingerprints.originals(batch, known)) {
            originals.put(original.key(), original);
        }
        return originals;
    }

    private static Place place(Original original) {
        return new Place(
                LocalDate.ofEpochDay(original.key().epochDay()), original.slice(), original.n());
    }

    /// Whether one of the parts is the whole call, whose own key is that of the call.
    private static boolean isWhole(NewCall call) {
        return call.call().source().kind() == RecordKind.STOP;
    }

    private void writeCalls(List<NewCall> calls, List<Print> prints) throws SQLException {
        List<Unplaced> unplaced = new ArrayList<>();
        for (NewCall call : calls) {
            unplaced.add(new Unplaced(call.parts().getFirst().part().file(), call.call()));
        }
        List<Placed> rows = batch.slices().write(switchNumber, unplaced);
        List<Original> originals = new ArrayList<>();
        List<Original> moved = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Placed row = rows.get(i);
            LocalDate day = LocalDate.ofEpochDay(Key.epochDay(row.call().times().setupMs()));
            Place place = new Place(day, row.slice(), row.n());
            boolean isFirst = true;
            for (Stored part : calls.get(i).parts()) {
                move(part, place, isFirst);
                isFirst = false;
            }
            Print print = prints.get(i);
            Original original =
                    new Original(
                            print.key(),
                            row.file(),
                            row.call().source().record(),
                            row.call().source().content(),
                            row.slice(),
                            row.n());
            if (print.isNew()) {
                originals.add(original);
            } else if (!print.isPart()) {
                moved.add(original);
            }
        }
        Fingerprints.move(batch, moved);
        for (Original original : originals) {
            Fingerprints.insert(batch, original);
        }
    }

    private void writeDuplicates(Map<NewCall, Key> calls) throws SQLException {
        List<Stored> ended = new ArrayList<>();
        for (Map.Entry<NewCall, Key> call : calls.entrySet()) {
            for (Stored part : call.getKey().parts()) {
                batch.duplicates()
                        .add(
                                switchNumber,
                                part.part().file(),
                                part.part().leg(),
                                call.getKey().call(),
                                call.getValue());
                ended.add(part);
                ledger.move(
                        part.part().file(),
                        part.outcome(),
                        Outcome.DUPLICATE,
                        part.run() == batch.run().id());
            }
        }
        PartRows.end(batch.connection(), batch.publication(), ended);
    }

    private void move(Stored part, @Nullable Place place, boolean isFirst) {
        Stored now = new Stored(part.part(), part.publication(), part.run(), place, isFirst);
        if (part.outcome() != now.outcome()) {
            ledger.move(
                    part.part().file(),
                    part.outcome(),
                    now.outcome(),
                    part.run() == batch.run().id());
        }
        placed.add(now);
    }
}
