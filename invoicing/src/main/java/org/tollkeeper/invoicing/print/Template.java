package org.tollkeeper.invoicing.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperReport;
import net.sf.jasperreports.engine.util.JRLoader;

/// A compiled page layout, loaded once from the program itself and from nowhere else.
enum Template {
    DOCUMENT("document"),
    STATEMENT("statement"),
    TABLES("tables");

    private final String file;

    Template(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    JasperReport report() {
        return Loaded.of(this);
    }

    /// Loaded when the first page is printed, not when the first document is drafted.
    private static final class Loaded {

        private static final Map<Template, JasperReport> REPORTS = load();

        static JasperReport of(Template template) {
            return Objects.requireNonNull(REPORTS.get(template));
        }

        private static Map<Template, JasperReport> load() {
            Map<Template, JasperReport> reports = new EnumMap<>(Template.class);
            for (Template template : Template.values()) {
                reports.put(template, load(template.file + ".jasper"));
            }
            return reports;
        }

        private static JasperReport load(String name) {
            try (InputStream in = Template.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(
                            "the template " + name + " is missing from the program");
                }
                return (JasperReport) JRLoader.loadObject(in);
            } catch (JRException e) {
                throw new IllegalStateException("the template " + name + " does not load", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
