package org.tollkeeper.db.book;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Commitment;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TaxCategory;
import org.tollkeeper.model.TierMode;

/// The agreements of a version of the book, with their deck lists and commitments.
final class StoredAgreements {

    private StoredAgreements() {}

    static List<Agreement> read(VersionQuery query) throws SQLException {
        Map<Integer, List<DeckList>> lists = deckLists(query);
        Map<Integer, List<Commitment>> commitments = commitments(query);
        return query.list(
                """
                select n.name, c.name as carrier_name, v.* from agreement_version v
                join agreement n on n.id = v.agreement join carrier c on c.id = v.carrier
                where %s order by n.name\
                """,
                row -> {
                    int id = row.getInt("agreement");
                    return agreement(
                            row,
                            lists.getOrDefault(id, List.of()),
                            commitments.getOrDefault(id, List.of()));
                });
    }

    private static Agreement agreement(
            ResultSet row, List<DeckList> lists, List<Commitment> commitments) throws SQLException {
        return new Agreement(
                row.getString("name"),
                row.getString("carrier_name"),
                row.getObject("from_day", LocalDate.class),
                VersionQuery.date(row, "to_day"),
                Currency.getInstance(row.getString("currency")),
                ZoneId.of(row.getString("time_zone")),
                Coded.ofCode(Cycle.class, row.getInt("cycle")),
                row.getInt("due_days"),
                lists,
                settlement(row),
                row.getBoolean("netting"),
                Coded.ofCode(DurationRounding.class, row.getInt("duration")),
                row.getInt("charge_decimals"),
                Coded.ofCode(ChargeRounding.class, row.getInt("charge_rounding")),
                Coded.ofCode(TierMode.class, row.getInt("tiers")),
                Coded.ofCode(BandPolicy.class, row.getInt("bands")),
                commitments,
                row.getBoolean("routing_number"),
                Coded.ofCode(LateUsage.class, row.getInt("late_usage")),
                new Tax(
                        Coded.ofCode(TaxCategory.class, row.getInt("tax_category")),
                        row.getBigDecimal("tax_percent"),
                        row.getString("tax_note")));
    }

    private static Settlement settlement(ResultSet row) throws SQLException {
        String model = row.getString("settlement");
        return switch (model) {
            case "sender-keeps-all" -> new Settlement.SenderKeepsAll();
            case "bill-and-keep" -> new Settlement.BillAndKeep();
            case "imbalance" ->
                    new Settlement.Imbalance(
                            row.getBigDecimal("ratio"),
                            Coded.ofCode(Excess.class, row.getInt("excess")),
                            Coded.ofCode(Measure.class, row.getInt("measure")),
                            row.getBigDecimal("fixed_price"),
                            row.getBigDecimal("minimum_minutes"),
                            row.getInt("consecutive_periods"));
            default -> throw new IllegalArgumentException("no settlement is named " + model);
        };
    }

    private static Map<Integer, List<DeckList>> deckLists(VersionQuery query) throws SQLException {
        record Key(int agreement, int side, String product) {}
        Map<Key, List<String>> decks = new HashMap<>();
        List<Key> order = new ArrayList<>();
        query.each(
                """
                select v.agreement, v.side, v.product, n.name from agreement_deck v
                join deck n on n.id = v.deck
                where %s order by v.agreement, v.side desc, v.product collate "C", v.position\
                """,
                row -> {
                    Key key = new Key(row.getInt(1), row.getInt(2), row.getString(3));
                    decks.computeIfAbsent(
                                    key,
                                    first -> {
                                        order.add(first);
                                        return new ArrayList<>();
                                    })
                            .add(row.getString(4));
                });
        Map<Integer, List<DeckList>> lists = new HashMap<>();
        for (Key key : order) {
            lists.computeIfAbsent(key.agreement(), agreement -> new ArrayList<>())
                    .add(
                            new DeckList(
                                    Coded.ofCode(Side.class, key.side()),
                                    key.product(),
                                    List.copyOf(decks.getOrDefault(key, List.of()))));
        }
        return lists;
    }

    private static Map<Integer, List<Commitment>> commitments(VersionQuery query)
            throws SQLException {
        Map<Integer, List<Commitment>> commitments = new HashMap<>();
        query.each(
                """
                select agreement, side, minutes, destination, shortfall_rate from commitment v
                where %s order by agreement, position\
                """,
                row ->
                        commitments
                                .computeIfAbsent(row.getInt(1), agreement -> new ArrayList<>())
                                .add(
                                        new Commitment(
                                                Coded.ofCode(Side.class, row.getInt(2)),
                                                row.getBigDecimal(3),
                                                row.getString(4),
                                                row.getBigDecimal(5))));
        return commitments;
    }
}
