package io.github.codnn.bench;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Auto;
import io.github.codnn.planner.WarmStart;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long does it take to plan anew after a change of the platform, and how far from the optimum is the new plan? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReplanBenchmark {

    /** What is planned anew. */
    @Param({"DARKNET53_BLOCKS", "DARKNET53_LAYERS", "GOOGLENET_LAYERS"})
    public String planned = "";

    private List<Scenario> changed = List.of();
    private WarmStart strategy = WarmStart.of(new Placement(Map.of()));
    private int next;

    /** Makes the plan and the changes. */
    @Setup(Level.Trial)
    public void setUp() {
        ReplanCases cases = ReplanCases.valueOf(planned);
        changed = cases.changed();
        strategy = WarmStart.of(present(cases));
    }

    private static Placement present(ReplanCases cases) {
        return full(OffloadingProblem.of(cases.scenario(), Objective.PERIOD))
                .best()
                .map(Plan::placement)
                .orElseThrow();
    }

    private static SearchResult full(OffloadingProblem problem) {
        return Auto.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(20_000)));
    }

    /**
     * Plans anew after the next of 20 changes, including the preparation of the problem.
     *
     * @return the result
     */
    @Benchmark
    public SearchResult replan() {
        Scenario scenario = changed.get(next++ % changed.size());
        return strategy.search(OffloadingProblem.of(scenario, Objective.PERIOD), SearchOptions.withDefaults());
    }

    /**
     * Prints how far the new plans are from those of {@link Auto} with 20,000 evaluations and from its bounds.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        for (ReplanCases cases : ReplanCases.values()) {
            WarmStart strategy = WarmStart.of(present(cases));
            List<Scenario> changes = cases.changed();
            double[] fromBest = new double[changes.size()];
            double[] fromBound = new double[changes.size()];
            for (int change = 0; change < fromBest.length; change++) {
                OffloadingProblem problem = OffloadingProblem.of(changes.get(change), Objective.PERIOD);
                double value =
                        strategy.search(problem, SearchOptions.withDefaults()).value();
                SearchResult full = full(problem);
                fromBest[change] = value / Math.min(value, full.value()) - 1;
                fromBound[change] = value / full.lowerBound() - 1;
            }
            System.out.printf(
                    "%-17s behind Auto: %s; above the bound: %s%n",
                    cases.name().toLowerCase(Locale.ROOT), summary(fromBest), summary(fromBound));
        }
    }

    private static String summary(double[] shares) {
        Arrays.sort(shares);
        double median = (shares[(shares.length - 1) / 2] + shares[shares.length / 2]) / 2;
        return String.format(
                Locale.ROOT, "median %.2f %%, worst %.2f %%", 100 * median, 100 * shares[shares.length - 1]);
    }
}
