/// Reference data: carriers, agreements, decks and numbering, validated as a whole and stored with
/// the time it was known.
@NullMarked
package org.tollkeeper.book;

import org.jspecify.annotations.NullMarked;
