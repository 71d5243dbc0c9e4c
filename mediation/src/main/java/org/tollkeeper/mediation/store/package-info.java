/// What mediation asks of the database and writes to it: one file, one transaction, one
/// publication. [Mediation] is the way in.
@NullMarked
package org.tollkeeper.mediation.store;

import org.jspecify.annotations.NullMarked;
