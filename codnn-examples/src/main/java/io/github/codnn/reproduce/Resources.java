package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the experiments on resources share. */
final class Resources {

    /** Slopes of fewer devices per unit do not count. */
    static final double MARGIN = 0.01;

    private Resources() {}

    /** One of the platforms, with one of the networks in turn. */
    static Scenario scenario(int platform, double bandwidth) {
        return Drawn.single(Drawn.BLOCKS.get(platform % Drawn.BLOCKS.size()), bandwidth, platform);
    }

    static Scenario withDeadline(Scenario free, double seconds) {
        return free.withWorkload(Workload.of(free.workload().tasks().get(0).withDeadline(Deadline.onMean(seconds))));
    }

    /** Returns the least mean time that our defaults find. */
    static double fastestMean(int platform, double bandwidth, Effort effort) {
        OffloadingProblem problem = OffloadingProblem.of(scenario(platform, bandwidth), Objective.MEAN);
        return Contenders.few()
                .get(Contenders.few().size() - 1)
                .run(problem, effort.evaluations(), platform)
                .value();
    }

    static String setting(Effort effort) {
        return effort.platforms() + " drawn platforms as above, each with one of " + Drawn.networks()
                + " in turn, as chains of blocks; " + effort.evaluations() + " evaluations.";
    }

    static String[] titles(String first, String each, List<Double> sizes) {
        List<String> titles = new ArrayList<>(List.of(first));
        sizes.forEach(size -> titles.add(each + size));
        titles.add("platforms");
        return titles.toArray(String[]::new);
    }

    /**
     * How many devices or stages plans use, by platform and size.
     *
     * @param columns how many sizes there are
     * @param rows of the platforms where there is a plan at every size
     */
    record Devices(int columns, List<List<Double>> rows) {

        /** The devices of the plans of a contender. */
        static Devices of(Contest contest, String name) {
            return new Devices(
                    contest.sizeCount(),
                    contest
                            .figures(
                                    name,
                                    run -> run.best()
                                            .map(PlanMetrics::devicesUsed)
                                            .map(Integer::doubleValue)
                                            .orElse(Double.NaN))
                            .stream()
                            .filter(row -> row.stream().noneMatch(value -> Double.isNaN(value)))
                            .toList());
        }

        Object[] cells(String name) {
            List<Object> cells = new ArrayList<>(List.of(name));
            IntStream.range(0, columns).forEach(column -> cells.add(mean(column)));
            cells.add(rows.size());
            return cells.toArray();
        }

        private double mean(int column) {
            return rows.stream().mapToDouble(row -> row.get(column)).average().orElse(Double.NaN);
        }

        LineChart.Series series(String name, List<Double> sizes) {
            return new LineChart.Series(
                    name,
                    IntStream.range(0, rows.isEmpty() ? 0 : sizes.size())
                            .mapToObj(i -> new LineChart.Point(sizes.get(i), mean(i), 0))
                            .toList());
        }

        /** Tests whether the number rises over sizes; no evidence without platforms. */
        List<Evidence> evidence(String name, List<Double> sizes) {
            if (rows.isEmpty()) {
                return List.of();
            }
            Trend trend = new Trend(sizes, rows);
            return List.of(new Evidence(name, trend.slopes(), trend.probability()));
        }
    }
}
