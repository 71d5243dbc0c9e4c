package org.tollkeeper.app.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command answers on standard output, in two forms that say the same: values for programs
/// and lines for people.
public final class Answer {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    public Answer put(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    public Answer line(String line) {
        lines.add(line);
        return this;
    }

    public Map<String, @Nullable Object> values() {
        return values;
    }

    /// The answer as it is printed, each line ended.
    public String print(boolean json) {
        if (json) {
            return Json.write(values);
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
