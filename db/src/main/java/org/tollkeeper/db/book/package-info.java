/// The book as the database keeps it: read back at any version, and the numbers of its names.
@NullMarked
package org.tollkeeper.db.book;

import org.jspecify.annotations.NullMarked;
