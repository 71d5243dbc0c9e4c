package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

    @ParameterizedTest
    @CsvSource({
        "1",
        "0",
        "00000",
        "044",
        "442079460000",
        "999999999999999",
        "000000000000001",
    })
    void keepsEveryDigit(String digits) {
        Digits number = Digits.of(digits);

        assertThat(number).hasToString(digits);
        assertThat(number.length()).isEqualTo(digits.length());
        assertThat(new Digits(number.packed())).isEqualTo(number);
        assertThat(number.isShortCode()).isFalse();
    }

    @Test
    void keepsRandomNumbersThroughTheirPackedForm() {
        var random = RandomGeneratorFactory.getDefault().create(20240601);
        for (int i = 0; i < 10_000; i++) {
            int length = random.nextInt(1, Digits.MOST_DIGITS + 1);
            StringBuilder digits = new StringBuilder();
            for (int d = 0; d < length; d++) {
                digits.append((char) ('0' + random.nextInt(10)));
            }
            assertThat(new Digits(Digits.of(digits.toString()).packed()))
                    .hasToString(digits.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567890123456", "+44", "44a", "４４", " 44"})
    void refusesWhatIsNotOneToFifteenDigits(String text) {
        assertThat(Digits.isDigits(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Digits.of(text));
    }

    @Test
    void tellsAShortCodeFromTheSameDigits() {
        assertThat(Digits.shortCode("911")).isNotEqualTo(Digits.of("911"));
        assertThat(Digits.shortCode("911").isShortCode()).isTrue();
        assertThat(Digits.shortCode("911")).hasToString("911");
        assertThat(Digits.shortCode("911").length()).isEqualTo(3);
    }

    @Test
    void theAbsentNumberIsEmpty() {
        assertThat(Digits.NONE).hasToString("");
        assertThat(Digits.NONE.isNone()).isTrue();
        assertThat(Digits.of("0").isNone()).isFalse();
    }
}
