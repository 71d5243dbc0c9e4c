/// Runs, publications and slices: how what a run writes becomes visible, in one transaction, while
/// every earlier state stays readable.
@NullMarked
package org.tollkeeper.db.run;

import org.jspecify.annotations.NullMarked;
