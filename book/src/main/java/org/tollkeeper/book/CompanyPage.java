package org.tollkeeper.book;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Company;

/// `company.yaml`.
final class CompanyPage {

    private static final List<String> KEYS =
            List.of(
                    "name",
                    "address",
                    "country",
                    "vatId",
                    "currency",
                    "timeZone",
                    "invoicePrefix",
                    "bank",
                    "email");
    private static final List<String> BANK_KEYS = List.of("name", "iban", "bic");

    private CompanyPage() {}

    static @Nullable Company read(YamlPage page) {
        @Nullable YamlEntry entry = page.entry("the company", KEYS);
        if (entry == null) {
            return null;
        }
        return new Company(
                entry.field("name").required("our name"),
                entry.fields("address").stream().map(Field::text).toList(),
                entry.field("country").country(),
                entry.field("vatId").text(),
                entry.field("currency").currency(),
                entry.field("timeZone").zone(null),
                entry.field("invoicePrefix").fileName("the first part of invoice numbers"),
                bank(entry.entry("bank", BANK_KEYS)),
                entry.field("email").text());
    }

    private static Company.Bank bank(@Nullable YamlEntry entry) {
        return entry == null
                ? new Company.Bank("", "", "")
                : new Company.Bank(
                        entry.field("name").text(),
                        entry.field("iban").text(),
                        entry.field("bic").text());
    }
}
