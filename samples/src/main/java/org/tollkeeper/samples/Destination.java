package org.tollkeeper.samples;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Where calls go, and how calls to there behave.
///
/// The numbers are those set aside for fiction where a country has such (United Kingdom, United
/// States, Australia), else numbers that no exchange would connect.
enum Destination {
    UNITED_KINGDOM(
            592,
            1000,
            431,
            "442079460 441134960 441214960 441314960 441414960 441614960 442920180 442896496"),
    UNITED_STATES(578, 1120, 424, "12125550 13125550 14155550 13055550 12065550 16175550"),
    INDIA_MOBILE(468, 940, 392, "919000000 919800000 918800000 917000000"),
    BRAZIL_MOBILE(492, 860, 386, "5511900001 5521900001 5531900001 5541900001"),
    SOUTH_AFRICA(524, 900, 381, "27110001 27210001 27310001"),
    AUSTRALIA_MOBILE(
            546,
            980,
            378,
            "61491570006 61491570156 61491570157 61491570158 61491570159 61491570110"),
    UNITED_KINGDOM_MOBILE(560, 700, 425, "447700900"),
    UNITED_KINGDOM_PREMIUM(900, 2600, 430, "449098790"),
    JAMAICA(900, 3100, 401, "18765550"),
    TEST_LINE(1000, 200, 440, "442079460999"),
    NO_NUMBER(300, 60, 430, "*98 voicemail ");

    private final int answeredPermille;
    private final int talkPermille;
    private final int mosHundredths;
    private final String beginnings;

    Destination(int answeredPermille, int talkPermille, int mosHundredths, String beginnings) {
        this.answeredPermille = answeredPermille;
        this.talkPermille = talkPermille;
        this.mosHundredths = mosHundredths;
        this.beginnings = beginnings;
    }

    /// How many of a thousand calls are answered.
    int answeredPermille() {
        return answeredPermille;
    }

    /// How long calls are here, in thousandths of the usual.
    int talkPermille() {
        return talkPermille;
    }

    int mosHundredths() {
        return mosHundredths;
    }

    /// A number to call: in full, or what stands in the CDR where it is no number.
    String number(Random random) {
        return switch (this) {
            case AUSTRALIA_MOBILE, TEST_LINE, NO_NUMBER -> oneOf(beginnings, random);
            case UNITED_STATES, JAMAICA -> number(beginnings, 200, random);
            default -> number(beginnings, 990, random);
        };
    }

    /// One of the beginnings, which blanks part, and three digits below the bound; `1xx` for a
    /// bound of 200.
    static String number(String beginnings, int bound, Random random) {
        String beginning = oneOf(beginnings, random);
        int last = bound == 200 ? 100 + random.nextInt(100) : random.nextInt(bound);
        return beginning + String.format(Locale.ROOT, "%03d", last);
    }

    private static String oneOf(String words, Random random) {
        List<String> list = List.of(words.split(" ", -1));
        return list.get(random.nextInt(list.size()));
    }
}
