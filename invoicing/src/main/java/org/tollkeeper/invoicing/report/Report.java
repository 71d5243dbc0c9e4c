package org.tollkeeper.invoicing.report;

import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.print.TablesSheet;

/// One report: its file, and how it is printed.
///
/// @param name of the file, without `.csv`
public record Report(String name, CsvText csv, TablesSheet.Table table) {}
