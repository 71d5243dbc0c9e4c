package org.tollkeeper.invoicing.store;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Money;

/// A document that a drafting would change. An issued one stays as it is: corrections would be
/// proposed for it.
///
/// @param before its net; null = there is none yet
/// @param after the net it would have or, issued, should have had; null = it would end
/// @param corrections lines of an issued document that would be corrected
public record DocumentChange(
        String number,
        DocumentStatus status,
        String agreement,
        BillingPeriod period,
        @Nullable Money before,
        @Nullable Money after,
        int corrections) {}
