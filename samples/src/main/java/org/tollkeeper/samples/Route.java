package org.tollkeeper.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A way calls take through one of the switches: who sends them on which trunk, where they go, and
/// who takes them on which trunk.
///
/// @param prefix tech prefix the sender puts before the called number
/// @param weight how often, in parts of all weights
record Route(
        String switchId,
        Party sender,
        String ingressTrunk,
        String prefix,
        Destination destination,
        Party receiver,
        String egressTrunk,
        int weight) {

    static final String LON = "lon1";
    static final String FRA = "fra1";
    static final String MUMBAI_PREFIX = "7788";

    /// The everyday traffic.
    static final List<Route> EVERYDAY =
            List.of(
                    lon(Party.GANGES, Destination.UNITED_KINGDOM, 9),
                    lon(Party.HANSE, Destination.UNITED_KINGDOM, 24),
                    lon(Party.BRASA, Destination.UNITED_KINGDOM, 13),
                    lon(Party.OURSELVES, Destination.INDIA_MOBILE, 12),
                    lon(Party.OURSELVES, Destination.BRAZIL_MOBILE, 8),
                    lon(Party.OURSELVES, Destination.UNITED_STATES, 8),
                    lon(Party.OURSELVES, Destination.SOUTH_AFRICA, 3),
                    lon(Party.OURSELVES, Destination.AUSTRALIA_MOBILE, 3),
                    fra(Party.HANSE, Destination.INDIA_MOBILE, 15),
                    fra(Party.HANSE, Destination.BRAZIL_MOBILE, 6),
                    fra(Party.GANGES, Destination.UNITED_STATES, 8),
                    fra(Party.GANGES, Destination.SOUTH_AFRICA, 3),
                    fra(Party.GANGES, Destination.BRAZIL_MOBILE, 4),
                    fra(Party.GANGES, Destination.AUSTRALIA_MOBILE, 2));

    /// A way through the FreeSWITCH in London, where our own customers and numbers are.
    static Route lon(Party sender, Destination destination, int weight) {
        Party receiver = receiver(destination);
        String in =
                switch (sender) {
                    case OURSELVES -> "";
                    case GANGES -> "ganges-in";
                    case HANSE -> "hanse-in";
                    case BRASA -> "brasa";
                    case STRANGER -> "sipvox-trial";
                };
        String out =
                switch (receiver) {
                    case GANGES -> "ganges-out";
                    case HANSE -> "hanse-out";
                    case BRASA -> "brasa";
                    case OURSELVES, STRANGER -> "";
                };
        return new Route(LON, sender, in, "", destination, receiver, out, weight);
    }

    /// A way through the Asterisk in Frankfurt, which only passes calls on.
    static Route fra(Party sender, Destination destination, int weight) {
        Party receiver = receiver(destination);
        String prefix = sender == Party.GANGES ? MUMBAI_PREFIX : "";
        return new Route(
                FRA, sender, peer(sender), prefix, destination, receiver, peer(receiver), weight);
    }

    /// The everyday routes, each as often as its weight says.
    static List<Route> urn() {
        List<Route> urn = new ArrayList<>();
        EVERYDAY.forEach(route -> urn.addAll(Collections.nCopies(route.weight, route)));
        return urn;
    }

    Route withIngress(String trunk) {
        return new Route(
                switchId, sender, trunk, prefix, destination, receiver, egressTrunk, weight);
    }

    Route withoutPrefix() {
        return new Route(
                switchId, sender, ingressTrunk, "", destination, receiver, egressTrunk, weight);
    }

    private static String peer(Party party) {
        return switch (party) {
            case GANGES -> "ganges-mum";
            case HANSE -> "hanse-ham";
            case BRASA -> "brasa-gru";
            case OURSELVES, STRANGER -> "";
        };
    }

    private static Party receiver(Destination destination) {
        return switch (destination) {
            case INDIA_MOBILE -> Party.GANGES;
            case BRAZIL_MOBILE -> Party.BRASA;
            case UNITED_STATES, SOUTH_AFRICA, AUSTRALIA_MOBILE, JAMAICA -> Party.HANSE;
            case UNITED_KINGDOM,
                    UNITED_KINGDOM_MOBILE,
                    UNITED_KINGDOM_PREMIUM,
                    TEST_LINE,
                    NO_NUMBER ->
                    Party.OURSELVES;
        };
    }
}
