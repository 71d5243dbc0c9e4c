package org.tollkeeper.invoicing.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.out.OutFolder;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Digests;

/// The call detail of drafts and expected documents in the folder `--out`: one that was written
/// from the same slices and is still there is left alone, the others are written in one pass.
final class CallFiles {

    static final String ENDING = "-calls.csv.gz";

    /// Documents that are written in one pass: each takes a file and some 300 KB, most of it
    /// outside the heap.
    private static final int MOST_OPEN = 512;

    private final Connection connection;
    private final CurrentBook book;
    private final OutFolder folder;
    private final CallListing listing;

    /// A file that is written anew.
    private record Stale(CallDetail.Wanted wanted, String name, MessageDigest sha256) {}

    CallFiles(Connection connection, CurrentBook book, OutFolder folder) {
        this.connection = connection;
        this.book = book;
        this.folder = folder;
        this.listing = new CallListing(connection);
    }

    /// Writes what is stale.
    ///
    /// @param names takes the names of all files that belong there
    void write(List<Document> all, Set<String> names) throws SQLException, IOException {
        List<Document> documents =
                all.stream()
                        .filter(document -> document.status() != DocumentStatus.ISSUED)
                        .filter(document -> book.agreement(document.agreement()) != null)
                        .toList();
        ChargeSlices slices = ChargeSlices.read(connection, book, documents);
        for (int from = 0; from < documents.size(); from += MOST_OPEN) {
            int end = Math.min(from + MOST_OPEN, documents.size());
            write(documents.subList(from, end), slices, names);
        }
    }

    private void write(List<Document> some, ChargeSlices slices, Set<String> names)
            throws SQLException, IOException {
        List<Stale> stale = new ArrayList<>();
        try {
            for (Document document : some) {
                names.add(document.number() + ENDING);
                open(document, slices, stale);
            }
            new CallDetail(connection, book, slices)
                    .write(stale.stream().map(Stale::wanted).toList());
        } finally {
            for (Stale each : stale) {
                each.wanted().out().close();
            }
        }
        for (Stale each : stale) {
            listing.remember(
                    each.wanted().document().number(),
                    each.wanted().source(),
                    each.sha256().digest());
            folder.settle(each.name());
        }
    }

    private void open(Document document, ChargeSlices slices, List<Stale> stale)
            throws SQLException, IOException {
        Agreement agreement = book.agreement(document.agreement());
        if (agreement == null) {
            return;
        }
        ChargeSlices.Source source = slices.source(document, agreement);
        String name = "invoices/" + document.number() + ENDING;
        String written = listing.written(document.number(), source);
        if (written != null && folder.has(name, written)) {
            folder.keep(1);
            return;
        }
        MessageDigest sha256 = Digests.sha256();
        OutputStream file =
                new BufferedOutputStream(Files.newOutputStream(folder.part(name)), 1 << 13);
        stale.add(
                new Stale(
                        new CallDetail.Wanted(
                                document, agreement, source, new DigestOutputStream(file, sha256)),
                        name,
                        sha256));
    }
}
