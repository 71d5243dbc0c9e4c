package org.tollkeeper.rating;

/// What the look-up of one side of a call finds: the tariff that prices it, or the reason why there
/// is none.
public sealed interface Match permits Tariff, Suspended {}
