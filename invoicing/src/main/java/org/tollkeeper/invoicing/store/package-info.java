/// Statements in, documents out: the stage's questions to the database, and the folder it writes.
@NullMarked
package org.tollkeeper.invoicing.store;

import org.jspecify.annotations.NullMarked;
