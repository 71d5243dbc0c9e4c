package org.tollkeeper.rating.store;

/// A visible slice of charges.
///
/// @param digest order-independent sum over its rows
record LiveSlice(int id, long rowCount, long digest) {}
