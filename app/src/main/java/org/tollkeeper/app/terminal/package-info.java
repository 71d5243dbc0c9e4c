/// What a command shows: progress while it works, its answer at the end.
@NullMarked
package org.tollkeeper.app.terminal;

import org.jspecify.annotations.NullMarked;
