package org.tollkeeper.invoicing.store;

import java.util.HexFormat;
import org.tollkeeper.invoicing.Document;

/// A document as the database keeps it.
///
/// @param digest of all that is printed, in hexadecimal
/// @param statement it was made of
record StoredDocument(int id, String digest, int statement, Document document) {

    byte[] digestBytes() {
        return HexFormat.of().parseHex(digest);
    }
}
