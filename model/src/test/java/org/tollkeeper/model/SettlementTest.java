package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SettlementTest {

    @Test
    void modelsBearTheNamesOfTheBook() {
        assertThat(new Settlement.SenderKeepsAll().model()).isEqualTo("sender-keeps-all");
        assertThat(new Settlement.BillAndKeep().model()).isEqualTo("bill-and-keep");
        assertThat(imbalance("1").model()).isEqualTo("imbalance");
    }

    @Test
    void aRatioBelowOneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> imbalance("0.999"));
    }

    private static Settlement imbalance(String ratio) {
        return new Settlement.Imbalance(
                new BigDecimal(ratio), Excess.OVER_RATIO, Measure.BILLED, null, BigDecimal.ZERO, 1);
    }
}
