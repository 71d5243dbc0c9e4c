/// Where settlement speaks SQL: traffic sums in, statements out, and how the two are held equal.
@NullMarked
package org.tollkeeper.settlement.store;

import org.jspecify.annotations.NullMarked;
