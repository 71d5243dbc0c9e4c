/// The folder that a run leaves behind.
@NullMarked
package org.tollkeeper.invoicing.out;

import org.jspecify.annotations.NullMarked;
