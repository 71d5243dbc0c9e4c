/// The reports of a run: traffic, margin, quality, suspense, reconciliation.
@NullMarked
package org.tollkeeper.invoicing.report;

import org.jspecify.annotations.NullMarked;
