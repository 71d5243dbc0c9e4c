package org.tollkeeper.rating.store;

import java.time.LocalDate;
import org.tollkeeper.model.Side;

/// The charges of one carrier and side on one UTC connect day: what is rated, replaced and found
/// stale as a whole.
record Unit(int carrier, Side side, LocalDate day) {}
