package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// Which charges are to be rated again. A day's charges of a carrier's side are rated as a whole,
/// so a deck or a destination chooses the sides of carriers whose agreements have it, in any
/// version of the book.
///
/// @param carrier null = all, as with `deck` and `destination`
/// @param from first UTC day of connect
/// @param to the last, inclusive
public record Selection(
        @Nullable String carrier,
        @Nullable String deck,
        @Nullable String destination,
        LocalDate from,
        LocalDate to) {

    private static final String PARTIES =
            """
            select distinct v.carrier, d.side
            from agreement_deck d
            join agreement_version v on v.agreement = d.agreement
            where (? is null or d.deck = (select id from deck where name = ?))
              and (? is null or exists
                    (select 1 from deck_row r join rate_line l on l.id = r.rate_line
                     where r.deck = d.deck and l.destination = ?))\
            """;

    private static final String ANY_ROW_OF_DESTINATION =
            "select 1 from deck_row r join rate_line l on l.id = r.rate_line"
                    + " where l.destination = ? limit 1";

    private record Party(int carrier, Side side) {}

    /// What the selection names and no version of the book has, in words; null when all is known.
    public @Nullable String unknownName(Connection connection) throws SQLException {
        StoredNames names = StoredNames.read(connection);
        if (carrier != null && !names.carriers().has(carrier)) {
            return "there is no carrier " + carrier;
        }
        if (deck != null && !names.decks().has(deck)) {
            return "there is no deck " + deck;
        }
        if (destination != null) {
            try (PreparedStatement select = connection.prepareStatement(ANY_ROW_OF_DESTINATION)) {
                select.setString(1, destination);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? null : "no deck has the destination " + destination;
                }
            }
        }
        return null;
    }

    Predicate<Unit> units(Connection connection) throws SQLException {
        boolean anyParty = deck == null && destination == null;
        @Nullable Set<Party> parties = anyParty ? null : parties(connection);
        int only = carrier == null ? 0 : StoredNames.read(connection).carriers().id(carrier);
        return unit ->
                !unit.day().isBefore(from)
                        && !unit.day().isAfter(to)
                        && (only == 0 || unit.carrier() == only)
                        && (parties == null
                                || parties.contains(new Party(unit.carrier(), unit.side())));
    }

    private Set<Party> parties(Connection connection) throws SQLException {
        Set<Party> parties = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(PARTIES)) {
            select.setObject(1, deck, Types.VARCHAR);
            select.setObject(2, deck, Types.VARCHAR);
            select.setObject(3, destination, Types.VARCHAR);
            select.setObject(4, destination, Types.VARCHAR);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    parties.add(new Party(row.getInt(1), Coded.ofCode(Side.class, row.getInt(2))));
                }
            }
        }
        return parties;
    }
}
