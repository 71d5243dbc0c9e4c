package org.tollkeeper.invoicing.print;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.sf.jasperreports.engine.DefaultJasperReportsContext;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.design.JRCompiler;
import net.sf.jasperreports.engine.design.JRJdk13Compiler;

/// Compiles the page layouts while the program is built, and puts the colour profile beside them.
public final class TemplateCompiler {

    private TemplateCompiler() {}

    /// Compiles.
    ///
    /// @param arguments the folder of the layouts, and the folder for what they become
    public static void main(String[] arguments) throws JRException, IOException {
        Path from = Path.of(arguments[0]);
        Path to = Files.createDirectories(Path.of(arguments[1]));
        DefaultJasperReportsContext context = DefaultJasperReportsContext.getInstance();
        context.setProperty(JRCompiler.COMPILER_PREFIX + "java", JRJdk13Compiler.class.getName());
        context.setProperty(
                JRCompiler.COMPILER_CLASSPATH, System.getProperty("java.class.path", ""));
        JasperCompileManager compiler = JasperCompileManager.getInstance(context);
        for (Template template : Template.values()) {
            Path layout = from.resolve(template.file() + ".jrxml");
            Path compiled = to.resolve(template.file() + ".jasper");
            if (isOlder(compiled, layout)) {
                compiler.compileToFile(layout.toString(), compiled.toString());
            }
        }
        Files.write(
                to.resolve(Pdf.COLOUR_PROFILE),
                ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
    }

    private static boolean isOlder(Path compiled, Path layout) throws IOException {
        return !Files.exists(compiled)
                || Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(layout))
                        <= 0;
    }
}
