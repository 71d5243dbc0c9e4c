package org.tollkeeper.model;

import java.math.BigDecimal;

/// The tax on an agreement's documents.
///
/// @param note reason printed where the category needs one; may be empty
public record Tax(TaxCategory category, BigDecimal percent, String note) {

    /// What stands when an agreement names no tax.
    public static final Tax NONE = new Tax(TaxCategory.OUTSIDE_SCOPE, BigDecimal.ZERO, "");
}
