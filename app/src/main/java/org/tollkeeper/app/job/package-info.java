/// Spring Batch around the night: a step a stage, and the history of what ran.
@NullMarked
package org.tollkeeper.app.job;

import org.jspecify.annotations.NullMarked;
