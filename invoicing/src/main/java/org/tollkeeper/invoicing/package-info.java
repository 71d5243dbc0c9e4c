/// What a carrier owes in, numbered documents out; reconciliation and disputes.
@NullMarked
package org.tollkeeper.invoicing;

import org.jspecify.annotations.NullMarked;
