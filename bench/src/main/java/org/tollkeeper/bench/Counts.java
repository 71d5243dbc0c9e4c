package org.tollkeeper.bench;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a count such as 200k or 5m.
final class Counts implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        String digits = text.toLowerCase(Locale.ROOT).replaceAll("[km]$", "");
        if (!digits.matches("\\d{1,9}")) {
            throw new TypeConversionException(
                    "'%s' is no count; expected one such as 200k or 5m".formatted(text));
        }
        long unit =
                switch (text.charAt(text.length() - 1)) {
                    case 'k', 'K' -> 1_000;
                    case 'm', 'M' -> 1_000_000;
                    default -> 1;
                };
        return Long.parseLong(digits) * unit;
    }
}
