/// Switch files in, calls out.
@NullMarked
package org.tollkeeper.mediation;

import org.jspecify.annotations.NullMarked;
