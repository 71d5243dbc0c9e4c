/// The book on its way into the database, each version with the time it was known.
@NullMarked
package org.tollkeeper.book.store;

import org.jspecify.annotations.NullMarked;
