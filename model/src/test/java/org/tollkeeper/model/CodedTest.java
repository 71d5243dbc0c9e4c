package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodedTest {

    /// What databases out there hold: a line may be longer one day, and never change.
    static Stream<Arguments> terms() {
        return Stream.of(
                Arguments.of(Side.class, "1 buy, 2 sell"),
                Arguments.of(Cycle.class, "1 monthly, 2 half-monthly, 3 weekly"),
                Arguments.of(DurationRounding.class, "1 up, 2 half-up, 3 down"),
                Arguments.of(ChargeRounding.class, "1 half-up, 2 half-even, 3 up, 4 down"),
                Arguments.of(TierMode.class, "1 graduated, 2 all-units"),
                Arguments.of(BandPolicy.class, "1 by-start, 2 split-carry, 3 split-rounded"),
                Arguments.of(LateUsage.class, "1 correct, 2 next-invoice"),
                Arguments.of(Excess.class, "1 over-ratio, 2 over-balance, 3 all-traffic"),
                Arguments.of(Measure.class, "1 billed, 2 actual"),
                Arguments.of(Jurisdiction.class, "1 interstate, 2 intrastate, 3 indeterminate"),
                Arguments.of(TrunkDirection.class, "1 in, 2 out, 3 both"),
                Arguments.of(TaxCategory.class, "1 S, 2 Z, 3 E, 4 AE, 5 O, 6 G, 7 K"),
                Arguments.of(Stage.class, "1 mediation, 2 rating"),
                Arguments.of(
                        SuspenseReason.class,
                        "1 MALFORMED, 2 UNKNOWN_TRUNK, 3 BAD_NUMBER, 4 BAD_TIME,"
                                + " 5 NEGATIVE_DURATION, 6 DURATION_CONFLICT, 7 INCOMPLETE_CALL,"
                                + " 8 NO_AGREEMENT, 9 NO_RATE, 10 BLOCKED, 11 OVERFLOW"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("terms")
    <T extends Enum<T> & Coded> void codesAndLabelsAreWrittenDownOnce(
            Class<T> terms, String expected) {
        List<T> all = Arrays.asList(terms.getEnumConstants());

        assertThat(all.stream().map(term -> term.code() + " " + term.label()).toList())
                .isEqualTo(List.of(expected.split(", ")));
        for (T term : all) {
            assertThat(Coded.ofCode(terms, term.code())).isEqualTo(term);
        }
        assertThat(Coded.labels(terms)).isEqualTo(expected.replaceAll("[0-9]+ ", ""));
    }

    @Test
    void aCodeFromANewerProgramIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coded.ofCode(Side.class, 99))
                .withMessage("no Side has the code 99");
    }

    @Test
    void reasonsOfMediationComeBeforeThoseOfRating() {
        assertThat(SuspenseReason.INCOMPLETE_CALL.stage()).isEqualTo(Stage.MEDIATION);
        assertThat(SuspenseReason.NO_AGREEMENT.stage()).isEqualTo(Stage.RATING);
        assertThat(Arrays.stream(SuspenseReason.values()).map(SuspenseReason::stage)).isSorted();
    }
}
