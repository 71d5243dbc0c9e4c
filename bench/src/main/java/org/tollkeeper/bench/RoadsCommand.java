package org.tollkeeper.bench;

import java.util.concurrent.Callable;
import org.tollkeeper.bench.pipeline.ResultsPage;
import org.tollkeeper.bench.pipeline.RoadFigures;
import org.tollkeeper.bench.pipeline.Roads;
import org.tollkeeper.bench.pipeline.UnequalSums;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "roads",
        mixinStandardHelpOptions = true,
        description =
                "Measures the other roads over the calls of one night: a night with nothing new,"
                        + " start-up, export, remediation, rating again, explain, and a thousand"
                        + " documents.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "5:the sums are not those of the plain rules"
        })
final class RoadsCommand implements Callable<Integer> {

    @Mixin private Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        RoadFigures figures;
        try {
            figures =
                    new Roads(Settings.root(), settings.folder(), settings.size(1), System.err)
                            .run();
        } catch (UnequalSums e) {
            System.err.println(e.getMessage());
            return 5;
        }
        if (settings.isJson()) {
            System.out.println(figures.json());
        } else {
            figures.table().forEach(System.out::println);
        }
        String name = settings.record();
        if (name != null) {
            ResultsPage.write(
                    Settings.page(),
                    "Other roads",
                    "roads: " + name,
                    figures.headline(),
                    figures.table());
        }
        return 0;
    }
}
