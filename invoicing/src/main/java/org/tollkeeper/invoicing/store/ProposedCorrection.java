package org.tollkeeper.invoicing.store;

import org.tollkeeper.invoicing.Correction;
import org.tollkeeper.invoicing.Document;

/// How a line of an issued document would be corrected.
public record ProposedCorrection(Document document, Correction correction) {}
