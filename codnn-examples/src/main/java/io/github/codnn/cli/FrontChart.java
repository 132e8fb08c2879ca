package io.github.codnn.cli;

import io.github.codnn.chart.LineChart;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.problem.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A front as a chart: the first objective on the horizontal axis, the second on the vertical axis. With a third
 * objective, each line shows the front of the plans up to one quartile of it.
 */
final class FrontChart {

    private static final int LINES = 4;

    private FrontChart() {}

    /**
     * Draws a front.
     *
     * @param front the front, with at least one plan
     * @return the chart
     */
    static LineChart of(ParetoFront front) {
        List<Objective> objectives = front.objectives();
        List<double[]> points = front.figures().stream()
                .map(figures ->
                        figures.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
        List<LineChart.Series> lines = new ArrayList<>();
        if (objectives.size() < 3) {
            lines.add(line(points.size() + " plans", points));
        } else {
            double[] levels =
                    points.stream().mapToDouble(point -> point[2]).sorted().toArray();
            for (int quarter = 1; quarter <= LINES; quarter++) {
                double level = levels[(levels.length - 1) * quarter / LINES];
                List<double[]> below =
                        points.stream().filter(point -> point[2] <= level).toList();
                Objective third = objectives.get(2);
                lines.add(line(third.label() + " up to " + FrontText.figure(third, level), below));
            }
        }
        String title =
                objectives.stream().map(Objective::label).collect(Collectors.joining(", ", "Pareto front: ", ""));
        return new LineChart(title, axis(objectives.get(0)), axis(objectives.get(1)), lines);
    }

    private static LineChart.Series line(String name, List<double[]> points) {
        List<double[]> stairs = ParetoFront.nonDominated(points, point -> new double[] {point[0], point[1]});
        return new LineChart.Series(
                name,
                stairs.stream()
                        .map(point -> new LineChart.Point(point[0], point[1], 0))
                        .toList());
    }

    private static String axis(Objective objective) {
        return switch (objective) {
            case PERIOD, RESPONSE, MEAN -> objective.label() + ", s";
            case ENERGY -> "energy, J";
            case PRICE -> "price";
        };
    }
}
