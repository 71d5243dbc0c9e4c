/// Calls in, charges out.
@NullMarked
package org.tollkeeper.rating;

import org.jspecify.annotations.NullMarked;
