package io.github.codnn.bench;

import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.testproblems.HardChains;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How far from the proven optimum are the heuristics after a second of CPU time, from ten seeds? Prints a table of all
 * chains among the problem files of a folder and of generated ones, in Markdown.
 *
 * <p>A search ends early when it finds the optimum. Times are CPU times of the searching thread, so that other
 * processes do not change the table.
 */
public final class SearchQuality {

    private static final int SEEDS = 10;
    private static final Duration BUDGET = Duration.ofSeconds(1);
    private static final double ROUNDING = 1e-9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Map<String, Strategy> STRATEGIES = strategies();

    private SearchQuality() {}

    private static Map<String, Strategy> strategies() {
        Map<String, Strategy> strategies = new LinkedHashMap<>();
        strategies.put("Dbpso", Dbpso.withDefaults());
        strategies.put("PsoGa", PsoGa.withDefaults());
        strategies.put("GeneticAlgorithm", GeneticAlgorithm.withDefaults());
        return strategies;
    }

    /**
     * Prints the table.
     *
     * @param args the folder of problem files, format {@code codnn-problem/1}
     * @throws IOException if the folder cannot be read
     */
    public static void main(String[] args) throws IOException {
        Map<String, OffloadingProblem> problems = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            for (Path file : files.sorted().toList()) {
                OffloadingProblem problem = OffloadingProblem.of(ProblemJson.read(file), Objective.PERIOD);
                if (ExactPipeline.canSolve(problem)) {
                    problems.put(file.getFileName().toString().replace(".json", ""), problem);
                }
            }
        }
        for (int[] size : new int[][] {{100, 8}, {100, 16}, {500, 8}, {500, 16}}) {
            problems.put(
                    "generated " + size[0] + " x " + size[1],
                    OffloadingProblem.of(HardChains.of(size[0], size[1], 1), Objective.PERIOD));
        }
        System.out.println("| problem | layers x devices | " + String.join(" | ", STRATEGIES.keySet()) + " |");
        System.out.println("|---|---|" + "---|".repeat(STRATEGIES.size()));
        problems.forEach((name, problem) -> print(System.out, name, problem));
    }

    private static void print(PrintStream out, String name, OffloadingProblem problem) {
        double optimum = search(ExactPipeline.withDefaults(), problem, 1, 0).value();
        StringBuilder row = new StringBuilder("| " + name + " | "
                + problem.compiled().layerCount() + " x "
                + problem.compiled().deviceCount() + " |");
        for (Strategy strategy : STRATEGIES.values()) {
            double[] gaps = LongStream.rangeClosed(1, SEEDS)
                    .mapToDouble(
                            seed -> search(strategy, problem, seed, optimum).value() / optimum - 1)
                    .sorted()
                    .toArray();
            double median = (gaps[(SEEDS - 1) / 2] + gaps[SEEDS / 2]) / 2;
            row.append(String.format(" %.2f %% / %.2f %% |", 100 * median, 100 * gaps[SEEDS - 1]));
        }
        out.println(row);
    }

    private static SearchResult search(Strategy strategy, OffloadingProblem problem, long seed, double target) {
        SearchOptions options = SearchOptions.withDefaults()
                .withSeed(seed)
                .withNanoClock(THREADS::getCurrentThreadCpuTime)
                .withStopRule(
                        target == 0
                                ? StopRule.elapsed(Duration.ofMinutes(1))
                                : StopRule.elapsed(BUDGET).or(StopRule.target(target * (1 + ROUNDING))));
        return strategy.search(problem, options);
    }
}
