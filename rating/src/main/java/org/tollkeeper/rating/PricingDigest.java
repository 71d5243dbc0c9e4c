package org.tollkeeper.rating;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.PriceList.Price;

/// Digests all that prices the calls of one carrier and side on one UTC day. As long as a day's
/// digest stays the same, its charges stand; a book that changes another day's prices leaves it
/// alone, since what lies outside the day is not looked at.
public final class PricingDigest {

    /// A call lasts less than 25 days, and its bands are read up to its end.
    private static final int LONGEST_CALL_DAYS = 25;

    private final RowDigests rows = new RowDigests();
    private final Rater rater;
    private final TieredDestinations tiered;
    private final Map<PriceList, ListDigest> lists = new HashMap<>();
    private final long originsDigest;
    private final long statesDigest;

    public PricingDigest(Book book, Rater rater, TieredDestinations tiered) {
        this.rater = rater;
        this.tiered = tiered;
        FieldDigest origins = new FieldDigest();
        new TreeMap<>(book.origins())
                .forEach((origin, codes) -> {
                    origins.add(origin).add(codes.size());
                    new TreeSet<>(codes).forEach(origins::add);
                });
        originsDigest = origins.value();
        FieldDigest states = new FieldDigest();
        new TreeMap<>(book.nanpStates()).forEach((code, state) -> states.add(code).add(state));
        statesDigest = states.value();
    }

    /// The digests of the rows, as far as they are made.
    public RowDigests rows() {
        return rows;
    }

    /// The digest of the calls that `carrier` answered for on `side` on a UTC day.
    public long of(String carrier, Side side, LocalDate day) {
        Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        FieldDigest digest = new FieldDigest();
        rater.agreements(carrier).stream()
                .filter(agreement -> touches(agreement, from, end))
                .sorted(Comparator.comparing(Agreement::from).thenComparing(Agreement::id))
                .forEach(agreement -> add(digest, agreement, side, from, end));
        return digest.value();
    }

    private static boolean touches(Agreement agreement, Instant from, Instant end) {
        @Nullable Instant last = agreement.endInstant();
        return agreement.fromInstant().isBefore(end) && (last == null || from.isBefore(last));
    }

    private void add(
            FieldDigest digest, Agreement agreement, Side side, Instant from, Instant end) {
        Instant first = agreement.fromInstant();
        @Nullable Instant last = agreement.endInstant();
        digest.add(agreement.id())
                .add(first.isAfter(from) ? first.toEpochMilli() : 0)
                .add(last == null || !last.isBefore(end) ? 0 : last.toEpochMilli())
                .add(agreement.timeZone().getId())
                .add(agreement.duration().code())
                .add(agreement.chargeDecimals())
                .add(agreement.chargeRounding().code())
                .add(agreement.bands().code())
                .add(agreement.routingNumber());
        for (DeckList decks : agreement.deckLists()) {
            if (decks.side() == side) {
                digest.add(decks.product());
                decks.decks().forEach(digest::add);
            }
        }
        for (PriceList list : rater.lists(agreement, side)) {
            addHours(digest, list.deck(), from);
            lists.computeIfAbsent(list, ListDigest::new).add(digest, from, end);
        }
        addTiers(digest, agreement, side, from, end);
    }

    private static void addHours(FieldDigest digest, Deck deck, Instant from) {
        if (deck.windows().isEmpty()) {
            return;
        }
        for (Deck.BandWindow window : deck.windows()) {
            digest.add(window.band()).add(window.fromMinute()).add(window.endMinute());
            digest.add(String.valueOf(window.holidays()));
            new TreeSet<>(window.days()).forEach(day -> digest.add(day.getValue()));
        }
        LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC);
        deck.holidays().stream()
                .filter(h -> h.isAfter(day.minusDays(2)))
                .filter(h -> h.isBefore(day.plusDays(2 + LONGEST_CALL_DAYS)))
                .sorted()
                .forEach(holiday -> digest.add(holiday.toEpochDay()));
    }

    /// Months that the day touches; the counter of a destination runs through the whole of them.
    private void addTiers(
            FieldDigest digest, Agreement agreement, Side side, Instant from, Instant end) {
        YearMonth first = YearMonth.from(from.atZone(agreement.timeZone()));
        YearMonth last = YearMonth.from(end.minusMillis(1).atZone(agreement.timeZone()));
        boolean any = false;
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            for (String destination : tiered.in(agreement, side, month)) {
                digest.add(month.toString()).add(destination);
                any = true;
            }
        }
        if (any) {
            digest.add(agreement.tiers().code());
        }
    }

    /// The prices of one list, summed so that those of any day are found by a binary search: a
    /// price that holds all day adds its own digest, one that begins or ends within the day adds
    /// the instant as well.
    private final class ListDigest {

        private final Cuts begins = new Cuts();
        private final Cuts ends = new Cuts();
        private boolean usesOrigins;
        private boolean usesStates;

        ListDigest(PriceList list) {
            for (List<Price> ofCode : list.pricesByCode().values()) {
                for (Price price : ofCode) {
                    if (price.from().isBefore(price.end())) {
                        DeckRow row = price.row();
                        long rowDigest = rows.of(row);
                        begins.add(price.from(), rowDigest);
                        ends.add(price.end(), rowDigest);
                        usesOrigins |= !row.origin().isEmpty();
                        usesStates |= row.jurisdiction() != null;
                    }
                }
            }
            begins.finish();
            ends.finish();
        }

        void add(FieldDigest digest, Instant from, Instant end) {
            digest.add(
                    begins.sumBefore(end)
                            - ends.sumBefore(from.plusMillis(1))
                            + begins.sumOfCuts(from.plusNanos(1), end)
                            + ends.sumOfCuts(from.plusMillis(1), end));
            if (usesOrigins) {
                digest.add(originsDigest);
            }
            if (usesStates) {
                digest.add(statesDigest);
            }
        }
    }

    /// The instants at which prices begin, or at which they end, of which a list has few. Each has
    /// the sum of its rows' digests.
    private static final class Cuts {

        private final TreeMap<Instant, Cut> byInstant = new TreeMap<>();
        private @Nullable Cut last;

        private static final class Cut {
            private final Instant instant;
            private final boolean isOpen;
            private long sum;
            private long sumBefore;

            /// The sum of the digests of row and instant.
            private long sumWithInstant;

            Cut(Instant instant) {
                this.instant = instant;
                this.isOpen = instant.equals(Instant.MIN) || instant.equals(Instant.MAX);
            }

            void add(long rowDigest) {
                sum += rowDigest;
                if (!isOpen) {
                    sumWithInstant += FieldDigest.mixed(rowDigest, instant.toEpochMilli());
                }
            }
        }

        void add(Instant instant, long rowDigest) {
            @Nullable Cut cut = last;
            if (cut == null || !cut.instant.equals(instant)) {
                cut = byInstant.computeIfAbsent(instant, Cut::new);
                last = cut;
            }
            cut.add(rowDigest);
        }

        void finish() {
            long sum = 0;
            for (Cut cut : byInstant.values()) {
                cut.sumBefore = sum;
                sum += cut.sum;
            }
        }

        /// The rows whose cut comes before an instant.
        long sumBefore(Instant instant) {
            Map.@Nullable Entry<Instant, Cut> before = byInstant.lowerEntry(instant);
            return before == null ? 0 : before.getValue().sumBefore + before.getValue().sum;
        }

        /// The rows whose cut lies in a span, each with the instant of its cut.
        long sumOfCuts(Instant from, Instant end) {
            long sum = 0;
            for (Cut cut : byInstant.subMap(from, end).values()) {
                sum += cut.sumWithInstant;
            }
            return sum;
        }
    }
}
