package org.tollkeeper.invoicing.print;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.model.Company;

/// Tables of figures as they are printed: reports, and what a reconciliation found.
public final class TablesSheet {

    private static final int COLUMN_COUNT = 10;

    /// Paper is for reading: what goes beyond is in the file beside it.
    private static final int PRINTED_ROW_COUNT = 300;

    private TablesSheet() {}

    /// A table under a heading.
    ///
    /// @param lead a sentence below the heading
    /// @param columns two of text and up to eight of figures
    /// @param rows cells as they are printed, as many as columns
    /// @param totals rows at the end, printed bold
    public record Table(
            String heading,
            String lead,
            List<String> columns,
            List<List<String>> rows,
            List<List<String>> totals) {

        public Table {
            if (columns.size() > COLUMN_COUNT) {
                throw new IllegalArgumentException(columns.size() + " columns of a table");
            }
        }
    }

    public static Sheet of(Company company, String title, String subtitle, List<Table> tables) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Table table : tables) {
            table.rows().stream()
                    .limit(PRINTED_ROW_COUNT)
                    .forEach(cells -> rows.add(row(table, cells, false)));
            table.totals().forEach(cells -> rows.add(row(table, cells, true)));
            if (table.rows().isEmpty() && table.totals().isEmpty()) {
                rows.add(row(table, List.of("None"), false));
            }
        }
        Map<String, Object> parameters =
                Map.of(
                        "title",
                        title,
                        "subtitle",
                        subtitle,
                        "companyName",
                        company.name(),
                        "footer",
                        title + "   ·   " + subtitle);
        return new Sheet(
                Template.TABLES, title + ", " + subtitle, company.name(), parameters, rows);
    }

    private static Map<String, Object> row(Table table, List<String> cells, boolean total) {
        Map<String, Object> row = new HashMap<>();
        row.put("section", table.heading());
        row.put("lead", table.lead() + more(table));
        row.put("entry", !total);
        row.put("total", total);
        for (int i = 0; i < table.columns().size(); i++) {
            row.put("h" + (i + 1), table.columns().get(i));
        }
        for (int i = 0; i < cells.size(); i++) {
            row.put("c" + (i + 1), cells.get(i));
        }
        return row;
    }

    private static String more(Table table) {
        int count = table.rows().size();
        return count <= PRINTED_ROW_COUNT
                ? ""
                : " The first %s of %s rows; the CSV file has all."
                        .formatted(Figures.count(PRINTED_ROW_COUNT), Figures.count(count));
    }
}
