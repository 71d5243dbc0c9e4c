package org.tollkeeper.mediation.decoder;

/// The attributes of one record, by lower-case name.
@FunctionalInterface
interface Attributes {

    /// What the attribute says, without blanks around it; empty where the record lacks it.
    String text(String name);
}
