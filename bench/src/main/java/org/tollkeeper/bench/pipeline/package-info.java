/// The whole night beside what the database alone can do: generated calls, the night as a process,
/// the floor, the rival, and the sums that must agree.
@NullMarked
package org.tollkeeper.bench.pipeline;

import org.jspecify.annotations.NullMarked;
