/// What the program itself asks of the database: its runs, the control totals across the stages,
/// and what `status` shows.
@NullMarked
package org.tollkeeper.app.store;

import org.jspecify.annotations.NullMarked;
