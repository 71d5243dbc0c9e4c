package org.tollkeeper.bench.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the roads came to, in the order in which they were measured.
///
/// @param size of the database that they were measured on
public record RoadFigures(Size size, List<Road> roads) {

    public RoadFigures {
        roads = List.copyOf(roads);
    }

    /// One road.
    ///
    /// @param key its name for programs; never renamed
    /// @param title its name for people
    /// @param work what it cost; null when its figure says all
    /// @param figure what its target is about, unless that is the wall time
    /// @param unit of the figure
    /// @param target what it should be; empty = it is there to compare with
    record Road(
            String key,
            String title,
            @Nullable Work work,
            @Nullable BigDecimal figure,
            String unit,
            String target) {

        /// A road whose target, if any, is its wall time.
        static Road timed(String key, String title, Work work, String target) {
            return new Road(key, title, work, null, "", target);
        }

        /// A figure beside a road.
        static Road counted(String key, String title, BigDecimal figure, String unit, String to) {
            return new Road(key, title, null, figure, unit, to);
        }

        String row() {
            Work cost = work;
            return "| %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            title,
                            cost == null ? "" : Figures.seconds(cost.wallMs()),
                            cost == null || cost.cpuMs() == 0 ? "" : Figures.seconds(cost.cpuMs()),
                            cost == null || cost.serverCpuMs() == 0
                                    ? ""
                                    : Figures.seconds(cost.serverCpuMs()),
                            figure == null
                                    ? ""
                                    : ("%,." + figure.scale() + "f %s").formatted(figure, unit),
                            target);
        }

        private String json() {
            StringBuilder json = new StringBuilder("{");
            if (work != null) {
                Figures.member(json, "wallMs", work.wallMs());
                Figures.member(json, "cpuMs", work.cpuMs());
                Figures.member(json, "serverCpuMs", work.serverCpuMs());
            }
            if (figure != null) {
                Figures.member(json, "figure", figure.toPlainString());
                Figures.member(json, "unit", '"' + unit + '"');
            }
            return Figures.close(json);
        }
    }

    /// The one of several costs whose wall time is in the middle.
    static Work median(List<Work> costs) {
        return costs.stream()
                .sorted(Comparator.comparingLong(Work::wallMs))
                .toList()
                .get(costs.size() / 2);
    }

    /// How many times one time is in another, to the thousandth.
    static BigDecimal ratio(long ms, long ofMs) {
        return BigDecimal.valueOf(ms * 1000 / Math.max(1, ofMs), 3);
    }

    /// What was measured, in a sentence.
    public String headline() {
        return """
        A night of %,d calls, decks of %,d codes, seed %d; a program of its own for each road, medians \
        of %d where a road leaves all as it was.\
        """
                .formatted(size.calls(), size.codes(), size.seed(), Roads.TIMES);
    }

    /// One JSON object; members are added, never renamed.
    public String json() {
        StringBuilder json = new StringBuilder("{");
        Figures.member(json, "calls", size.calls());
        StringBuilder all = new StringBuilder("{");
        roads.forEach(road -> Figures.member(all, road.key(), road.json()));
        Figures.member(json, "roads", Figures.close(all));
        return Figures.close(json);
    }

    /// The figures as a table for people, in Markdown.
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("| road | wall s | program CPU s | PostgreSQL CPU s | | target |");
        lines.add("|---|---:|---:|---:|---:|---:|");
        roads.forEach(road -> lines.add(road.row()));
        return lines;
    }
}
