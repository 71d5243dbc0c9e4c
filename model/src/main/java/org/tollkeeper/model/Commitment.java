package org.tollkeeper.model;

import java.math.BigDecimal;

/// A volume promised per billing period, and what each minute short of it costs.
///
/// @param side SELL: the carrier's promise to us; BUY: ours to the carrier
/// @param minutes billed minutes of a whole period
/// @param destination empty = all destinations
/// @param shortfallRate per minute, in the agreement's currency
public record Commitment(
        Side side, BigDecimal minutes, String destination, BigDecimal shortfallRate) {}
