package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// What calls of one day brought in and cost, before conversion.
///
/// @param ingressCarrier empty when the calls came from our own network
/// @param day UTC day of connect, whose exchange rates hold
public record Earning(
        String ingressCarrier,
        String destination,
        LocalDate day,
        long callCount,
        @Nullable Currency sellCurrency,
        BigDecimal sellNanos,
        @Nullable Currency buyCurrency,
        BigDecimal buyNanos) {}
