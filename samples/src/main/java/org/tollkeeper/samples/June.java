package org.tollkeeper.samples;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The traffic of June 2024: what was dialled from the first second of the month, UTC, to the last,
/// and some calls that are there because they are odd.
final class June {

    private static final LocalDate FIRST = LocalDate.of(2024, 6, 1);
    private static final int DAYS = 30;
    private static final long NEW_TRUNK = millis("2024-06-10T00:00:00Z");

    /// How busy each hour of the sender's day is.
    private static final int[] HOURS = {
        3, 2, 1, 1, 1, 2, 6, 14, 32, 58, 66, 64, 52, 52, 62, 64, 60, 52, 44, 40, 34, 24, 12, 6
    };

    private final Dialler dialler;
    private final List<Route> urn = Route.urn();
    private final List<Call> calls = new ArrayList<>();

    private June(Dialler dialler) {
        this.dialler = dialler;
    }

    /// All attempts, by setup.
    static List<Call> calls(Dialler dialler) {
        June june = new June(dialler);
        for (int day = 0; day < DAYS; day++) {
            june.everyday(FIRST.plusDays(day));
        }
        june.faults();
        june.boundaries();
        june.calls.sort(Comparator.comparingLong(Call::setupMillis));
        return List.copyOf(june.calls);
    }

    private void everyday(LocalDate day) {
        int usual =
                switch (day.getDayOfWeek()) {
                    case SATURDAY -> 510;
                    case SUNDAY -> 430;
                    case FRIDAY -> 850;
                    default -> 800;
                };
        boolean monday = day.getDayOfWeek() == DayOfWeek.MONDAY;
        int count = usual + (monday ? 40 : 0) + dialler.random().nextInt(61) - 30;
        for (int i = 0; i < count; i++) {
            Route route = urn.get(dialler.random().nextInt(urn.size()));
            long setup = setupMillis(day, route.sender().hoursFromUtc());
            calls.add(dialler.dial(moved(route, setup), setup));
        }
    }

    private long setupMillis(LocalDate day, int hoursFromUtc) {
        int luck = dialler.random().nextInt(sum());
        int hour = 0;
        while (luck >= HOURS[hour]) {
            luck -= HOURS[hour];
            hour++;
        }
        long hourUtc = Math.floorMod(hour - hoursFromUtc, 24);
        return (day.toEpochDay() * 24 + hourUtc) * 3_600_000 + dialler.random().nextInt(3_600_000);
    }

    private static int sum() {
        int sum = 0;
        for (int weight : HOURS) {
            sum += weight;
        }
        return sum;
    }

    /// Hansekontor opened a second trunk to Frankfurt on the 10th.
    private Route moved(Route route, long setup) {
        return route.ingressTrunk().equals("hanse-ham")
                        && setup >= NEW_TRUNK
                        && dialler.random().nextBoolean()
                ? route.withIngress("hanse-ham2")
                : route;
    }

    /// Calls that the book, or the switch, has something against.
    private void faults() {
        Route stranger = Route.lon(Party.STRANGER, Destination.UNITED_KINGDOM, 0);
        several(stranger, "2024-06-18T09:03:11.120Z", 11, 37);
        Route bare = Route.fra(Party.GANGES, Destination.UNITED_STATES, 0).withoutPrefix();
        several(bare, "2024-06-06T13:20:40.505Z", 4, 3);
        several(
                Route.lon(Party.HANSE, Destination.UNITED_KINGDOM_PREMIUM, 0),
                "2024-06-21T01:40:02.044Z",
                10,
                6);
        several(
                Route.lon(Party.GANGES, Destination.UNITED_KINGDOM_PREMIUM, 0),
                "2024-06-21T02:10:57.301Z",
                3,
                9);
        several(
                Route.lon(Party.BRASA, Destination.UNITED_KINGDOM_MOBILE, 0),
                "2024-06-11T17:31:08.870Z",
                9,
                122);
        several(Route.fra(Party.GANGES, Destination.JAMAICA, 0), "2024-06-22T00:12:19.615Z", 12, 4);
        several(
                Route.lon(Party.OURSELVES, Destination.JAMAICA, 0),
                "2024-06-22T00:31:44.250Z",
                4,
                11);
        several(Route.lon(Party.HANSE, Destination.TEST_LINE, 0), "2024-06-10T07:00:05.000Z", 6, 1);
        several(Route.lon(Party.GANGES, Destination.TEST_LINE, 0), "2024-06-24T04:30:05Z", 2, 1);
        several(Route.lon(Party.HANSE, Destination.NO_NUMBER, 0), "2024-06-09T03:12:30Z", 6, 2);
        Route india = Route.fra(Party.HANSE, Destination.INDIA_MOBILE, 0);
        for (int i = 0; i < 12; i++) {
            long setup = millis("2024-06-03T06:10:20.333Z") + 180_000_000L * i;
            calls.add(dialler.unanswered(india, setup, Call.FOLLOW_ME));
        }
    }

    private void several(Route route, String first, int count, int minutesApart) {
        for (int i = 0; i < count; i++) {
            calls.add(dialler.dial(route, millis(first) + 60_000L * i * minutesApart));
        }
    }

    /// Calls across midnight, the ends of the month and the day on which a price changes.
    private void boundaries() {
        Route hanseHome = Route.lon(Party.HANSE, Destination.UNITED_KINGDOM, 0);
        Route hanseBrazil = Route.fra(Party.HANSE, Destination.BRAZIL_MOBILE, 0);
        Route gangesHome = Route.lon(Party.GANGES, Destination.UNITED_KINGDOM, 0);
        Route homeIndia = Route.lon(Party.OURSELVES, Destination.INDIA_MOBILE, 0);
        at(hanseHome, "2024-05-31T21:49:48.200Z", 12_000, 4_800);
        at(hanseHome, "2024-05-31T21:59:51.700Z", 9_000, 4_260);
        at(homeIndia, "2024-06-14T23:58:20.400Z", 11_000, 1_204);
        at(homeIndia, "2024-06-14T23:59:52.100Z", 11_000, 95);
        at(hanseBrazil, "2024-06-30T21:58:31.900Z", 14_000, 733);
        at(hanseBrazil, "2024-06-30T21:59:47.900Z", 14_000, 301);
        at(homeIndia, "2024-06-30T23:50:42.650Z", 10_000, 1_500);
        at(gangesHome, "2024-06-30T23:59:51.300Z", 11_000, 64);
    }

    private void at(Route route, String setup, int ringMillis, int talkSeconds) {
        calls.add(dialler.answered(route, millis(setup), ringMillis, talkSeconds * 1000L));
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
