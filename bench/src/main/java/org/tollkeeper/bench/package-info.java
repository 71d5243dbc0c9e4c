/// Benchmarks of the stages and of the whole pipeline; nothing depends on it.
@NullMarked
package org.tollkeeper.bench;

import org.jspecify.annotations.NullMarked;
