/// Stories: a book and CDRs in, statements and invoices out.
@NullMarked
package org.tollkeeper.samples;

import org.jspecify.annotations.NullMarked;
