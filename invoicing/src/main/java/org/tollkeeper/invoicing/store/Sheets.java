package org.tollkeeper.invoicing.store;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.AccountStatement;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentCsv;
import org.tollkeeper.invoicing.SettlementWords;
import org.tollkeeper.invoicing.print.DocumentSheet;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.invoicing.print.StatementSheet;
import org.tollkeeper.model.Agreement;

/// Documents and statements as they are printed under the book of today.
record Sheets(CurrentBook book) {

    Sheet document(Document document, AccountStatement statement, Agreement agreement) {
        return DocumentSheet.of(
                document,
                agreement,
                book.book().company(),
                book.carrier(document.carrier()),
                SettlementWords.of(agreement, statement));
    }

    /// Null when the book no longer has the agreement.
    @Nullable Sheet statement(AccountStatement statement) {
        Agreement agreement = book.agreement(statement.agreement());
        return agreement == null
                ? null
                : StatementSheet.of(
                        statement,
                        agreement,
                        book.book().company(),
                        book.carrier(agreement.carrier()),
                        SettlementWords.of(agreement, statement));
    }

    /// What tells one generation of a document from the next: all that is printed and exported.
    static byte[] digest(Document document, Sheet sheet) {
        return Renditions.sha256(sheet.digest(), DocumentCsv.lines(document).bytes());
    }
}
