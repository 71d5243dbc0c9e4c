package org.tollkeeper.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.tollkeeper.app.store.Export;
import org.tollkeeper.app.terminal.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", description = "Write what is visible as CSV.")
final class ExportCommand extends Subcommand {

    @Parameters(
            paramLabel = "WHAT",
            completionCandidates = Names.class,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private String what = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            description =
                    "First day: the UTC day of setup, of charges the UTC day of connect,"
                            + " of statements and ledger the last day of the period.")
    private LocalDate from = LocalDate.MIN;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DATE",
            description = "The last day, inclusive.")
    private LocalDate to = LocalDate.MAX;

    @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "Where to.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        Export export = Export.named(what);
        if (export == null) {
            throw wrongUsage(
                    "there is no export '%s'; expected one of %s"
                            .formatted(what, String.join(", ", Names.all())));
        }
        if (from.isAfter(to)) {
            throw wrongUsage("--from " + from + " is after --to " + to);
        }
        if (Files.isDirectory(out)) {
            throw wrongUsage("--out %s is a folder; expected a file to write".formatted(out));
        }
        try (Session session = open()) {
            long rowCount = export.write(session.database(), from, to, out);
            print(
                    new Answer()
                            .put("export", export.label())
                            .put("rows", rowCount)
                            .put("file", out)
                            .line("%,d %s written to %s".formatted(rowCount, what, out)));
            return ExitCode.DONE;
        }
    }

    /// The names of the exports, for help and completion.
    static final class Names implements Iterable<String> {

        static List<String> all() {
            return Arrays.stream(Export.values()).map(Export::label).toList();
        }

        @Override
        public Iterator<String> iterator() {
            return all().iterator();
        }
    }
}
