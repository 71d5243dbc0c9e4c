package org.tollkeeper.settlement.store;

import org.tollkeeper.model.Agreement;
import org.tollkeeper.settlement.LineKey;
import org.tollkeeper.settlement.Statement;
import org.tollkeeper.settlement.StatementLine;
import org.tollkeeper.settlement.Traffic;

/// What makes two statements the same, and what makes them from the same charges.
final class StatementDigest {

    /// Raised whenever [org.tollkeeper.settlement.Settler] makes other statements of the same
    /// charges and terms, so that all are settled anew.
    private static final int RULES = 1;

    private StatementDigest() {}

    /// Of everything a statement prints.
    static Sha256 of(Statement statement) {
        Sha256.Fields fields = new Sha256.Fields();
        fields.put(
                statement.period().from(),
                statement.period().end(),
                statement.agreement().currency(),
                statement.agreement().chargeDecimals());
        for (StatementLine line : statement.lines()) {
            fields.put(line.kind().code(), line.due().minorUnits());
            switch (line) {
                case StatementLine.OfTraffic of -> {
                    put(fields, of.key());
                    put(fields, of.traffic());
                }
                case StatementLine.OfCommitment of ->
                        fields.put(of.side(), of.destination(), of.shortfallRate().toPlainString());
                case StatementLine.Total of -> {
                    fields.put(of.side());
                    put(fields, of.traffic());
                }
                case StatementLine.Net of -> fields.put(String.valueOf(of.owed()));
            }
        }
        return fields.digest();
    }

    private static void put(Sha256.Fields fields, LineKey key) {
        fields.put(
                key.side(),
                key.destination(),
                key.ratePerMinute().toPlainString(),
                key.band(),
                key.tierFromMinutes().toPlainString(),
                key.origin(),
                key.jurisdictionLabel());
    }

    private static void put(Sha256.Fields fields, Traffic traffic) {
        fields.put(
                traffic.callCount(),
                traffic.actualSeconds(),
                traffic.billedSeconds(),
                traffic.chargeNanos());
    }

    /// Of all terms of an agreement that settle its charges.
    static Sha256 ofTerms(Agreement agreement) {
        return new Sha256.Fields()
                .put(
                        RULES,
                        agreement.from(),
                        String.valueOf(agreement.to()),
                        agreement.currency(),
                        agreement.cycle(),
                        agreement.settlement(),
                        agreement.netting(),
                        agreement.chargeDecimals(),
                        agreement.commitments())
                .digest();
    }
}
