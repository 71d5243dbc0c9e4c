package org.tollkeeper.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tollkeeper.bench.kernel.KernelReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "kernel",
        mixinStandardHelpOptions = true,
        description =
                "Prices calls by the kernel under JMH, and holds their sums to the plain rater's.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "5:the rater's sums are others"})
final class KernelCommand implements Callable<Integer> {

    @Option(
            names = "--page",
            defaultValue = "docs/performance-kernel.md",
            description = "The page to write (default: ${DEFAULT-VALUE} of the project).")
    private Path page = Path.of("");

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("tollkeeper.root", "."));
        try {
            System.out.println(KernelReport.write(root.resolve(page)));
            return 0;
        } catch (KernelReport.UnequalSums e) {
            System.err.println("error: " + e.getMessage());
            return 5;
        }
    }
}
