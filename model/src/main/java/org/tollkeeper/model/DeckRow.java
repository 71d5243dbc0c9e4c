package org.tollkeeper.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// One price of a deck. Decimals keep the digits the deck prints.
///
/// @param id number under which the database keeps the row; 0 before it is stored
/// @param ratePerMinute 0 when `blocked`
/// @param setup fee of an answered call
/// @param minimumSeconds first block
/// @param incrementSeconds every block after it
/// @param effective local, inclusive; null = since ever
/// @param expires local, exclusive; null = open
/// @param band empty = all hours
/// @param tierFromMinutes the row holds from this cumulative volume of its destination on
/// @param origin empty = any origin
/// @param jurisdiction null = any
/// @param blocked calls to the code are suspended, not priced
public record DeckRow(
        int id,
        String deck,
        String code,
        String destination,
        BigDecimal ratePerMinute,
        BigDecimal setup,
        int minimumSeconds,
        int incrementSeconds,
        @Nullable LocalDateTime effective,
        @Nullable LocalDateTime expires,
        String band,
        BigDecimal tierFromMinutes,
        String origin,
        @Nullable Jurisdiction jurisdiction,
        boolean blocked) {}
