package org.tollkeeper.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void values_are_written_as_what_they_are() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("count", 3);
        value.put("amount", new BigDecimal("0.0500"));
        value.put("names", List.of("a", "b\"c"));
        value.put("none", List.of());
        value.put("out", Path.of("/tmp/out"));
        assertThat(Json.write(value))
                .isEqualTo(
                        """
                        {
                          "count": 3,
                          "amount": 0.0500,
                          "names": [
                            "a",
                            "b\\"c"
                          ],
                          "none": [],
                          "out": "/tmp/out"
                        }
                        """);
    }
}
