package org.tollkeeper.book.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table of the book and the rows that one book has for it.
///
/// Values are texts as PostgreSQL reads them; a name stands where the table has the name's number.
///
/// @param rows one value per column
record BookTable(String name, List<Column> columns, List<@Nullable String[]> rows) {

    /// What a column's values are.
    enum Kind {
        VALUE,
        CARRIER,
        SWITCH,
        AGREEMENT,
        DECK,
        RATE_LINE
    }

    record Column(String name, Kind kind) {}

    /// A column and what it holds of a thing of the book.
    record Cell<T>(String column, Function<T, @Nullable Object> value) {}

    static <T> Cell<T> column(String name, Function<T, @Nullable Object> value) {
        return new Cell<>(name, value);
    }

    /// A table with one row a thing.
    ///
    /// @param cells named as in [#of(String, String...)]
    @SafeVarargs
    static <T> BookTable of(String name, Collection<T> things, Cell<T>... cells) {
        String[] columns = new String[cells.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = cells[i].column();
        }
        BookTable table = of(name, columns);
        for (T thing : things) {
            @Nullable Object[] values = new Object[cells.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = cells[i].value().apply(thing);
            }
            table.row(values);
        }
        return table;
    }

    /// A table without rows yet.
    ///
    /// @param columns names; a name that is also a kind's, in capitals, is of that kind: `CARRIER`
    ///   is the column `carrier` that holds a carrier's number
    static BookTable of(String name, String... columns) {
        List<Column> typed = new ArrayList<>();
        for (String column : columns) {
            boolean named = column.equals(column.toUpperCase(Locale.ROOT));
            typed.add(
                    named
                            ? new Column(column.toLowerCase(Locale.ROOT), Kind.valueOf(column))
                            : new Column(column, Kind.VALUE));
        }
        return new BookTable(name, typed, new ArrayList<>());
    }

    /// Adds a row.
    BookTable row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "%d values for the %d columns of %s"
                            .formatted(values.length, columns.size(), name));
        }
        @Nullable String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = SqlText.of(values[i]);
        }
        rows.add(texts);
        return this;
    }
}
