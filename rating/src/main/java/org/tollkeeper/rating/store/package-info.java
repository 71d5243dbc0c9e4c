/// Rating against the database: which calls are new or stale, their charges in slices, the charges
/// export, and the answer to "why does this call cost that".
@NullMarked
package org.tollkeeper.rating.store;

import org.jspecify.annotations.NullMarked;
