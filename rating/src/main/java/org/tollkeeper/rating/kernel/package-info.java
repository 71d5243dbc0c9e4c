/// The fast twin of the rater, over primitive columns: the same prices for calls that stand by
/// themselves, without an allocation. What takes the volume or the end of a band to price is left
/// to the rater.
@NullMarked
package org.tollkeeper.rating.kernel;

import org.jspecify.annotations.NullMarked;
