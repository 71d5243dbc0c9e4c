/// Hashes and sets of the duplicate check, on primitives.
@NullMarked
package org.tollkeeper.mediation.kernel;

import org.jspecify.annotations.NullMarked;
