package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** All strategies for shared devices on problems of several sizes, with the same seeds. */
final class Contest {

    private static final double SIGNIFICANT = 0.05;

    private final String name;
    private final String sizes;
    private final Effort effort;
    private final Trial trial;
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final List<Integer> tried = new ArrayList<>();

    /** The problem, and the figure that is read from the plan. */
    interface Trial {
        /** Makes the problem of a size and a seed. */
        OffloadingProblem problem(int size, long seed);

        /** Reads the figure from the best plan, or from the one closest to keeping all constraints. */
        double figure(OffloadingProblem problem, MetricsSnapshot metrics);
    }

    /**
     * Prepares a contest.
     *
     * @param name the name of its tables
     * @param sizes the meaning of the sizes
     * @param effort the number of seeds
     * @param trial the problem to search
     */
    Contest(String name, String sizes, Effort effort, Trial trial) {
        this.name = name;
        this.sizes = sizes;
        this.effort = effort;
        this.trial = trial;
    }

    /** Runs all strategies on problems of these sizes. */
    void run(List<Integer> of) {
        tried.addAll(of);
        for (int size : of) {
            List<double[]> bySeed = IntStream.range(0, effort.seeds())
                    .parallel()
                    .mapToObj(seed -> figures(size, seed))
                    .toList();
            for (int rival = 0; rival < SharedDevices.RIVALS.size(); rival++) {
                int column = rival;
                samples.computeIfAbsent(SharedDevices.RIVALS.get(rival).name(), any -> new ArrayList<>())
                        .add(new Sample(bySeed.stream()
                                .mapToDouble(figures -> figures[column])
                                .toArray()));
            }
        }
    }

    private double[] figures(int size, long seed) {
        OffloadingProblem problem = trial.problem(size, seed);
        return SharedDevices.RIVALS.stream()
                .map(rival -> rival.strategy().search(problem, effort.options(seed)))
                .mapToDouble(result -> trial.figure(
                        problem, result.best().or(result::closest).orElseThrow().metrics()))
                .toArray();
    }

    /** Returns the verdict on a claim to lead; sign is 1 if more is better, -1 if less. */
    Verdict verdict(int sign) {
        if (ahead(sign) < 0) {
            return Verdict.REFUTED;
        }
        return ahead(sign) == samples.size() - 1 ? Verdict.REPRODUCED : Verdict.IN_PART;
    }

    /** Returns the verdict in words. */
    String words(String better, int sign) {
        int ahead = ahead(sign);
        if (ahead < 0) {
            return "Some strategy " + better + " than " + SharedDevices.OURS + " with a p below 0.05.";
        }
        return String.format(
                Locale.ROOT,
                "%s %s than %d of the %d others with a p below 0.05; the differences to the rest may be chance.",
                SharedDevices.OURS,
                better,
                ahead,
                samples.size() - 1);
    }

    /** Returns the number of strategies that ours beats significantly over all sizes; -1 if one beats ours. */
    private int ahead(int sign) {
        Sample ours = overall(row(SharedDevices.OURS));
        int ahead = 0;
        for (List<Sample> row : samples.values()) {
            Sample other = overall(row);
            if (ours.pairedProbability(other) < SIGNIFICANT) {
                if (sign * ours.mean() < sign * other.mean()) {
                    return -1;
                }
                ahead++;
            }
        }
        return ahead;
    }

    /** Returns the means with their confidence intervals, and the tests of all pairs. */
    List<Table> tables() {
        List<String> titles = new ArrayList<>(List.of(sizes));
        tried.forEach(size -> titles.add(size.toString()));
        Table means = Table.of(name, titles.toArray(String[]::new));
        Table tests = Table.of(name + "-tests", "strategy", "mean of all", SharedDevices.OURS + " against it", "p");
        Sample ours = overall(row(SharedDevices.OURS));
        for (Map.Entry<String, List<Sample>> rival : samples.entrySet()) {
            List<Object> cells = new ArrayList<>(List.of(rival.getKey()));
            rival.getValue().forEach(sample -> cells.add(sample.interval()));
            means = means.with(cells.toArray());
            Sample other = overall(rival.getValue());
            double p = ours.pairedProbability(other);
            tests = tests.with(
                    rival.getKey(),
                    other.mean(),
                    Table.percent(ours.mean() / other.mean() - 1),
                    rival.getKey().equals(SharedDevices.OURS) ? "-" : p < 1e-4 ? "below 0.0001" : Table.number(p));
        }
        return List.of(means, tests);
    }

    List<LineChart.Series> series() {
        return samples.entrySet().stream()
                .map(rival -> new LineChart.Series(
                        rival.getKey(),
                        IntStream.range(0, tried.size())
                                .mapToObj(i -> new LineChart.Point(
                                        tried.get(i),
                                        rival.getValue().get(i).mean(),
                                        rival.getValue().get(i).error()))
                                .toList()))
                .toList();
    }

    private List<Sample> row(String rival) {
        return samples.getOrDefault(rival, List.of());
    }

    // The mean over all sizes for each seed: one figure per seed, so that pairs are independent.
    private Sample overall(List<Sample> row) {
        return new Sample(IntStream.range(0, effort.seeds())
                .mapToDouble(seed -> row.stream()
                        .mapToDouble(sample -> sample.value(seed))
                        .average()
                        .orElse(0))
                .toArray());
    }
}
