package org.tollkeeper.invoicing.print;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Company;

/// The top of a page, which documents and statements share: who, to whom, and the facts.
final class Letterhead {

    private static final int FACT_COUNT = 6;

    private final Map<String, Object> parameters = new HashMap<>();
    private int facts;

    Letterhead(Company company, Carrier carrier, String carrierLabel) {
        put("companyName", company.name());
        put("companyLines", lines(companyLines(company)));
        put("carrierLabel", carrierLabel);
        put("carrierName", carrier.name());
        put("carrierLines", lines(carrierLines(carrier)));
    }

    private static Stream<String> companyLines(Company company) {
        List<String> lines = new ArrayList<>(company.address());
        lines.add(country(company.country()));
        lines.add(labelled("VAT id ", company.vatId()));
        lines.add(company.email());
        return lines.stream();
    }

    private static Stream<String> carrierLines(Carrier carrier) {
        return Stream.of(
                carrier.address(),
                (carrier.postcode() + " " + carrier.city()).strip(),
                country(carrier.country()),
                labelled("VAT id ", carrier.vatId()));
    }

    private static String country(String code) {
        return code.isBlank() ? "" : Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    private static String labelled(String label, String text) {
        return text.isBlank() ? "" : label + text;
    }

    static String lines(Stream<String> lines) {
        return lines.filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }

    Letterhead put(String name, String text) {
        parameters.put(name, text);
        return this;
    }

    Letterhead put(String name, boolean value) {
        parameters.put(name, value);
        return this;
    }

    /// Adds a line to the facts beside the carrier; there are at most six.
    Letterhead fact(String label, String text) {
        facts++;
        put("fact" + facts + "Label", label);
        return put("fact" + facts, text);
    }

    static String period(BillingPeriod period, ZoneId zone) {
        return "%s – %s\n%s"
                .formatted(Figures.day(period.from()), Figures.day(period.lastDay()), zone.getId());
    }

    Map<String, Object> parameters() {
        while (facts < FACT_COUNT) {
            fact("", "");
        }
        return parameters;
    }

    /// What the lines of a document are qualified by: only what is used has a place.
    ///
    /// @param name of the column part, such as `BAND`
    record Qualifier<T>(String name, Function<T, String> text) {}

    /// The qualifiers that at least one line has.
    static <T> List<Qualifier<T>> used(List<Qualifier<T>> qualifiers, List<T> lines) {
        return qualifiers.stream()
                .filter(qualifier ->
                        lines.stream().anyMatch(line -> !qualifier.text().apply(line).isEmpty()))
                .toList();
    }

    static <T> String heading(List<Qualifier<T>> used) {
        return used.stream().map(Qualifier::name).collect(Collectors.joining(" · "));
    }

    static <T> String terms(List<Qualifier<T>> used, T line) {
        return used.stream()
                .map(qualifier -> qualifier.text().apply(line))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}
