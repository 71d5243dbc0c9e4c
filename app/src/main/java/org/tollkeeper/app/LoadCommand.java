package org.tollkeeper.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.book.BookFolder;
import org.tollkeeper.book.BookReading;
import org.tollkeeper.book.BookReport;
import org.tollkeeper.book.store.BookLoad;
import org.tollkeeper.book.store.TableChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "load", description = "Check the book and load what changed.")
final class LoadCommand extends Subcommand {

    @Option(
            names = "--book",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the book.")
    private Path book = Path.of("");

    @Option(names = "--check", description = "Only check it; no database is needed.")
    private boolean check;

    @Override
    public Integer call() {
        requireFolder("--book", book);
        if (check) {
            return check(BookFolder.read(book));
        }
        try (Session session = open();
                OpenRun run = session.begin("load")) {
            BookLoad load = new Stages(session.database()).load(run.run(), book);
            Answer answer = answer(new Answer(), load, err()::print);
            run.done();
            print(answer);
            return ExitCode.DONE;
        }
    }

    private int check(BookReading reading) {
        return switch (reading) {
            case BookReading.Invalid invalid -> throw RefusedInputException.of(invalid);
            case BookReading.Valid valid -> {
                err().print(BookReport.of(valid));
                print(
                        new Answer()
                                .put("valid", true)
                                .put("warnings", valid.warnings().size())
                                .line("The book is valid."));
                yield ExitCode.DONE;
            }
        };
    }

    /// What came of loading a book; its warnings are printed.
    ///
    /// @throws RefusedInputException when it is refused
    static Answer answer(Answer answer, BookLoad load, Consumer<String> err) {
        return switch (load) {
            case BookLoad.Refused refused -> throw RefusedInputException.of(refused.reading());
            case BookLoad.Unread unread -> answer(answer, unread.version(), List.of());
            case BookLoad.Loaded loaded -> {
                err.accept(BookReport.of(new BookReading.Valid(loaded.book(), loaded.warnings())));
                yield answer(answer, loaded.version(), loaded.changes());
            }
        };
    }

    private static Answer answer(Answer answer, int version, List<TableChange> all) {
        List<TableChange> changes =
                all.stream().filter(change -> change.added() + change.closed() > 0).toList();
        Map<String, Object> values = new LinkedHashMap<>();
        for (TableChange change : changes) {
            values.put(change.table(), Map.of("added", change.added(), "closed", change.closed()));
        }
        int added = changes.stream().mapToInt(TableChange::added).sum();
        int closed = changes.stream().mapToInt(TableChange::closed).sum();
        return answer.put("bookVersion", version)
                .put("bookChanges", values)
                .line(
                        all.isEmpty()
                                ? "book        version %d, as it was".formatted(version)
                                : "book        version %d: %,d rows added, %,d closed"
                                        .formatted(version, added, closed));
    }
}
