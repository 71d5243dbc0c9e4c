package org.tollkeeper.model;

import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/// We: the carrier that runs Tollkeeper and issues the invoices.
///
/// @param currency of the margin reports
/// @param timeZone in which days of issue and "yesterday" are read
/// @param invoicePrefix first part of document numbers `PREFIX-YYYY-NNNNNN`
public record Company(
        String name,
        List<String> address,
        String country,
        String vatId,
        Currency currency,
        ZoneId timeZone,
        String invoicePrefix,
        Bank bank,
        String email) {

    public record Bank(String name, String iban, String bic) {}
}
