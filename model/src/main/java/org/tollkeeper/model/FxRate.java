package org.tollkeeper.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/// 1 `base` = `rate` `quote` from `date` on, until a newer row.
public record FxRate(LocalDate date, Currency base, Currency quote, BigDecimal rate) {}
