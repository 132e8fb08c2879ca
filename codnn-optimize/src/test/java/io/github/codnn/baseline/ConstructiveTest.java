package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain strategies and what searches take from them. */
class ConstructiveTest {

    private static OffloadingProblem chain(int layers, int devices) {
        return OffloadingProblem.of(
                HandMade.scenario(new double[layers][devices], HandMade.chain(0, new long[layers + 1])),
                metrics -> metrics.responseSeconds(0));
    }

    /** Two chains of four and three layers on three devices, with transfers. */
    private static Scenario twoChains() {
        return HandMade.scenario(
                HandMade.seconds(8, 7, 3),
                HandMade.between(HandMade.chain(0, 2, 1, 1, 0, 1), 1, -1),
                HandMade.between(HandMade.chain(4, 0, 1, 0, 1), 0, 2));
    }

    private static SearchRun run(OffloadingProblem problem, StopRule rule) {
        return SearchRun.start(problem, SearchOptions.withDefaults().withStopRule(rule), "test");
    }

    private static List<List<Integer>> lists(List<int[]> placements) {
        return placements.stream()
                .map(each -> Arrays.stream(each).boxed().toList())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1000, 4, true", "1000, 5, false", "1001, 4, false", "3, 2, true"})
    void triesCuts_upToFourMillionLayerEvaluations_does(int layers, int devices, boolean expected) {
        assertThat(Constructive.triesCuts(chain(layers, devices))).isEqualTo(expected);
    }

    @Test
    void cuts_twoTasks_areAllPlacesOnAllOtherDevices() {
        // Five and four places on two other devices.
        assertThat(Constructive.cuts(OffloadingProblem.of(twoChains(), Objective.PERIOD)))
                .isEqualTo((5 + 4) * 2);
    }

    @Test
    void placements_smallProblem_areThoseOfAllPlainStrategies() {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(), Objective.MEAN);
        Arrangement arrangement = Arrangement.of(problem);
        List<int[]> expected = List.of(
                HomePlacement.of(arrangement),
                DnnOff.placement(arrangement),
                SingleDevice.best(arrangement, new Scorer(problem)),
                new Neurosurgeon(Neurosurgeon.Criterion.LATENCY).startPlacement(arrangement, new Scorer(problem)),
                new Neurosurgeon(Neurosurgeon.Criterion.ENERGY).startPlacement(arrangement, new Scorer(problem)));
        SearchRun run = run(problem, StopRule.evaluations(100_000));
        PlacementRecorder.take(problem);

        List<int[]> placements = Constructive.placements(problem, run);

        assertThat(lists(placements)).isEqualTo(lists(expected));
        List<List<Integer>> tried = PlacementRecorder.take(problem);
        assertThat(tried.subList(tried.size() - 5, tried.size())).isEqualTo(lists(expected));
        assertThat(run.evaluationsLeft(1_000_000)).isEqualTo(100_000 - tried.size());
        assertThat(Collections.frequency(tried, lists(expected).get(0))).isPositive();
        assertThat(run.bestScore().value()).isEqualTo(least(problem, tried));
    }

    private static double least(OffloadingProblem problem, List<List<Integer>> placements) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        return placements.stream()
                .mapToDouble(placement -> {
                    evaluation.evaluate(
                            placement.stream().mapToInt(Integer::intValue).toArray());
                    return evaluation.meanSeconds();
                })
                .min()
                .orElseThrow();
    }

    @Test
    void placements_manyLayers_leavesOutTheCuts() {
        OffloadingProblem problem = chain(1001, 4);

        assertThat(Constructive.placements(problem, run(problem, StopRule.evaluations(100))))
                .hasSize(3);
        assertThat(Constructive.placementsWithin(problem, run(problem, StopRule.evaluations(100)), 1))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 3", "2, 4"})
    void placements_someCriteria_leavesOutSingleDeviceAndRemembersScores(int criteria, int expected) {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(), Objective.MEAN);
        SearchRun run = run(problem, StopRule.evaluations(100_000));
        Map<IntBuffer, Score> scores = new HashMap<>();
        PlacementRecorder.take(problem);

        List<int[]> placements = Constructive.placements(problem, run, criteria, scores);

        List<List<Integer>> tried = PlacementRecorder.take(problem);
        assertThat(placements).hasSize(expected);
        assertThat(tried).hasSize(criteria * (5 + 4) * 2 + expected);
        assertThat(scores.keySet().stream()
                        .map(each -> Arrays.stream(each.array()).boxed().toList()))
                .containsExactlyInAnyOrderElementsOf(tried.stream().distinct().toList());
        assertThat(scores.values().stream().mapToDouble(Score::value).min().orElseThrow())
                .isEqualTo(run.bestScore().value());
    }

    @Test
    void placementsAndGreedy_noScores_areRefused() {
        OffloadingProblem problem = chain(3, 2);
        SearchRun run = run(problem, StopRule.evaluations(100));

        assertThatNullPointerException().isThrownBy(() -> Constructive.placements(problem, run, 0, null));
        assertThatNullPointerException()
                .isThrownBy(() -> Constructive.greedy(problem, SearchOptions.withDefaults(), null));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 10", "0.105, 11", "0.25, 25"})
    void placementsWithin_share_takesNoMoreOfWhatIsLeft(double share, int most) {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(), Objective.MEAN);
        SearchRun run = run(problem, StopRule.evaluations(100));
        PlacementRecorder.take(problem);

        Constructive.placementsWithin(problem, run, share);

        assertThat(PlacementRecorder.take(problem)).hasSize(most);
        assertThat(run.evaluationsLeft(1000)).isEqualTo(100 - most);
    }

    @Test
    void placementsWithin_cancelled_stopsSoon() {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(), Objective.MEAN);
        SearchRun run = run(problem, StopRule.cancelled(() -> true));
        PlacementRecorder.take(problem);

        Constructive.placementsWithin(problem, run, 1);

        assertThat(PlacementRecorder.take(problem)).hasSizeLessThanOrEqualTo(17);
    }

    private static OffloadingProblem tasks() {
        int tasks = 6;
        Task[] all = IntStream.range(0, tasks)
                .mapToObj(task -> HandMade.chain(task, 0, 0))
                .toArray(Task[]::new);
        double[][] joules = HandMade.seconds(5, tasks, 3);
        Scenario scenario = HandMade.scenario(HandMade.seconds(4, tasks, 3), joules, all);
        for (int device = 0; device < 3; device++) {
            scenario = HandMade.with(scenario, HandMade.device(scenario, device).withSwitchOnJoules(0.5 * device));
        }
        return OffloadingProblem.of(scenario, metrics -> metrics.computeJoules() + metrics.makespanSeconds());
    }

    @Test
    void packings_noLimit_areEachOnceAndTheBestFirst() {
        OffloadingProblem problem = tasks();
        SearchRun run = run(problem, StopRule.evaluations(1000));
        List<List<Integer>> expected = lists(new TaskPacking(problem.compiled()).placements(30)).stream()
                .distinct()
                .toList();

        List<int[]> packings = Constructive.packings(problem, run, 1000);

        Evaluation evaluation = problem.evaluator().newEvaluation();
        List<Double> values = new ArrayList<>();
        for (int[] packing : packings) {
            evaluation.evaluate(packing);
            values.add(problem.fitness().of(evaluation));
        }
        assertThat(expected).hasSizeGreaterThan(3);
        assertThat(lists(packings)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(values).isSorted();
        assertThat(run.bestScore().value()).isEqualTo(values.get(0));
        assertThat(run.evaluationsLeft(5000)).isEqualTo(1000 - expected.size());
    }

    @Test
    void packings_limit_triesNoMore() {
        OffloadingProblem problem = tasks();

        assertThat(Constructive.packings(problem, run(problem, StopRule.evaluations(1000)), 2))
                .hasSize(2);
        assertThat(Constructive.packings(problem, run(problem, StopRule.evaluations(3)), 1000))
                .hasSize(3);
    }

    @Test
    void packings_pinnedLayer_keepItsTaskThere() {
        Task task = HandMade.chain(0, 0, 0, 0).withPinned(Map.of("l1", "d1"));
        double[][] seconds = {{1, 9}, {1, 9}, {1, 9}};
        OffloadingProblem problem =
                OffloadingProblem.of(HandMade.scenario(seconds, task, HandMade.chain(2, 0, 0)), Objective.RESPONSE);

        List<int[]> packings = Constructive.packings(problem, run(problem, StopRule.evaluations(100)), 100);

        assertThat(packings).isNotEmpty().allMatch(placement -> placement[0] == 1 && placement[1] == 1);
    }

    /** Whole tasks start all on one device, and then move one by one as long as that helps. */
    @Test
    void singleDevice_threeTasks_movesThemOneByOne() {
        for (long seed = 0; seed < 20; seed++) {
            Scenario scenario = HandMade.scenario(
                    HandMade.seconds(seed, 3, 3),
                    HandMade.chain(0, 0, 0),
                    HandMade.chain(1, 0, 0),
                    HandMade.chain(2, 0, 0));
            OffloadingProblem problem = PlacementRecorder.record(scenario, Objective.MEAN);
            List<List<Integer>> expected = movedOneByOne(problem);
            PlacementRecorder.take(problem);

            SearchResult result = SingleDevice.withDefaults().search(problem, SearchOptions.withDefaults());

            assertThat(PlacementRecorder.take(problem).subList(0, (int) result.evaluations()))
                    .isEqualTo(expected);
            assertThat(result.value()).isEqualTo(least(problem, expected));
        }
    }

    private static List<List<Integer>> movedOneByOne(OffloadingProblem problem) {
        List<List<Integer>> tried = new ArrayList<>();
        for (int device = 0; device < 3; device++) {
            tried.add(Collections.nCopies(3, device));
        }
        List<Integer> best = first(problem, tried);
        double before;
        do {
            before = least(problem, tried);
            for (int task = 0; task < 3; task++) {
                for (int device = 0; device < 3; device++) {
                    List<Integer> moved = new ArrayList<>(best);
                    moved.set(task, device);
                    tried.add(moved);
                }
                best = first(problem, tried);
            }
        } while (least(problem, tried) < before);
        return tried;
    }

    private static List<Integer> first(OffloadingProblem problem, List<List<Integer>> tried) {
        double least = least(problem, tried);
        return tried.stream()
                .filter(each -> least(problem, List.of(each)) == least)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "5", "8"})
    void singleDevice_limitedEvaluations_stopsAtTheLimit(long limit) {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(), Objective.MEAN);

        SearchResult result = SingleDevice.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(limit)));

        assertThat(result.evaluations()).isEqualTo(limit);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
        assertThat(result.best()).isPresent();
    }

    @Test
    void singleDevice_pinnedLayer_isWhereItMustBe() {
        OffloadingProblem problem = OffloadingProblem.of(
                HandMade.scenario(
                        new double[][] {{1, 5}, {1, 1}, {1, 5}},
                        HandMade.chain(0, 0, 0, 0, 0).withPinned(Map.of("l2", "d1"))),
                Objective.RESPONSE);

        SearchResult result = SingleDevice.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(problem.evaluator().encode(result.best().orElseThrow().placement()))
                .containsExactly(0, 0, 1);
    }

    @Test
    void localOnly_anyProblem_evaluatesOnce() {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(), Objective.MEAN);

        SearchResult result = LocalOnly.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.evaluations()).isEqualTo(1);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(PlacementRecorder.take(problem)).contains(List.of(1, 1, 1, 1, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"7, 3", "40, 2", "1, 5"})
    void randomSearch_batch_isAnIterationOfNewDraws(int batch, int iterations) {
        OffloadingProblem problem = PlacementRecorder.record(twoChains(), Objective.MEAN);
        PlacementRecorder.take(problem);

        SearchResult result = RandomSearch.withDefaults()
                .withBatchSize(batch)
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.iterations(iterations)));

        assertThat(result.evaluations()).isEqualTo((long) batch * iterations);
        List<List<Integer>> tried = PlacementRecorder.take(problem).subList(0, batch * iterations);
        assertThat(tried.stream().distinct()).hasSizeGreaterThan(tried.size() / 2);
        assertThat(result.value()).isEqualTo(least(problem, tried));
    }

    @Test
    void randomSearch_evaluationsWithinABatch_stopsAtTheLimit() {
        SearchResult result = RandomSearch.withDefaults()
                .search(chain(5, 3), SearchOptions.withDefaults().withStopRule(StopRule.evaluations(130)));

        assertThat(result.evaluations()).isEqualTo(130);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    /** Sixteen placements lie between two questions whether to stop at once; the first is drawn in any case. */
    @ParameterizedTest
    @CsvSource({"0, 16", "1, 32", "2, 48"})
    void randomSearch_cancelledWithinABatch_stopsAtTheNextQuestion(int questions, int evaluations) {
        OffloadingProblem problem = chain(5, 3);
        int[] asked = {0};
        boolean[] isRunning = {false};
        StopRule rule = StopRule.cancelled(() -> isRunning[0] && asked[0]++ >= questions);

        SearchResult result = RandomSearch.withDefaults()
                .withBatchSize(64)
                .search(
                        OffloadingProblem.of(problem.scenario(), metrics -> {
                            isRunning[0] = true; // from the first placement on
                            return metrics.responseSeconds(0);
                        }),
                        SearchOptions.withDefaults().withStopRule(rule));

        assertThat(result.evaluations()).isEqualTo(evaluations);
        assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    }
}
