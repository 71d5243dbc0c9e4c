package org.tollkeeper.model;

/// A company we exchange traffic with. Absent texts are empty.
///
/// @param id the short name by which the book, CDRs and exports call it
/// @param endpoint electronic address `scheme:id` for e-invoices
public record Carrier(
        String id,
        String name,
        String address,
        String city,
        String postcode,
        String country,
        String vatId,
        String email,
        String endpoint) {}
