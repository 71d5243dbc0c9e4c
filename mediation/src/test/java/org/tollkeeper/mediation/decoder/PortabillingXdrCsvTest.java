package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortabillingXdrCsvTest {

    static final String HEADER =
            "i_xdr,account_id,vendor,CLI,CLD,connect_time,unix_connect_time,disconnect_time,"
                    + "unix_disconnect_time,charged_quantity,charged_amount,disconnect_cause,"
                    + "disconnect_reason,h323_conf_id\n";

    /// 33 seconds from 2024-03-13T10:03:00Z, charged as 60: the account's record and the vendor's.
    /// Then a call that was busy.
    static final String FILE =
            HEADER
                    + "1001,ACME,,493012345,442079,2024-03-13 11:03:00,1710324180,"
                    + "2024-03-13 11:03:33,1710324213,60,0.05,16,Normal,A1B2 C3D4 E5F6 0708\n"
                    + "1002,,BETA,493012345,442079,2024-03-13 11:03:00,1710324180,"
                    + "2024-03-13 11:03:33,1710324213,33,0.03,16,Normal,A1B2 C3D4 E5F6 0708\n"
                    + "1003,ACME,,493012345,442080,2024-03-13 11:03:00,1710324180,"
                    + "2024-03-13 11:03:00,1710324180,0,0,17,Busy,A1B2 C3D4 E5F6 0709\n";

    private static List<CdrRecord> decode(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(
                        Decoded.source("portabilling-xdr-csv", "Europe/Berlin", mapping)),
                content);
    }

    @Test
    void the_records_of_one_call_share_its_conference() throws Exception {
        List<CdrRecord> records = decode("", FILE);
        assertThat(records).hasSize(3).allMatch(record -> record.malformed() == null);
        assertThat(records)
                .extracting(CdrRecord::kind)
                .containsExactly(RecordKind.STOP, RecordKind.END, RecordKind.STOP);
        CdrRecord call = records.getFirst();
        assertThat(call.callId()).isEqualTo("A1B2 C3D4 E5F6 0708");
        assertThat(records.get(1).callId()).isEqualTo(call.callId());
        assertThat(call.ingressTrunk()).isEqualTo("ACME");
        assertThat(records.get(1).egressTrunk()).isEqualTo("BETA");
        assertThat(call.calling()).isEqualTo("493012345");
        assertThat(call.called()).isEqualTo("442079");
        assertThat(Decoded.instant(call.setupMs())).isEqualTo("2024-03-13T10:03:00Z");
        assertThat(call.connectMs()).isEqualTo(call.setupMs());
        assertThat(Decoded.instant(call.releaseMs())).isEqualTo("2024-03-13T10:03:33Z");
        assertThat(call.durationMs()).isNull();
        assertThat(call.cause()).isEqualTo("16");
        assertThat(call.detail())
                .containsEntry(Detail.NATIVE_ID, "1001")
                .containsEntry(Detail.NATIVE_DURATION, "60")
                .containsEntry(Detail.NATIVE_CAUSE, "Normal");
        assertThat(records.getLast().connectMs()).isNull();
        assertThat(records.getLast().cause()).isEqualTo("17");
    }

    @Test
    void without_seconds_since_1970_the_stamps_are_read_on_the_switchs_clock() throws Exception {
        String file = FILE.replace("unix_", "x_");
        CdrRecord call = decode("", file).getFirst();
        assertThat(Decoded.instant(call.connectMs())).isEqualTo("2024-03-13T10:03:00Z");
        assertThat(Decoded.instant(call.releaseMs())).isEqualTo("2024-03-13T10:03:33Z");
    }

    @Test
    void without_a_conference_a_record_is_a_call() throws Exception {
        List<CdrRecord> records = decode("", FILE.replace("h323_conf_id", "other"));
        assertThat(records)
                .extracting(CdrRecord::callId, CdrRecord::kind, CdrRecord::egressTrunk)
                .startsWith(
                        tuple("1001", RecordKind.STOP, ""), tuple("1002", RecordKind.STOP, "BETA"));
    }

    @Test
    void a_record_that_takes_back_has_a_negative_duration() throws Exception {
        assertThat(decode("", FILE.replace(",60,0.05", ",-60,-0.05")).getFirst().durationMs())
                .isEqualTo(-60_000);
    }

    @Test
    void a_call_that_failed_was_not_answered() throws Exception {
        String file = FILE.replace("charged_amount", "failed").replace("60,0.05", "60,1");
        assertThat(decode("", file).getFirst().connectMs()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1710324180,2024 | ,2024  | ",
                "1710324180,2024 | x,2024 | connect_time is 'x'; expected seconds since 1970 or YYYY-MM-DD HH:MM:SS",
                ",60,0.05        | ,1m,0  | charged_quantity is '1m'; expected seconds",
                "ACME,,493       | ACME,  | 13 fields, but the header has 14",
            })
    void a_row_that_cannot_be_read_is_malformed(
            String found, String instead, @Nullable String reason) throws Exception {
        assertThat(decode("", FILE.replace(found, instead)).getFirst().malformed())
                .isEqualTo(reason);
    }

    @Test
    void a_header_without_a_called_number_or_times_makes_the_file_undecodable() {
        assertThatThrownBy(() -> decode("", FILE.replace("CLD", "number")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("the header has no column cld or cdd or to");
        assertThatThrownBy(() -> decode("", FILE.replace("connect_time", "time")))
                .isInstanceOf(UndecodableException.class);
    }
}
