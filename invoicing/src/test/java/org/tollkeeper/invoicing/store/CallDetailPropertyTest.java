package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentKind;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Side;

class CallDetailPropertyTest {

    private static final int SEED_COUNT = 3;
    private static final int NIGHT_COUNT = 3;
    private static final int CALLS_A_NIGHT = 150;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEED_COUNT) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void one_pass_writes_what_the_database_writes_for_each_document(long seed) throws Exception {
        try (Books books = new Books()) {
            RandomTraffic traffic =
                    new RandomTraffic(
                            books, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            int rows = 0;
            for (int night = 0; night < NIGHT_COUNT; night++) {
                traffic.night(CALLS_A_NIGHT);
                if (night == NIGHT_COUNT - 1) {
                    traffic.withdraw("33");
                }
                rows = compare(books, 1);
                assertThat(compare(books, 3)).isLessThan(rows);
                // So few that their calls are found by key.
                assertThat(compare(books, 11)).isLessThan(rows / 4);
            }
            assertThat(rows).isGreaterThan(CALLS_A_NIGHT);
        }
    }

    /// Compares documents that are written together: every so many of all. The charges of the
    /// others are among the rows that are read.
    ///
    /// @return how many lines they have
    private static int compare(Books books, int every) throws Exception {
        CurrentBook book = CurrentBook.read(books.connection);
        List<Document> all = documents(book);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < all.size(); i += every) {
            documents.add(all.get(i));
        }
        ChargeSlices slices = ChargeSlices.read(books.connection, book, documents);
        List<CallDetail.Wanted> wanted = new ArrayList<>();
        for (Document document : documents) {
            Agreement agreement = Objects.requireNonNull(book.agreement(document.agreement()));
            wanted.add(
                    new CallDetail.Wanted(
                            document,
                            agreement,
                            slices.source(document, agreement),
                            new ByteArrayOutputStream()));
        }
        new CallDetail(books.connection, book, slices).write(wanted);
        int lines = 0;
        for (CallDetail.Wanted each : wanted) {
            byte[] plain =
                    PlainCallDetail.bytes(
                            books.connection,
                            book,
                            each.document(),
                            each.agreement(),
                            each.source());
            byte[] written = ((ByteArrayOutputStream) each.out()).toByteArray();
            assertThat(text(written)).as(each.document().number()).isEqualTo(text(plain));
            assertThat(written).isEqualTo(plain);
            lines += (int) text(plain).lines().count() - 1;
        }
        books.commit();
        return lines;
    }

    private static String text(byte[] compressed) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(plain.readAllBytes(), UTF_8);
        }
    }

    /// Of every agreement, side and month, also of the months at the edges of the traffic.
    private static List<Document> documents(CurrentBook book) {
        List<Document> documents = new ArrayList<>();
        for (String id : RandomTraffic.AGREEMENTS) {
            Agreement agreement = Objects.requireNonNull(book.agreement(id));
            for (Side side : Side.values()) {
                for (int month = 2; month <= 4; month++) {
                    LocalDate first = LocalDate.of(2024, month, 1);
                    BillingPeriod period = new BillingPeriod(first, first.plusMonths(1));
                    documents.add(
                            new Document(
                                    "draft-%s-%s-%s".formatted(id, side.label(), period.from()),
                                    DocumentKind.INVOICE,
                                    DocumentStatus.DRAFT,
                                    agreement.carrier(),
                                    id,
                                    side,
                                    period,
                                    agreement.currency(),
                                    period.end(),
                                    period.end(),
                                    agreement.tax(),
                                    new ArrayList<>()));
                }
            }
        }
        return documents;
    }
}
