package org.tollkeeper.rating.store;

/// Where a call stands in the database.
///
/// @param epochDay UTC day of setup, in days since 1970-01-01
record CallKey(int epochDay, int slice, int n) {}
