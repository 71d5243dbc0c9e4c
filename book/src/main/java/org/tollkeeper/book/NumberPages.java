package org.tollkeeper.book;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The pages that list numbers and codes: `testnumbers.csv`, `origins.csv`, `nanp.csv`, `risk.csv`.
record NumberPages(Findings findings) {

    private static final Pattern NPANXX = Pattern.compile("[2-9][0-9]{2}[0-9]{3}");

    Set<String> testNumbers(PageText text) {
        Map<String, Place> numbers = new LinkedHashMap<>();
        new CsvPage(text, findings, List.of("number"), List.of())
                .rows(row -> {
                    Field number = row.field("number");
                    Once.check(numbers, number.digits(), number);
                });
        return new LinkedHashSet<>(numbers.keySet());
    }

    Map<String, Set<String>> origins(PageText text) {
        record Member(String origin, String code) {}
        Map<String, Set<String>> origins = new LinkedHashMap<>();
        Map<Member, Place> seen = new HashMap<>();
        Map<String, String> originOfCode = new HashMap<>();
        new CsvPage(text, findings, List.of("origin", "code"), List.of())
                .rows(row -> {
                    Field code = row.field("code");
                    String origin = row.field("origin").required("the name of an origin");
                    if (!code.digits().isEmpty()) {
                        Once.check(seen, new Member(origin, code.text()), code);
                    }
                    origins.computeIfAbsent(origin, o -> new TreeSet<>()).add(code.text());
                    @Nullable String other = originOfCode.putIfAbsent(code.text(), origin);
                    if (other != null && !other.equals(origin)) {
                        findings.warn(
                                code.place(),
                                "the code %s in %s and in %s".formatted(code.text(), other, origin),
                                "where a deck prices both, a calling number fits two rows");
                    }
                });
        return origins;
    }

    Map<String, String> nanpStates(PageText text) {
        Map<String, Place> seen = new HashMap<>();
        Map<String, String> states = new LinkedHashMap<>();
        new CsvPage(text, findings, List.of("npanxx", "state"), List.of())
                .rows(row -> {
                    Field npanxx = row.field("npanxx");
                    String expected = "six digits, area code and exchange";
                    npanxx.required(expected);
                    String prefix = npanxx.matching(NPANXX, expected, "write such as 212555");
                    Once.check(seen, prefix, npanxx);
                    states.put(npanxx.text(), row.field("state").required("a state"));
                });
        return states;
    }

    Map<String, String> risk(PageText text) {
        Map<String, Place> seen = new HashMap<>();
        Map<String, String> risk = new LinkedHashMap<>();
        new CsvPage(text, findings, List.of("code", "reason"), List.of())
                .rows(row -> {
                    Field code = row.field("code");
                    Once.check(seen, code.digits(), code);
                    risk.put(code.text(), row.field("reason").text());
                });
        return risk;
    }
}
