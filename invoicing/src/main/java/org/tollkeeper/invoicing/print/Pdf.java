package org.tollkeeper.invoicing.print;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.JRPdfExporter;
import net.sf.jasperreports.pdf.SimplePdfExporterConfiguration;
import net.sf.jasperreports.pdf.type.PdfaConformanceEnum;

/// Prints sheets as PDF/A-3, fonts and colour profile embedded. The same sheet printed twice is not
/// the same file to the byte: print once and keep what came out.
public final class Pdf {

    static final String COLOUR_PROFILE = "sRGB.icc";

    private Pdf() {}

    public static byte[] of(Sheet sheet) {
        try {
            return export(fill(sheet), sheet);
        } catch (JRException e) {
            throw new IllegalStateException("\"%s\" cannot be printed".formatted(sheet.name()), e);
        }
    }

    private static JasperPrint fill(Sheet sheet) throws JRException {
        Map<String, Object> parameters = new HashMap<>(sheet.parameters());
        Collection<Map<String, ?>> rows = List.copyOf(sheet.rows());
        return JasperFillManager.fillReport(
                sheet.template().report(), parameters, new JRMapCollectionDataSource(rows));
    }

    private static byte[] export(JasperPrint print, Sheet sheet) throws JRException {
        SimplePdfExporterConfiguration configuration = new SimplePdfExporterConfiguration();
        configuration.setMetadataTitle(sheet.name());
        configuration.setMetadataAuthor(sheet.author());
        configuration.setMetadataCreator("Tollkeeper");
        configuration.setDisplayMetadataTitle(true);
        configuration.setCompressed(true);
        configuration.setPdfaConformance(PdfaConformanceEnum.PDFA_3U);
        configuration.setIccProfilePath(
                Pdf.class.getPackageName().replace('.', '/') + "/" + COLOUR_PROFILE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JRPdfExporter exporter = new JRPdfExporter();
        exporter.setConfiguration(configuration);
        exporter.setExporterInput(new SimpleExporterInput(print));
        exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(bytes));
        exporter.exportReport();
        return bytes.toByteArray();
    }
}
