package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreeswitchXmlTest {

    static final String ANSWERED =
            """
            <?xml version="1.0"?>
            <cdr core-uuid="c1" switchname="fs1">
              <channel_data><direction>inbound</direction></channel_data>
              <variables>
                <uuid>leg-a</uuid>
                <sip_network_ip>192.0.2.7</sip_network_ip>
                <accountcode>acme</accountcode>
                <sip_full_from>%22Bob%22%20%3Csip%3A%2B493012%40192.0.2.7%3E</sip_full_from>
                <start_uepoch>1710324178500999</start_uepoch>
                <progress_uepoch>1710324178900000</progress_uepoch>
                <answer_uepoch>1710324180000000</answer_uepoch>
                <end_uepoch>1710324190250000</end_uepoch>
                <billsec>11</billsec>
                <billmsec>10250</billmsec>
                <billusec>10250000</billusec>
                <progressmsec>399</progressmsec>
                <progress_mediamsec>1500</progress_mediamsec>
                <hangup_cause>NORMAL_CLEARING</hangup_cause>
                <hangup_cause_q850>16</hangup_cause_q850>
                <last_bridge_proto_specific_hangup_cause>sip%3A200</last_bridge_proto_specific_hangup_cause>
                <sip_hangup_disposition>recv_bye</sip_hangup_disposition>
                <read_codec>PCMA</read_codec>
                <rtp_audio_in_packet_count>500</rtp_audio_in_packet_count>
                <rtp_audio_in_mos>4.47</rtp_audio_in_mos>
              </variables>
              <callflow dialplan="XML" profile_index="2">
                <caller_profile>
                  <ani>changed</ani>
                  <destination_number>transferred</destination_number>
                  <originatee><originatee_caller_profile>
                    <network_addr>198.51.100.9</network_addr><uuid>leg-b</uuid>
                  </originatee_caller_profile></originatee>
                </caller_profile>
              </callflow>
              <callflow dialplan="XML" profile_index="1">
                <caller_profile>
                  <ani>+493012</ani>
                  <destination_number>442079460000</destination_number>
                </caller_profile>
                <times><created_time>1710324178500999</created_time></times>
              </callflow>
            </cdr>
            """;

    static final String OTHER_LEG =
            ANSWERED.replace("inbound", "outbound")
                    .replace(
                            "<uuid>leg-a<", "<sip_gateway_name>beta</sip_gateway_name><uuid>leg-b<")
                    .replace("originatee", "originator")
                    .replace(
                            "198.51.100.9</network_addr><uuid>leg-b<",
                            "192.0.2.7</network_addr><uuid>leg-a<");

    @Test
    void an_answered_leg_is_a_call_with_the_numbers_of_its_first_segment() throws Exception {
        CdrRecord record = one("", ANSWERED);
        assertThat(record.malformed()).isNull();
        assertThat(record.kind()).isEqualTo(RecordKind.STOP);
        assertThat(record.callId()).isEqualTo("leg-a");
        assertThat(record.ingressTrunk()).isEqualTo("192.0.2.7");
        assertThat(record.egressTrunk()).isEqualTo("198.51.100.9");
        assertThat(record.calling()).isEqualTo("+493012");
        assertThat(record.called()).isEqualTo("442079460000");
        assertThat(record.setupMs()).isEqualTo(1710324178500L);
        assertThat(record.connectMs()).isEqualTo(1710324180000L);
        assertThat(record.releaseMs()).isEqualTo(1710324190250L);
        assertThat(record.durationMs()).isEqualTo(10250);
        assertThat(record.cause()).isEqualTo("16");
        assertThat(record.sipCode()).isEqualTo("200");
        assertThat(record.pddMs()).isEqualTo(399);
        assertThat(record.mos()).isEqualTo("4.47");
        assertThat(record.codec()).isEqualTo("PCMA");
        assertThat(record.detail()).containsExactly(java.util.Map.entry("releaseInitiator", "A"));
    }

    @Test
    void the_other_leg_joins_the_one_that_is_billed() throws Exception {
        CdrRecord joins = one("", OTHER_LEG);
        assertThat(joins.kind()).isEqualTo(RecordKind.MEDIA);
        assertThat(joins.callId()).isEqualTo("leg-a");
        assertThat(joins.mos()).isEmpty();
        assertThat(joins.detail()).containsEntry(Detail.MOS_OUT, "4.47");
        String failed = OTHER_LEG.replace("<answer_uepoch>1710324180000000", "<answer_uepoch>0");
        assertThat(one("", failed).kind()).isEqualTo(RecordKind.UPDATE);

        CdrRecord call = one("{\"leg\": \"b\"}", OTHER_LEG);
        assertThat(call.kind()).isEqualTo(RecordKind.STOP);
        assertThat(call.callId()).isEqualTo("leg-b");
        assertThat(call.ingressTrunk()).isEqualTo("192.0.2.7");
        assertThat(call.egressTrunk()).isEqualTo("beta");
        CdrRecord in = one("{\"leg\": \"b\"}", ANSWERED);
        assertThat(in.kind()).isEqualTo(RecordKind.MEDIA);
        assertThat(in.callId()).isEqualTo("leg-b");
    }

    @Test
    void with_both_legs_billed_each_has_its_own_side() throws Exception {
        CdrRecord in = one("{\"leg\": \"both\", \"ingressTrunk\": \"accountcode\"}", ANSWERED);
        assertThat(List.of(in.ingressTrunk(), in.egressTrunk())).containsExactly("acme", "");
        CdrRecord out = one("{\"leg\": \"both\"}", OTHER_LEG);
        assertThat(List.of(out.ingressTrunk(), out.egressTrunk())).containsExactly("", "beta");
        assertThat(List.of(in.kind(), out.kind())).containsOnly(RecordKind.FULL);
    }

    /// Neither a cause nor a bridge nor seconds make an answer.
    @ParameterizedTest
    @CsvSource({
        "<answer_uepoch>0</answer_uepoch>",
        "<answer_uepoch></answer_uepoch>",
        "<bridge_uepoch>1710324180000000</bridge_uepoch>",
    })
    void without_an_answer_instant_a_call_was_not_answered(String instead) throws Exception {
        CdrRecord record =
                one(
                        "",
                        ANSWERED.replace(
                                "<answer_uepoch>1710324180000000</answer_uepoch>", instead));
        assertThat(record.malformed()).isNull();
        assertThat(record.connectMs()).isNull();
        assertThat(record.durationMs()).isNull();
        assertThat(record.cause()).isEqualTo("16");
        assertThat(record.detail()).containsEntry(Detail.ANOMALIES, "BILLSEC_ON_UNANSWERED");
    }

    /// What the names and values of variables do to the XML.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip_full_from>\"Bob\" <sip:+49@192.0.2.7>;tag=1</sip_full_from>",
                "<sip_full_from><sip:+49@192.0.2.7></sip_full_from>",
                "<0>x</0><42></42>",
                "<set api_hangup_hook>x</set api_hangup_hook>",
                "<^^,default_language>en</^^,default_language>",
                "<nolocal:x>y</nolocal:x>",
                "< blank>x</ blank>",
                "< blank>x</blank>",
                "<unclosed>x",
                "<a&b>x & y</a&b>",
                "<text>1 < 2</text>",
                "<empty/>",
            })
    void no_good_xml_is_read_all_the_same(String oddity) throws Exception {
        String text = ANSWERED.replace("<uuid>leg-a", oddity + "<uuid>leg-a");
        CdrRecord record = one("", text);
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("leg-a");
        assertThat(record.durationMs()).isEqualTo(10250);
    }

    @Test
    void adorned_names_are_the_names_without_adornment() throws Exception {
        for (String name : List.of("set uuid", "nolocal:uuid", "^^,uuid", " uuid")) {
            String text =
                    ANSWERED.replace("<uuid>leg-a</uuid>", "<%s>x</%s>".formatted(name, name));
            assertThat(one("", text).callId()).as(name).isEqualTo("x");
        }
    }

    @Test
    void one_file_holds_one_document_or_several() throws Exception {
        String bare = ANSWERED.substring(ANSWERED.indexOf("<cdr"));
        for (String content :
                List.of(
                        ANSWERED + ANSWERED,
                        bare + bare,
                        "<?xml version=\"1.0\"?>\n<cdrs>\n" + bare + bare + "</cdrs>",
                        "\ufeff" + ANSWERED + "<!-- note -->" + bare)) {
            assertThat(records("", content))
                    .hasSize(2)
                    .allMatch(record -> record.malformed() == null);
        }
    }

    @Test
    void a_document_cut_short_takes_no_other_with_it() throws Exception {
        String torn = ANSWERED.substring(0, 400) + "\n";
        assertThat(records("", torn + ANSWERED + "junk\n" + ANSWERED + torn))
                .extracting(CdrRecord::malformed)
                .containsExactly(
                        "the element is cut short",
                        null,
                        "text outside of an element",
                        null,
                        "the element is cut short");
    }

    @Test
    void document_types_and_entities_are_refused() throws Exception {
        assertThatThrownBy(() -> records("", "<!DOCTYPE cdr [<!ENTITY a \"b\">]>\n" + ANSWERED))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the file declares a document type or entities, which are refused");
        assertThat(one("", ANSWERED.replace("acme", "&xxe;")).malformed())
                .isEqualTo("it refers to the entity 'xxe'; entities are refused");
        assertThat(
                        one(
                                        "{\"ingressTrunk\": \"accountcode\"}",
                                        ANSWERED.replace("acme", "a&amp;b&#x41;&#66;%25"))
                                .ingressTrunk())
                .isEqualTo("a&bAB%");
    }

    @Test
    void a_document_without_end_is_given_up_within_bounds() throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("<cdr>".getBytes(UTF_8));
        content.writeBytes("<a>".repeat(XmlDocuments.DOCUMENT_BYTES / 2).getBytes(UTF_8));
        content.writeBytes(ANSWERED.getBytes(UTF_8));
        List<CdrRecord> records =
                Decoded.records(
                        Formats.decoderFor(Decoded.source("freeswitch-xml", "UTC", "")),
                        content.toByteArray());
        assertThat(records).hasSize(2);
        assertThat(records.getLast().malformed()).isNull();
    }

    /// Every document of a real switch, each leg as a call of its own.
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cdr-with-origination, f26e6ecb-6328-4889-9c01-76e5ebd8afad, 127.0.0.1, 172.31.34.170,"
                        + " 6285342628278, 1418250885233, -, 1418250943653, -, 21, 403, 320",
                "error-call-cdr, 0006a2fa-b032-43e8-9d70-708f363fe3b7, 127.0.0.1, '', 6281248174025,"
                        + " 1423742585698, 1423742586038, 1423742586038, 0, 16, '', -",
                "free-call-cdr, 44999f0d-e76b-4bd3-bfdf-3239d487e45b, 127.0.0.1, '', 888,"
                        + " 1423750149438, -, 1423750149618, -, 16, '', -",
                "incoming-call-cdr, 26444af2-5f94-40b5-9578-824ce7c75ab8, 172.31.34.170, 127.0.0.1,"
                        + " 12529178659, 1425880687314, 1425880692654, 1425880716895, 24241, 16, 200,"
                        + " 4721",
                "local-call-cdr, 2605af5c-f1e8-47a5-a9ce-833f051c40c5, 127.0.0.1, 127.0.0.1,"
                        + " 6285574719944, 1423742160938, 1423742173058, 1423742183738, 10680, 16,"
                        + " 200, 4680",
                "local-call-msisdn-cdr, d0d42f4b-d5ef-4f30-a306-57980804f1be, 127.0.0.1,"
                        + " freeswitch-2, 639360100755, 1473394428350, -, 1473394429072, -, 21, 407, -",
                "outside-call-cdr, 2811f8a7-0bf4-4574-ba7a-fb21417e7dde, 127.0.0.1, freeswitch-2,"
                        + " 7892395268385, 1423742215918, 1423742240058, 1423742282298, 42240, 16,"
                        + " 200, 6040",
            })
    void genuine_documents_come_to_what_they_say(
            String file,
            String callId,
            String ingress,
            String egress,
            String called,
            Long setup,
            Long connect,
            Long release,
            Long duration,
            String cause,
            String sipCode,
            Integer pdd)
            throws Exception {
        byte[] content = GenuineFiles.read("cdr/freeswitch-xml/ccm_" + file + ".xml");
        String leg = new String(content, UTF_8).contains("<direction>outbound") ? "b" : "a";
        List<CdrRecord> records =
                Decoded.records(
                        Formats.decoderFor(
                                Decoded.source(
                                        "freeswitch-xml", "UTC", "{\"leg\": \"" + leg + "\"}")),
                        content);
        assertThat(records).hasSize(1);
        CdrRecord record = records.getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.kind()).isEqualTo(RecordKind.STOP);
        assertThat(record.callId()).isEqualTo(callId);
        assertThat(record.ingressTrunk()).isEqualTo(ingress);
        assertThat(record.egressTrunk()).isEqualTo(egress);
        assertThat(record.called()).isEqualTo(called);
        assertThat(record.setupMs()).isEqualTo(setup);
        assertThat(record.connectMs()).isEqualTo(connect);
        assertThat(record.releaseMs()).isEqualTo(release);
        assertThat(record.durationMs()).isEqualTo(duration);
        assertThat(record.cause()).isEqualTo(cause);
        assertThat(record.sipCode()).isEqualTo(sipCode);
        assertThat(record.pddMs()).isEqualTo(pdd);
    }

    private static CdrRecord one(String mapping, String content) throws Exception {
        List<CdrRecord> records = records(mapping, content);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("freeswitch-xml", "UTC", mapping)), content);
    }
}
