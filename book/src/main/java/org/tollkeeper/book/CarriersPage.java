package org.tollkeeper.book;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tollkeeper.model.Carrier;

/// `carriers.csv`.
final class CarriersPage {

    static final List<String> REQUIRED = List.of("carrier", "name");
    static final List<String> OPTIONAL =
            List.of("address", "city", "postcode", "country", "vat_id", "email", "endpoint");

    private static final Pattern ENDPOINT = Pattern.compile("[0-9A-Za-z]{2,4}:\\S+");

    private CarriersPage() {}

    static List<Carrier> read(PageText text, Findings findings) {
        List<Carrier> carriers = new ArrayList<>();
        Map<String, Place> places = new HashMap<>();
        CsvPage page = new CsvPage(text, findings, REQUIRED, OPTIONAL);
        page.rows(row -> {
            Field id = row.field("carrier");
            Once.check(places, id.required("the short name of a carrier"), id);
            Field country = row.field("country");
            if (!country.given()) {
                findings.warn(
                        country.place(),
                        "no country for " + id.text(),
                        "invoices to it lack a part that e-invoicing demands");
            }
            carriers.add(
                    new Carrier(
                            id.text(),
                            row.field("name").required("the name on documents"),
                            row.field("address").text(),
                            row.field("city").text(),
                            row.field("postcode").text(),
                            country.given() ? country.country() : "",
                            row.field("vat_id").text(),
                            row.field("email").text(),
                            row.field("endpoint")
                                    .matching(
                                            ENDPOINT,
                                            "an electronic address `scheme:id`",
                                            "write such as 9930:DE136695976")));
        });
        return carriers;
    }
}
