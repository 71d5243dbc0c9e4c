package org.tollkeeper.mediation.decoder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tollkeeper.model.Switch;

/// All CDR formats. To add one, add its line here; see this package's page for the rest.
public final class Formats {

    private static final List<Format> ALL =
            List.of(
                    new Format("3gpp-ber", ThreeGppBer::new),
                    new Format("asterisk-csv", AsteriskCsv::new),
                    new Format("audiocodes-sdr", AudiocodesSdr::new),
                    new Format("asterisk-custom", AsteriskCustom::new),
                    new Format("canonical-csv", source -> new CanonicalCsv()),
                    new Format("cisco-cucm-csv", CiscoCucmCsv::new),
                    new Format("cisco-ios-radius", CiscoIosRadius::new),
                    new Format("delimited", Delimited::new),
                    new Format("fixed-width", FixedWidth::new),
                    new Format("freeswitch-csv", FreeswitchCsv::new),
                    new Format("freeswitch-json", FreeswitchJson::new),
                    new Format("freeswitch-xml", FreeswitchXml::new),
                    new Format("kamailio-acc-json", KamailioAccJson::new),
                    new Format("opensips-flatstore", OpensipsFlatstore::new),
                    new Format("oracle-sbc-csv", OracleSbcCsv::new),
                    new Format("oracle-sbc-radius", OracleSbcRadius::new),
                    new Format("portabilling-xdr-csv", PortabillingXdrCsv::new),
                    new Format("ribbon-act", RibbonAct::new),
                    new Format("sansay", Sansay::new),
                    new Format("tap3", Tap3::new),
                    new Format("telnyx", Telnyx::new),
                    new Format("twilio", Twilio::new),
                    new Format("vos3000-csv", Vos3000Csv::new));

    private static final Map<String, Format> BY_NAME = byName();

    private Formats() {}

    /// The names of all formats, sorted.
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /// The decoder of a switch's files.
    ///
    /// @throws MappingException when its format is unknown or its mapping does not fit
    public static Decoder decoderFor(Switch source) {
        Format format = BY_NAME.get(source.format());
        if (format == null) {
            throw new MappingException(
                    source.id(),
                    "format '%s' is unknown; expected one of %s"
                            .formatted(source.format(), String.join(", ", names())));
        }
        return format.decoderFor(source);
    }

    private static Map<String, Format> byName() {
        Map<String, Format> formats = new TreeMap<>();
        ALL.forEach(format -> formats.put(format.name(), format));
        return formats;
    }
}
