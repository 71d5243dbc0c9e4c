/// What one call and side costs in the rating kernel, measured by JMH.
@NullMarked
package org.tollkeeper.bench.kernel;

import org.jspecify.annotations.NullMarked;
