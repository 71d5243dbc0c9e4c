/// Charges in, what each carrier owes out.
///
/// The rules stand here in plain Java: [Settler] turns the traffic of an agreement's periods into
/// [Statement]s.
@NullMarked
package org.tollkeeper.settlement;

import org.jspecify.annotations.NullMarked;
