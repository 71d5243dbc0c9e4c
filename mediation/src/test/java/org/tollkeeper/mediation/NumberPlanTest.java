package org.tollkeeper.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NumberPlanTest {

    @Test
    void plainNumbersAreReceivedAsAnyOthers() {
        long seed = Long.getLong("seed", 7);
        RandomGenerator random = new SplittableRandom(seed);
        String letters = "+0123456789 -.;:s<>";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder number = new StringBuilder(random.nextBoolean() ? "+" : "");
            int few = random.nextBoolean() ? 11 : letters.length();
            int length = random.nextInt(12);
            while (number.length() < length) {
                number.append(letters.charAt(random.nextInt(few)));
            }
            assertThat(NumberPlan.Received.of(number.toString()))
                    .as("'%s', seed %d", number, seed)
                    .isEqualTo(NumberPlan.Received.ofAny(number.toString()));
        }
    }
}
