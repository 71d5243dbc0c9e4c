/// The nouns of wholesale voice billing that more than one stage names: numbers, agreements, decks,
/// periods, money. Nothing here knows a database, a file or a framework.
@NullMarked
package org.tollkeeper.model;

import org.jspecify.annotations.NullMarked;
