/// Documents, statements and reports on paper: what is printed, and how it becomes PDF.
@NullMarked
package org.tollkeeper.invoicing.print;

import org.jspecify.annotations.NullMarked;
