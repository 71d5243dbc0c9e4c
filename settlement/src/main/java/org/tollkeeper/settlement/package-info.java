/// Charges in, what each carrier owes out.
@NullMarked
package org.tollkeeper.settlement;

import org.jspecify.annotations.NullMarked;
