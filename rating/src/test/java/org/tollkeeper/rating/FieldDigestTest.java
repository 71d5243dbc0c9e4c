package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Digests are stored beside what they cover, so each stays what it was from version to version:
/// one that changed would have every day rated again. The figures were worked out by another
/// program.
class FieldDigestTest {

    @Test
    void of_numbers_and_truths() {
        assertThat(new FieldDigest().value()).isEqualTo(-7046029254386353131L);
        assertThat(new FieldDigest().add(0).value()).isEqualTo(-4476319541562669225L);
        assertThat(new FieldDigest().add(-1).value()).isEqualTo(7276209496716620196L);
        assertThat(new FieldDigest().add(true).value()).isEqualTo(-4902116982316114686L);
        assertThat(new FieldDigest().add(false).value()).isEqualTo(-4476319541562669225L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'',       -4476319541562669225",
        "UK,       -1062451267251381714",
        "abcd,     855379124089773566",
        "Germany,  3398362830455351410",
        "Köln-Süd, 3033713007646578587",
    })
    void of_a_text(String text, long digest) {
        assertThat(new FieldDigest().add(text).value()).isEqualTo(digest);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.5,                   8395065872248959830",
        "0.50,                  3039556398786244681",
        "9223372036854775807,   -81968944255594979",
        "9223372036854775808,   1969079382104928621",
        "123456789012.345678901, -2603217531958346759",
    })
    void of_a_number_as_it_is_printed(BigDecimal number, long digest) {
        assertThat(new FieldDigest().add(number).value()).isEqualTo(digest);
    }

    @Test
    void of_fields_in_their_order() {
        @Nullable String none = null;
        assertThat(new FieldDigest().add(none).value()).isEqualTo(7276209496716620196L);
        assertThat(new FieldDigest().add("UK").add(new BigDecimal("0.5")).value())
                .isEqualTo(-2971044039649451381L);
        assertThat(new FieldDigest().add(new BigDecimal("0.5")).add("UK").value())
                .isNotEqualTo(-2971044039649451381L);
    }
}
