package org.tollkeeper.mediation;

/// Where a call comes from or goes to: a carrier, or our own network.
///
/// @param carrier number of the carrier; 0 = our own network
/// @param product of the carrier's deck lists that the trunk carries; empty = the only one
/// @param called the called number after the trunk's strip and add; as received on egress
public record Route(int carrier, String product, String called) {}
