/// Stories: networks made up in full, the CDR files their switches would write in a month, and what
/// those calls are worth by an arithmetic that shares no code with the product.
@NullMarked
package org.tollkeeper.samples;

import org.jspecify.annotations.NullMarked;
