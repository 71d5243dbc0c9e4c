package org.tollkeeper.invoicing;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TaxCategory;

/// Why a document bears the tax it bears, in the words of EN 16931's categories.
public final class TaxReason {

    private TaxReason() {}

    /// The name of the category, as printed beside the tax.
    public static String category(TaxCategory category) {
        return switch (category) {
            case STANDARD -> "Standard rate";
            case ZERO_RATED -> "Zero rated";
            case EXEMPT -> "Exempt from tax";
            case REVERSE_CHARGE -> "Reverse charge";
            case OUTSIDE_SCOPE -> "Not subject to tax";
            case EXPORT -> "Export outside the union";
            case INTRA_COMMUNITY -> "Intra-community supply";
        };
    }

    /// The reason printed below the totals: the agreement's own, else the category's; empty where
    /// tax is charged and none is needed.
    public static String note(Tax tax) {
        if (!tax.note().isBlank()) {
            return tax.note();
        }
        return switch (tax.category()) {
            case STANDARD -> "";
            case ZERO_RATED -> "Zero rated supply.";
            case EXEMPT -> "Exempt from VAT.";
            case REVERSE_CHARGE ->
                    "Reverse charge: VAT is to be accounted for by the recipient of the service.";
            case OUTSIDE_SCOPE -> "Not subject to VAT.";
            case EXPORT -> "Service outside the scope of VAT of the supplier’s country.";
            case INTRA_COMMUNITY -> "Exempt intra-community supply.";
        };
    }

    /// Why an invoice with this tax cannot be issued to `carrier`; null when it can.
    public static @Nullable String refusal(Tax tax, Carrier carrier) {
        boolean buyerMustBeKnown =
                tax.category() == TaxCategory.REVERSE_CHARGE
                        || tax.category() == TaxCategory.INTRA_COMMUNITY;
        if (buyerMustBeKnown && carrier.vatId().isBlank()) {
            return "tax category %s needs the carrier's VAT id: enter vat_id of %s in carriers.csv"
                    .formatted(tax.category().label(), carrier.id());
        }
        return null;
    }
}
