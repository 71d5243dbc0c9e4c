/// Reading charges and their calls by the million: in the order of exports, as bytes, with as
/// little work for the database as it takes.
@NullMarked
package org.tollkeeper.db.traffic;

import org.jspecify.annotations.NullMarked;
