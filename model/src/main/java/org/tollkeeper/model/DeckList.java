package org.tollkeeper.model;

import java.util.List;

/// The decks of one side of an agreement for one product, in the order they are tried.
///
/// @param product empty: for every trunk that names no product, or where the agreement knows none
public record DeckList(Side side, String product, List<String> decks) {}
