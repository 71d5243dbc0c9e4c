package org.tollkeeper.mediation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeySet128Test {

    private record Key(long high, long low) {}

    @Test
    void it_holds_what_a_hash_set_holds() {
        SplittableRandom random = new SplittableRandom(1);
        KeySet128 keys = new KeySet128();
        Set<Key> plain = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            long low = (random.nextInt(60_000) - 30_000) * 0x9e3779b97f4a7c15L;
            Key key = new Key(random.nextInt(4) - 1, low);
            assertThat(keys.contains(key.high(), key.low())).isEqualTo(plain.contains(key));
            assertThat(keys.add(key.high(), key.low())).isEqualTo(plain.add(key));
        }
        assertThat(keys.size()).isEqualTo(plain.size());
    }
}
