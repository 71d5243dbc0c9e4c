package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.BinaryRows;
import org.tollkeeper.mediation.CallTimes;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.Part;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.model.Digits;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The rows of `part`: accepted records that are not a call by themselves, or that others may join.
final class PartRows {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    static final List<String> COLUMNS =
            List.of(
                    "file",
                    "record",
                    "kind",
                    "switch",
                    "call_id",
                    "leg_id",
                    "sequence",
                    "final",
                    "setup_ms",
                    "connect_ms",
                    "release_ms",
                    "duration_ms",
                    "calling",
                    "called",
                    "routing",
                    "ingress_carrier",
                    "egress_carrier",
                    "ingress_trunk",
                    "egress_trunk",
                    "ingress_product",
                    "egress_product",
                    "cause",
                    "sip_code",
                    "codec",
                    "mos",
                    "attestation",
                    "pdd_ms",
                    "content",
                    "detail",
                    "from_publication");

    private PartRows() {}

    /// The ids by which the parts of a call find each other on one switch.
    record Group(String callId, String legId) {}

    /// A part as it is stored.
    ///
    /// @param publication under which it was accepted
    /// @param run that accepted it
    /// @param place of the call it belongs to; null = it waits
    /// @param isFirst whether it gives the call its file and record
    record Stored(
            Part part,
            int publication,
            int run,
            CallSlices.@Nullable Place place,
            boolean isFirst) {

        Group group() {
            return new Group(part.leg().callId(), part.leg().legId());
        }

        Outcome outcome() {
            return place == null ? Outcome.SUSPENDED : isFirst ? Outcome.CALL : Outcome.JOINED;
        }
    }

    static void insert(Batch batch, int switchNumber, Part part) {
        write(batch.rows("part", COLUMNS), switchNumber, batch.publication(), part);
    }

    private static void write(BinaryRows copy, int switchNumber, int publication, Part part) {
        Leg leg = part.leg();
        copy.startRow();
        copy.writeInt(part.file());
        copy.writeInt(leg.source().record());
        copy.writeShort((short) leg.source().kind().code());
        copy.writeShort((short) switchNumber);
        copy.writeText(leg.callId());
        copy.writeText(leg.legId());
        copy.writeInt(leg.source().sequence());
        copy.writeBoolean(leg.source().isFinal());
        copy.writeLong(leg.times().setupMs());
        writeLong(copy, leg.times().connectMs());
        writeLong(copy, leg.times().releaseMs());
        copy.writeLong(leg.times().durationMs());
        copy.writeLong(leg.numbers().calling().packed());
        copy.writeLong(leg.numbers().called().packed());
        copy.writeLong(leg.numbers().routing().packed());
        copy.writeShort((short) leg.ingress().carrier());
        copy.writeShort((short) leg.egress().carrier());
        copy.writeText(leg.ingress().trunk());
        copy.writeText(leg.egress().trunk());
        copy.writeText(leg.ingress().product());
        copy.writeText(leg.egress().product());
        copy.writeText(leg.ending().cause());
        copy.writeText(leg.ending().sipCode());
        copy.writeText(leg.ending().codec());
        copy.writeText(leg.ending().mos());
        copy.writeText(leg.attestation());
        writeInt(copy, leg.ending().pddMs());
        copy.writeLong(leg.source().content());
        if (leg.detail().isEmpty()) {
            copy.writeNull();
        } else {
            writeDetail(copy, leg.detail());
        }
        copy.writeInt(publication);
    }

    static void writeLong(BinaryRows copy, @Nullable Long value) {
        if (value == null) {
            copy.writeNull();
        } else {
            copy.writeLong(value);
        }
    }

    static void writeInt(BinaryRows copy, @Nullable Integer value) {
        if (value == null) {
            copy.writeNull();
        } else {
            copy.writeInt(value);
        }
    }

    /// A `jsonb`: its version, 1, and its text.
    static void writeDetail(BinaryRows copy, Map<String, String> detail) {
        byte[] text = JSON.writeValueAsString(detail).getBytes(UTF_8);
        byte[] value = new byte[text.length + 1];
        value[0] = 1;
        System.arraycopy(text, 0, value, 1, text.length);
        copy.writeBytes(value, 0, value.length);
    }

    /// All accepted parts of some groups of a switch, joined or waiting.
    static List<Stored> ofGroups(Connection connection, int switchNumber, List<Group> groups)
            throws SQLException {
        List<Stored> parts = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select p.*, b.run from unnest(?, ?) g (call_id, leg_id)
                        join part p on p.switch = ? and p.to_publication is null
                            and hashtextextended(p.call_id, 0) = hashtextextended(g.call_id, 0)
                            and p.call_id = g.call_id and p.leg_id = g.leg_id
                        join publication b on b.id = p.from_publication\
                        """)) {
            select.setArray(
                    1,
                    connection.createArrayOf("text", groups.stream().map(Group::callId).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf("text", groups.stream().map(Group::legId).toArray()));
            select.setInt(3, switchNumber);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    parts.add(stored(row));
                }
            }
        }
        return parts;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        LocalDate day = row.getObject("call_day", LocalDate.class);
        String detail = row.getString("detail");
        Leg leg =
                new Leg(
                        row.getString("call_id"),
                        row.getString("leg_id"),
                        new CallTimes(
                                row.getLong("setup_ms"),
                                row.getObject("connect_ms", Long.class),
                                row.getObject("release_ms", Long.class),
                                row.getLong("duration_ms")),
                        new Leg.Numbers(
                                new Digits(row.getLong("calling")),
                                new Digits(row.getLong("called")),
                                new Digits(row.getLong("routing"))),
                        new Leg.Way(
                                row.getString("ingress_trunk"),
                                row.getInt("ingress_carrier"),
                                row.getString("ingress_product")),
                        new Leg.Way(
                                row.getString("egress_trunk"),
                                row.getInt("egress_carrier"),
                                row.getString("egress_product")),
                        new Leg.Ending(
                                row.getString("cause"),
                                row.getString("sip_code"),
                                row.getString("codec"),
                                row.getString("mos"),
                                row.getObject("pdd_ms", Integer.class)),
                        row.getString("attestation"),
                        new Leg.Source(
                                RecordKind.ofCode(row.getInt("kind")),
                                row.getInt("sequence"),
                                row.getBoolean("final"),
                                row.getInt("record"),
                                row.getLong("content")),
                        detail == null ? Map.of() : JSON.readValue(detail, TEXTS));
        return new Stored(
                new Part(row.getInt("file"), leg),
                row.getInt("from_publication"),
                row.getInt("run"),
                day == null
                        ? null
                        : new CallSlices.Place(day, row.getInt("call_slice"), row.getInt("call_n")),
                row.getBoolean("call_first"));
    }

    /// Writes to which call parts belong now, or that they wait.
    static void place(Connection connection, List<Stored> parts) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update part set call_day = ?, call_slice = ?, call_n = ?, call_first = ?
                        where file = ? and record = ? and from_publication = ?\
                        """)) {
            for (Stored part : parts) {
                CallSlices.Place place = part.place();
                update.setObject(1, place == null ? null : place.day());
                update.setObject(2, place == null ? null : place.slice(), Types.INTEGER);
                update.setObject(3, place == null ? null : place.n(), Types.INTEGER);
                update.setBoolean(4, part.isFirst());
                update.setInt(5, part.part().file());
                update.setInt(6, part.part().leg().source().record());
                update.setInt(7, part.publication());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /// Ends the acceptance of parts: their call came whole before.
    static void end(Connection connection, int publication, List<Stored> parts)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update part set to_publication = ?
                        where file = ? and record = ? and from_publication = ?\
                        """)) {
            for (Stored part : parts) {
                update.setInt(1, publication);
                update.setInt(2, part.part().file());
                update.setInt(3, part.part().leg().source().record());
                update.setInt(4, part.publication());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
