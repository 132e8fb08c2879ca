package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Fitness;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether the search of many tasks needs less energy with best responses than without, on ten tasks of eight layers and
 * nine devices: an energy that is not {@link Objective#ENERGY} itself has no responses.
 *
 * <p>A different workload for each of 20 pairs of runs. A sign test in which a draw counts against the responses: a
 * search that wins with probability one half would win at least 16 times with probability 0.006. Without responses
 * all pairs are draws. Seeds are fixed, so that nothing fails by chance.
 */
class TaskResponsesWinTest {

    private static final int WORKLOADS = 20;
    private static final int LEAST_WINS = 16;
    private static final int EVALUATIONS = 3000;
    private static final int TASKS = 10;
    private static final int LAYERS = 8;
    private static final Fitness JOULES = metrics -> metrics.energyJoules();

    private static OffloadingProblem problem(long seed, Fitness fitness) {
        SplittableRandom random = new SplittableRandom(seed);
        MeasuredChains chains = new MeasuredChains(random);
        List<Device> devices = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            devices.add(Device.of("camera-" + number, "terminal").withWatts(3, 1));
            devices.add(Device.of("edge-" + number, "edge").withWatts(8, 2).withSwitchOnJoules(4));
        }
        devices.add(Device.of("server", "server").withWatts(20, 4).withSwitchOnJoules(10));
        List<Task> tasks = new ArrayList<>();
        for (int number = 0; number < TASKS; number++) {
            Task task = chains.next(
                    "camera-" + number % 4,
                    LAYERS,
                    500 + random.nextInt(1000),
                    work -> Map.of("terminal", work, "edge", work * 0.4, "server", work * 0.2));
            tasks.add(task.withFrames(20 + random.nextInt(40))
                    .withDeadline(Deadline.onMean(6 + 6 * random.nextDouble())));
        }
        Platform platform = new Platform(devices, List.of(Link.of("*", "*", 1500, 0.01)));
        return OffloadingProblem.of(Scenario.of("ten", new Workload(tasks), platform, chains.costs()), fitness);
    }

    private static SearchOptions options(long seed) {
        return SearchOptions.withDefaults().withSeed(seed).withStopRule(StopRule.evaluations(EVALUATIONS));
    }

    @Tag("slow")
    @Test
    void search_withResponses_needsLessEnergyThanWithout() {
        BinomialDistribution chance = new BinomialDistribution(WORKLOADS, 0.5);
        assertThat(1 - chance.cumulativeProbability(LEAST_WINS - 1)).isLessThan(0.006);
        int wins = 0;
        for (long seed = 1; seed <= WORKLOADS; seed++) {
            SearchResult with = DblpsoMd.withTaskJumps().search(problem(seed, Objective.ENERGY), options(seed));
            SearchResult without = DblpsoMd.withTaskJumps().search(problem(seed, JOULES), options(seed));
            assertThat(with.best()).isPresent();
            assertThat(with.evaluations()).isLessThanOrEqualTo(EVALUATIONS + EVALUATIONS / 100);
            wins += with.value() < without.value() * (1 - 1e-9) ? 1 : 0;
        }
        assertThat(wins).isGreaterThanOrEqualTo(LEAST_WINS);
    }

    @Test
    void search_anyNumberOfThreads_findsTheSamePlan() {
        OffloadingProblem problem = problem(1, Objective.ENERGY);
        DblpsoMd strategy = DblpsoMd.withTaskJumps().withSwarmSize(4).withIslands(4, 2);
        SearchResult alone = strategy.search(problem, options(7));
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            SearchResult parallel = strategy.search(problem, options(7).withExecutor(executor));
            assertThat(parallel.best().orElseThrow().placement())
                    .isEqualTo(alone.best().orElseThrow().placement());
            assertThat(parallel.evaluations()).isEqualTo(alone.evaluations());
        } finally {
            executor.shutdown();
        }
    }
}
