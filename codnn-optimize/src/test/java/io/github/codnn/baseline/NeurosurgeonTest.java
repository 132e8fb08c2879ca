package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.RadioPower;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cuts of several tasks, and the energy of a terminal by hand. */
class NeurosurgeonTest {

    private static final double STRONG_WATTS = 3;
    private static final double WEAK_WATTS = 1;

    /** Two chains whose sources are devices 1 and 0. */
    private static Scenario twoChains(long seed) {
        return HandMade.scenario(
                HandMade.seconds(seed, 7, 3),
                HandMade.between(HandMade.chain(0, 1, 0, 1, 0, 1), 1, -1),
                HandMade.between(HandMade.chain(4, 0, 1, 0, 1), 0, 2));
    }

    @Test
    void search_twoTasks_cutsOneAfterTheOther() {
        for (long seed = 0; seed < 20; seed++) {
            OffloadingProblem problem = PlacementRecorder.record(twoChains(seed), Objective.MEAN);
            List<List<Integer>> expected = cutOneByOne(problem);
            PlacementRecorder.take(problem);

            SearchResult result = Neurosurgeon.withDefaults().search(problem, SearchOptions.withDefaults());

            List<List<Integer>> tried = PlacementRecorder.take(problem);
            assertThat(tried.subList(0, expected.size())).isEqualTo(expected);
            assertThat(result.evaluations()).isEqualTo(expected.size());
            assertThat(problem.evaluator().encode(result.best().orElseThrow().placement()))
                    .containsExactly(expected.get(expected.size() - 1).stream()
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
    }

    /** Returns all cuts in order, and last the best ones of both tasks together. */
    private static List<List<Integer>> cutOneByOne(OffloadingProblem problem) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        List<List<Integer>> tried = new ArrayList<>();
        int[] best = {1, 1, 1, 1, 0, 0, 0};
        for (int task = 0; task < 2; task++) {
            int first = task == 0 ? 0 : 4;
            int end = task == 0 ? 4 : 7;
            int[] start = best;
            double least = Double.POSITIVE_INFINITY;
            for (int device : task == 0 ? new int[] {0, 2} : new int[] {1, 2}) {
                for (int cut = first; cut <= end; cut++) {
                    int[] placement = start.clone();
                    Arrays.fill(placement, first, cut, 1 - task);
                    Arrays.fill(placement, cut, end, device);
                    tried.add(Arrays.stream(placement).boxed().toList());
                    evaluation.evaluate(placement);
                    best = evaluation.responseSeconds(task) < least ? placement : best;
                    least = Math.min(least, evaluation.responseSeconds(task));
                }
            }
        }
        tried.add(Arrays.stream(best).boxed().toList());
        return tried;
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 5, 12})
    void search_limitedEvaluations_stopsAtTheLimit(long limit) {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(1), Objective.MEAN);

        SearchResult result = Neurosurgeon.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(limit)));

        // The best of all cuts is evaluated once more.
        assertThat(result.evaluations()).isBetween(limit, limit + 1);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @Test
    void search_cancelled_stopsSoon() {
        double[][] seconds = HandMade.seconds(1, 60, 2);
        Scenario scenario = HandMade.scenario(seconds, HandMade.chain(0, new long[61]));
        OffloadingProblem problem = OffloadingProblem.of(scenario, metrics -> metrics.responseSeconds(0));

        SearchResult result = Neurosurgeon.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.cancelled(() -> true)));

        assertThat(result.evaluations()).isLessThanOrEqualTo(17);
        assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void search_pinnedLayer_isWhereItMustBe() {
        Task task = HandMade.between(HandMade.chain(0, 0, 0, 0).withPinned(Map.of("l0", "d1")), 0, -1);
        OffloadingProblem problem =
                OffloadingProblem.of(HandMade.scenario(new double[][] {{1, 1}, {1, 9}}, task), Objective.RESPONSE);

        SearchResult result = Neurosurgeon.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(problem.evaluator().encode(result.best().orElseThrow().placement()))
                .containsExactly(1, 0);
    }

    @Test
    void startPlacement_energy_countsTransfersAtBothEnds() {
        // On the terminal the second layer takes 4 J. To send 2 bytes takes 2 s: 6 J here, 2 J there.
        Scenario scenario =
                radio(HandMade.between(HandMade.chain(0, 0, 2, 0), 0, -1), new double[][] {{1, 9, 9}, {7, 0, 9}});
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.ENERGY);
        Neurosurgeon strategy = new Neurosurgeon(Neurosurgeon.Criterion.ENERGY);

        int[] start = strategy.startPlacement(Arrangement.of(problem), new Scorer(problem));
        SearchResult result =
                strategy.search(problem.withFitness(metrics -> metrics.energyJoules()), SearchOptions.withDefaults());

        // Cut after the first layer: 1 + 6 J at the terminal, 1 + 8 J in all. All here: 8 J. All there: nothing here.
        assertThat(start).containsExactly(1, 1);
        assertThat(result.bestOrClosest()).isPresent();
    }

    /** Three devices; device 0 sends, and receives from device 1, at 3 W, the other side of which takes 1 W. */
    private static Scenario radio(Task task, double[][] joules) {
        Scenario scenario = HandMade.scenario(new double[joules.length][3], joules, task);
        List<Link> links = new ArrayList<>();
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                if (from != to) {
                    RadioPower strong = new RadioPower(0, STRONG_WATTS);
                    RadioPower weak = new RadioPower(0, WEAK_WATTS);
                    Link link = Link.of("d" + from, "d" + to, 1, 0);
                    links.add(
                            from == 0 ? link.withPower(strong, weak) : from == 1 ? link.withPower(weak, strong) : link);
                }
            }
        }
        return scenario.withPlatform(new Platform(scenario.platform().devices(), links));
    }

    /**
     * The input has 1 byte, then layer 0 writes 10 bytes for layers 1 and 2, these 100 and 1,000 bytes for layer 3,
     * which writes 10,000 bytes. A byte takes a second: 3 J at device 0 and 1 J at another
     * one, but nothing on the way from device 2.
     */
    @ParameterizedTest
    @CsvSource({
        "0 0 0 0, 0, -1, 1111, 0, 0",
        "0 1 1 0, 0, -1, 1001, 30, 3300", // layer 0 to both at once, both back
        "0 1 0 0, 0, -1, 1101, 30, 300",
        "0 1 1 1, 0, 0, 1, 30, 30000", // the result returns
        "0 1 1 1, 0, 1, 1, 30, 0", // the result is there already
        "1 1 1 1, 0, -1, 0, 3, 0", // the input is sent
        "1 1 1 1, -1, -1, 0, 0, 0", // the input is there already
        "0 0 0 0, 0, 1, 1111, 30000, 0",
        "0 1 2 0, 0, -1, 1001, 60, 300" // to two devices; what comes back from device 2 takes no energy
    })
    void joules_ownEnds_areThoseOfTheTerminal(
            String devices, int source, int sink, double layers, double sent, double received) {
        int[] placement =
                Arrays.stream(devices.split(" ")).mapToInt(Integer::parseInt).toArray();
        CompiledScenario compiled = network(source, sink);

        assertThat(new TerminalEnergy(compiled, 0, 0, true).joules(placement))
                .isCloseTo(layers + sent + received, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0 1 1 0, 0, -1, 1001, 4440", // 10 + 100 + 1,000 bytes
        "0 1 2 0, 0, -1, 1001, 480", // 10 bytes twice and 100 bytes
        "0 1 1 1, 0, 2, 1, 40040", // the result goes to the sink
        "1 1 1 1, 0, -1, 0, 4",
        "0 1 2 1, 0, -1, 1, 80" // and 1,000 bytes from device 2
    })
    void joules_bothEnds_areThoseOfAllTransfers(String devices, int source, int sink, double layers, double transfers) {
        int[] placement =
                Arrays.stream(devices.split(" ")).mapToInt(Integer::parseInt).toArray();
        CompiledScenario compiled = network(source, sink);

        assertThat(new TerminalEnergy(compiled, 0, 0, false).joules(placement))
                .isCloseTo(layers + transfers, within(1e-9));
    }

    /** The layers take 1, 10, 100 and 1,000 J on device 0, and much more on the others. */
    private static CompiledScenario network(int source, int sink) {
        int[][] reads = {{0}, {1}, {1}, {2, 3}};
        Task task = HandMade.between(HandMade.graph(0, reads, 1, 10, 100, 1000, 10_000), source, sink);
        double[][] joules = {{1, 1e5, 1e5}, {10, 1e5, 1e5}, {100, 1e5, 1e5}, {1000, 1e5, 1e5}};
        return CompiledScenario.of(radio(task, joules));
    }

    /** Without any power stated a link takes no energy, and whatever a cost model says is the terminal's. */
    @Test
    void joules_linkWithoutPower_isBorneByTheTerminal() {
        double[][] seconds = {{1, 1}, {1, 1}};
        Scenario scenario = HandMade.scenario(seconds, HandMade.between(HandMade.chain(0, 0, 7, 0), 0, -1));
        CompiledScenario compiled = CompiledScenario.of(scenario);

        assertThat(new TerminalEnergy(compiled, 0, 0, true).joules(new int[] {0, 1}))
                .isZero();
    }

    @Test
    void joules_secondTask_countsItsOwnLayersAndTensors() {
        double[][] joules = {{1000, 0, 0}, {5, 0, 0}, {7, 0, 0}};
        Scenario first = radio(HandMade.chain(0, 100, 100), joules);
        Task second = HandMade.between(HandMade.chain(1, 0, 2, 0), 0, -1);
        List<Task> tasks = new ArrayList<>(first.workload().tasks());
        tasks.add(second);
        CompiledScenario compiled = CompiledScenario.of(first.withWorkload(new Workload(tasks)));

        assertThat(new TerminalEnergy(compiled, 1, 0, true).joules(new int[] {0, 0, 1}))
                .isCloseTo(5 + 2 * STRONG_WATTS, within(1e-9));
        assertThat(new TerminalEnergy(compiled, 0, 0, true).joules(new int[] {0, 0, 1}))
                .isCloseTo(1000, within(1e-9));
    }
}
