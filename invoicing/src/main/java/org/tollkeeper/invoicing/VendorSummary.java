package org.tollkeeper.invoicing;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Money;

/// What a vendor says it carried for us, by destination: a CSV file with the columns
/// `destination,calls,minutes,amount` in any order.
public final class VendorSummary {

    private static final List<String> COLUMNS =
            List.of("destination", "calls", "minutes", "amount");
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,12})?");

    private final String file;
    private final Currency currency;
    private final List<String> errors = new ArrayList<>();

    private VendorSummary(String file, Currency currency) {
        this.file = file;
        this.currency = currency;
    }

    /// The volumes of the file, in its order; rows of one destination are added up.
    ///
    /// @param file its name, for messages
    /// @param currency of its amounts: the agreement's
    /// @throws MalformedVendorFile with every fault of the file
    public static List<Volume> read(String text, String file, Currency currency)
            throws MalformedVendorFile {
        return new VendorSummary(file, currency).read(withoutMark(text));
    }

    private List<Volume> read(String text) throws MalformedVendorFile {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Map<String, Integer> columns = null;
            long line = 1;
            for (CSVRecord row : parser) {
                if (columns == null) {
                    columns = header(row);
                } else {
                    add(volumes, row, columns, line);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
            if (columns == null) {
                errors.add(file + ": is empty, expected a header " + String.join(",", COLUMNS));
            }
        } catch (CSVException | java.io.UncheckedIOException e) {
            errors.add(file + ": is no CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (!errors.isEmpty()) {
            throw new MalformedVendorFile(errors);
        }
        return List.copyOf(volumes.values());
    }

    private Map<String, Integer> header(CSVRecord row) throws MalformedVendorFile {
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            String name = row.get(i).strip();
            if (!COLUMNS.contains(name)) {
                errors.add(
                        "%s, line 1, column %d: unknown column \"%s\", expected %s"
                                .formatted(file, i + 1, name, String.join(",", COLUMNS)));
            } else if (columns.put(name, i) != null) {
                errors.add("%s, line 1: column %s stands twice".formatted(file, name));
            }
        }
        for (String name : COLUMNS) {
            if (!columns.containsKey(name)) {
                errors.add("%s, line 1: column %s is missing".formatted(file, name));
            }
        }
        if (!errors.isEmpty()) {
            throw new MalformedVendorFile(errors);
        }
        return columns;
    }

    private void add(
            Map<String, Volume> volumes, CSVRecord row, Map<String, Integer> columns, long line) {
        if (row.size() != columns.size()) {
            errors.add(
                    "%s, line %d: %d fields, expected %d"
                            .formatted(file, line, row.size(), columns.size()));
            return;
        }
        String destination = field(row, columns, "destination");
        if (destination.isEmpty()) {
            fault(line, "destination", "", "the name of a destination");
        }
        String calls = field(row, columns, "calls");
        if (!COUNT.matcher(calls).matches()) {
            fault(line, "calls", calls, "a whole number such as 1200");
        }
        BigDecimal minutes = decimal(line, "minutes", field(row, columns, "minutes"));
        BigDecimal amount = decimal(line, "amount", field(row, columns, "amount"));
        if (minutes != null && minutes.signum() < 0) {
            fault(line, "minutes", minutes.toPlainString(), "0 or more");
        }
        int decimals = currency.getDefaultFractionDigits();
        if (amount != null && amount.stripTrailingZeros().scale() > decimals) {
            fault(
                    line,
                    "amount",
                    amount.toPlainString(),
                    "at most %d decimals of %s".formatted(decimals, currency));
        }
        if (minutes != null && amount != null && errors.isEmpty()) {
            Volume volume =
                    Volume.ofMinutes(
                            destination,
                            Long.parseLong(calls),
                            minutes,
                            Money.settle(amount, currency));
            volumes.merge(destination, volume, Volume::plus);
        }
    }

    private @Nullable BigDecimal decimal(long line, String column, String text) {
        if (DECIMAL.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        fault(line, column, text, "a decimal such as 1234.50, without thousands separators");
        return null;
    }

    private void fault(long line, String column, String found, String expected) {
        errors.add(
                "%s, line %d, column %s: found \"%s\", expected %s"
                        .formatted(file, line, column, found, expected));
    }

    private static String field(CSVRecord row, Map<String, Integer> columns, String name) {
        Integer column = columns.get(name);
        return column == null ? "" : row.get(column).strip();
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
