/// Whether what switches delivered is complete: their files by number and by calendar, their calls
/// by the hour.
@NullMarked
package org.tollkeeper.mediation.delivery;

import org.jspecify.annotations.NullMarked;
