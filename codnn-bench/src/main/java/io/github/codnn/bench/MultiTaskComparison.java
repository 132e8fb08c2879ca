package io.github.codnn.bench;

import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.planner.OneAfterAnother;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.zoo.ModelZoo;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/**
 * How much energy do the plans of {@link DblpsoMd} take compared with those of other strategies, at equal evaluations
 * and at equal CPU time? Eight DarkNet-53 on ten devices, or as the arguments state; prints a table and Wilcoxon's
 * signed-rank tests of the default search against each other.
 */
public final class MultiTaskComparison {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final OffloadingProblem problem;
    private final int seeds;
    private final PrintStream out;

    private MultiTaskComparison(OffloadingProblem problem, int seeds, PrintStream out) {
        this.problem = problem;
        this.seeds = seeds;
        this.out = out;
    }

    /**
     * Runs the comparison.
     *
     * @param arguments the numbers of tasks, devices, seeds, evaluations and CPU milliseconds; 8, 10, 20, 100,000 and
     *     500 by default. 0 evaluations or milliseconds skip that half
     */
    public static void main(String[] arguments) {
        int[] numbers = {8, 10, 20, 100_000, 500};
        for (int index = 0; index < arguments.length; index++) {
            numbers[index] = Integer.parseInt(arguments[index]);
        }
        double deadlineSeconds = 0.1 + 0.007 * numbers[0];
        MultiTaskComparison comparison = new MultiTaskComparison(
                OffloadingProblem.of(
                        SharedDevices.scenario(ModelZoo.DARKNET53, numbers[0], numbers[1], deadlineSeconds),
                        Objective.ENERGY),
                numbers[2],
                System.out);
        if (numbers[3] > 0) {
            comparison.print("evaluations", StopRule.evaluations(numbers[3]));
        }
        if (numbers[4] > 0) {
            comparison.print("CPU time", StopRule.elapsed(Duration.ofMillis(numbers[4])));
        }
    }

    private static Map<String, Strategy> strategies() {
        Map<String, Strategy> strategies = new LinkedHashMap<>();
        strategies.put("SingleDevice", SingleDevice.withDefaults());
        strategies.put("Greedy", Greedy.withDefaults());
        strategies.put("OneAfterAnother, Greedy", OneAfterAnother.withDefaults());
        strategies.put("OneAfterAnother, Dbpso", OneAfterAnother.withDefaults().withStrategy(Dbpso.withDefaults()));
        strategies.put("GeneticAlgorithm", GeneticAlgorithm.withDefaults());
        strategies.put("PsoGa", PsoGa.withDefaults());
        strategies.put("Dbpso", Dbpso.withDefaults());
        for (Peer peer : Peer.values()) {
            strategies.put(peer.name(), new PeerStrategy(peer));
        }
        strategies.put("DblpsoMd with genes", DblpsoMd.withGenes());
        strategies.put("DblpsoMd without flights", DblpsoMd.withDefaults().withoutFlights());
        strategies.put("DblpsoMd with task jumps", DblpsoMd.withTaskJumps());
        strategies.put("DblpsoMd", DblpsoMd.withDefaults());
        return strategies;
    }

    private void print(String what, StopRule rule) {
        double bound = problem.lowerBound();
        Map<String, double[]> values = new LinkedHashMap<>();
        out.printf(Locale.ROOT, "| at equal %s | least J | median J | greatest J | gap of the median |%n", what);
        out.println("|---|---|---|---|---|");
        strategies().forEach((name, strategy) -> {
            double[] runs = run(strategy, rule);
            values.put(name, runs.clone());
            Arrays.sort(runs);
            double median = (runs[(seeds - 1) / 2] + runs[seeds / 2]) / 2;
            out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f %% |%n",
                    name,
                    runs[0],
                    median,
                    runs[seeds - 1],
                    100 * (median - bound) / bound);
        });
        double[] with = values.getOrDefault("DblpsoMd", new double[0]);
        values.remove("DblpsoMd");
        values.forEach((name, others) -> out.printf(
                Locale.ROOT,
                "%nDblpsoMd against %s: p = %.2g (Wilcoxon, two-sided)",
                name,
                new WilcoxonSignedRankTest().wilcoxonSignedRankTest(with, others, false)));
        out.printf("%n%n");
    }

    private double[] run(Strategy strategy, StopRule rule) {
        double[] values = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            SearchOptions options = SearchOptions.withDefaults()
                    .withSeed(seed + 1L)
                    .withStopRule(rule)
                    .withNanoClock(THREADS::getCurrentThreadCpuTime);
            values[seed] = strategy.search(problem, options).value();
        }
        return values;
    }
}
