package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether the default search needs less energy than the baselines at equal evaluations, on six tasks of 24 layers and
 * six devices.
 *
 * <p>20 seeds, the same for all strategies, so that runs are paired. A sign test in which a draw counts against the
 * search: one that wins with probability one half would win at least 18 times with probability 0.0002, so that the
 * three comparisons together err with probability 0.0006 at the most. Seeds are fixed, so that nothing fails by chance.
 * The search without flights is not among the baselines: no win against it was found.
 */
class MultiTaskWinsTest {

    private static final int SEEDS = 20;
    private static final int LEAST_WINS = 18;
    private static final int EVALUATIONS = 6000;
    private static final int TASKS = 6;
    private static final int LAYERS = 24;

    private static final List<Device> DEVICES = List.of(
            Device.of("camera-0", "terminal").withWatts(3, 1),
            Device.of("camera-1", "terminal").withWatts(3, 1),
            Device.of("edge-0", "edge").withWatts(8, 2).withSwitchOnJoules(4),
            Device.of("edge-1", "edge").withWatts(8, 2).withSwitchOnJoules(4),
            Device.of("server", "server").withWatts(20, 4).withSwitchOnJoules(10),
            Device.of("cloud", "cloud").withWatts(60, 10).withSwitchOnJoules(20));

    private static OffloadingProblem problem() {
        SplittableRandom random = new SplittableRandom(1);
        MeasuredChains chains = new MeasuredChains(random);
        List<Task> tasks = new ArrayList<>();
        for (int number = 0; number < TASKS; number++) {
            Task task = chains.next(
                    "camera-" + number % 2,
                    LAYERS,
                    500 + random.nextInt(1000),
                    work -> Map.of("terminal", work, "edge", work * 0.4, "server", work * 0.2, "cloud", work * 0.08));
            tasks.add(task.withFrames(20).withDeadline(Deadline.onMean(11 + 3 * random.nextDouble())));
        }
        Platform platform = new Platform(DEVICES, List.of(Link.of("*", "*", 1500, 0.01)));
        return OffloadingProblem.of(
                Scenario.of("six", new Workload(tasks), platform, chains.costs()), Objective.ENERGY);
    }

    @Tag("slow")
    @Test
    void search_equalEvaluations_winsAgainstTheBaselines() {
        BinomialDistribution chance = new BinomialDistribution(SEEDS, 0.5);
        assertThat(1 - chance.cumulativeProbability(LEAST_WINS - 1)).isLessThan(0.00021);
        OffloadingProblem problem = problem();
        double[] own = joules(DblpsoMd.withDefaults(), problem);
        for (Strategy baseline :
                List.of(Greedy.withDefaults(), GeneticAlgorithm.withDefaults(), PsoGa.withDefaults())) {
            double[] others = joules(baseline, problem);
            long wins = IntStream.range(0, SEEDS)
                    .filter(seed -> own[seed] < others[seed] * (1 - 1e-9))
                    .count();
            assertThat(wins).as(baseline.getClass().getSimpleName()).isGreaterThanOrEqualTo(LEAST_WINS);
        }
        assertThat(own).doesNotContain(Double.POSITIVE_INFINITY);
    }

    /** Returns the energy of the plan found with each seed, infinite if it breaks a deadline. */
    private static double[] joules(Strategy strategy, OffloadingProblem problem) {
        SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(EVALUATIONS));
        return IntStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> strategy.search(problem, options.withSeed(seed)))
                .mapToDouble(SearchResult::value)
                .toArray();
    }
}
