package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree of MonteCarloTreeSearch on problems whose tree is known. */
class StageTreeTest {

    /** Records the bounds of the draws and forwards them. */
    private static final class Draws implements RandomGenerator {

        private final RandomGenerator random;
        private final List<Integer> bounds = new ArrayList<>();

        Draws(long seed) {
            random = Seeds.generator(seed);
        }

        @Override
        public int nextInt(int bound) {
            bounds.add(bound);
            return random.nextInt(bound);
        }

        @Override
        public long nextLong() {
            return random.nextLong();
        }
    }

    /** Always draws the first alternative. */
    private static final RandomGenerator FIRST = new RandomGenerator() {
        @Override
        public int nextInt(int bound) {
            return 0;
        }

        @Override
        public long nextLong() {
            return 0;
        }
    };

    private static Scenario chain(int layers, int devices) {
        return HandMade.scenario(HandMade.seconds(1, layers, devices), HandMade.chain(0, new long[layers + 1]));
    }

    private static Arrangement arrangement(Scenario scenario) {
        return Arrangement.of(OffloadingProblem.of(scenario, Objective.PERIOD));
    }

    /**
     * Three layers on two devices: below each of the two devices are three ends, and below two of them the other
     * device. A try adds a node, and one more closes a path that is complete, so 12 + 6 tries close the tree.
     * Only the two that add a device at the root draw an end anywhere, after one from the tree.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void play_oneStage_triesEachPathUntilItIsComplete(long seed) {
        Map<List<Integer>, Integer> tries = new HashMap<>();
        Draws draws = new Draws(seed);
        StageTree tree = new StageTree(MonteCarloTreeSearch.withDefaults(), arrangement(chain(3, 2)), draws);

        int free = play(tree, draws, 18, 3, tries);

        assertThat(free).isEqualTo(2);
        assertThat(tries)
                .isEqualTo(Map.of(
                        List.of(0, 0, 0), 2,
                        List.of(0, 0, 1), 3,
                        List.of(0, 1, 1), 3,
                        List.of(1, 1, 1), 2,
                        List.of(1, 1, 0), 3,
                        List.of(1, 0, 0), 3));
        assertThat(play(tree, draws, 10, 3, tries)).isEqualTo(10);
    }

    /** Two layers on two devices: below each device two ends, and below one of them the other device and its end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void play_anyStages_triesEachPathUntilItIsComplete(long seed) {
        Map<List<Integer>, Integer> tries = new HashMap<>();
        Draws draws = new Draws(seed);
        StageTree tree = new StageTree(
                MonteCarloTreeSearch.withDefaults(), arrangement(HandMade.withAnyStages(chain(2, 2))), draws);

        int free = play(tree, draws, 14, 2, tries);

        assertThat(free).isEqualTo(2);
        assertThat(tries).isEqualTo(Map.of(List.of(0, 0), 2, List.of(0, 1), 4, List.of(1, 1), 2, List.of(1, 0), 4));
        assertThat(play(tree, draws, 10, 2, tries)).isEqualTo(10);
    }

    /** Plays; returns how many tries drew an end outside the tree, and counts the placements of the others. */
    private static int play(
            StageTree tree, Draws draws, int tries, int layers, Map<List<Integer>, Integer> placements) {
        int free = 0;
        for (int each = 0; each < tries; each++) {
            draws.bounds.clear();
            List<Integer> placement = Arrays.stream(tree.play()).boxed().toList();
            boolean isFree = draws.bounds.size() > 2 && draws.bounds.get(2) == layers;
            free += isFree ? 1 : 0;
            if (!isFree) {
                placements.merge(placement, 1, Integer::sum);
            }
            tree.reward(each * 7 % 10 / 10.0);
        }
        return free;
    }

    /** The bound without exploration is the mean of the mean and the greatest reward. */
    @Test
    void play_noExploration_choosesTheDeviceOfTheGreatestBound() {
        StageTree tree =
                new StageTree(MonteCarloTreeSearch.withDefaults().withExploration(0), arrangement(chain(9, 2)), FIRST);

        // Bounds of device 1 after each of its rewards: 0.5, 0.375, 0.333, 0.1875; that of device 0 is 0.2.
        assertThat(firstDevices(tree, 0.2, 0.5, 0, 0, -1, 0)).containsExactly(0, 1, 1, 1, 1, 0);
    }

    /** After three tries the bounds are 0.2 + sqrt(log 4) = 1.38 and 0.5 + sqrt(log 4 / 2) = 1.33. */
    @Test
    void play_exploration_choosesTheDeviceThatWasTriedLess() {
        StageTree tree =
                new StageTree(MonteCarloTreeSearch.withDefaults().withExploration(1), arrangement(chain(9, 2)), FIRST);

        // Then 0.2 + sqrt(log 5 / 2) = 1.10 and 0.5 + sqrt(log 5 / 2) = 1.40.
        assertThat(firstDevices(tree, 0.2, 0.5, 0.5, 0.2, 0)).containsExactly(0, 1, 1, 0, 1);
    }

    /** With two nodes only device 0 is kept, so that device 1 is always tried for the first time. */
    @ParameterizedTest
    @CsvSource({"1, 0 0 0 0", "2, 0 1 1 1", "3, 0 1 0 0"})
    void play_fewNodes_doesNotGrowFurther(int nodes, String expected) {
        StageTree tree = new StageTree(new MonteCarloTreeSearch(0, 16, nodes), arrangement(chain(9, 2)), FIRST);

        assertThat(firstDevices(tree, 0.5, 0.1, 0.5, 0.5))
                .containsExactlyElementsOf(
                        Arrays.stream(expected.split(" ")).map(Integer::valueOf).toList());
    }

    private static List<Integer> firstDevices(StageTree tree, double... rewards) {
        List<Integer> devices = new ArrayList<>();
        for (double reward : rewards) {
            devices.add(tree.play()[0]);
            tree.reward(reward);
        }
        return devices;
    }

    /** Below a device that is in the tree, n ends are spread over the layers that remain, rounded up. */
    @ParameterizedTest
    @CsvSource({"5, 2, 3 5", "5, 1, 5", "7, 3, 3 5 7", "3, 8, 1 2 3"})
    void play_endsInTheTree_areSpreadEvenly(int layers, int ends, String expected) {
        StageTree tree = new StageTree(new MonteCarloTreeSearch(0, ends, 1000), arrangement(chain(layers, 2)), FIRST);
        tree.play();
        tree.reward(1);
        tree.play();
        tree.reward(-9);
        List<Integer> lengths = new ArrayList<>();
        for (int each = 0; each < Math.min(ends, layers); each++) {
            int[] placement = tree.play();
            tree.reward(1);
            assertThat(placement[0]).isZero();
            lengths.add(
                    (int) Arrays.stream(placement).filter(device -> device == 0).count());
        }

        assertThat(lengths)
                .containsExactlyElementsOf(
                        Arrays.stream(expected.split(" ")).map(Integer::valueOf).toList());
    }

    @Test
    void play_limitedDevices_endsWithTheLastStage() {
        StageTree tree = new StageTree(
                MonteCarloTreeSearch.withDefaults(), arrangement(chain(6, 4).withMaxDevices(2)), new Draws(3));
        for (int each = 0; each < 200; each++) {
            assertThat(Arrays.stream(tree.play()).distinct().count()).isLessThanOrEqualTo(2);
            tree.reward(0.5);
        }
    }

    @Test
    void play_outsideTheTree_endsStagesAnywhere() {
        StageTree tree = new StageTree(new MonteCarloTreeSearch(0, 1, 1), arrangement(chain(3, 3)), new Draws(1));
        Map<List<Integer>, Integer> tries = new HashMap<>();
        for (int each = 0; each < 600; each++) {
            tries.merge(Arrays.stream(tree.play()).boxed().toList(), 1, Integer::sum);
            tree.reward(0.5);
        }

        // 3 whole offloads, 6 * 2 pairs of stages, 6 triples.
        assertThat(tries).hasSize(3 + 12 + 6);
    }

    @Test
    void play_oneDeviceAndAnyStages_staysThere() {
        StageTree tree = new StageTree(
                MonteCarloTreeSearch.withDefaults(), arrangement(HandMade.withAnyStages(chain(4, 1))), new Draws(1));

        assertThat(tree.play()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void play_pinnedLayer_isRepaired() {
        Scenario scenario = HandMade.scenario(
                HandMade.seconds(1, 2, 2), HandMade.chain(0, 0, 0, 0).withPinned(Map.of("l1", "d1")));
        StageTree tree = new StageTree(MonteCarloTreeSearch.withDefaults(), arrangement(scenario), FIRST);

        assertThat(tree.play()[1]).isEqualTo(1);
        tree.reward(1);
        assertThat(tree.play()[1]).isEqualTo(1);
    }

    static Stream<Arguments> search_anyProblem_rewardsTriesAsDocumented() {
        Scenario plain = chain(6, 3);
        double[][] never = HandMade.seconds(2, 6, 3);
        never[1][0] = Double.POSITIVE_INFINITY;
        never[4][0] = Double.POSITIVE_INFINITY;
        Scenario tight = HandMade.with(plain, HandMade.device(plain, 0).withMemoryBytes(25));
        Scenario thirds = plain; // two layers on each device are feasible, which no plain strategy finds
        for (int device = 0; device < 3; device++) {
            thirds = HandMade.with(thirds, HandMade.device(plain, device).withMemoryBytes(25));
        }
        return Stream.of(
                Arguments.of(plain),
                Arguments.of(HandMade.scenario(never, HandMade.chain(0, new long[7]))),
                Arguments.of(tight),
                Arguments.of(thirds),
                Arguments.of(HandMade.scenario(new double[6][3], HandMade.chain(0, new long[7]))));
    }

    @ParameterizedTest
    @MethodSource
    void search_anyProblem_rewardsTriesAsDocumented(Scenario scenario) {
        OffloadingProblem problem = PlacementRecorder.record(scenario, Objective.PERIOD);
        SearchOptions options = SearchOptions.withDefaults().withSeed(5).withStopRule(StopRule.iterations(4));
        SearchRun run = SearchRun.start(problem, options, "constructive");
        Constructive.placements(problem, run);
        double reference = run.bestScore().isFeasible() ? run.bestScore().value() : 0;
        List<List<Integer>> expected = new ArrayList<>(PlacementRecorder.take(problem));
        StageTree tree =
                new StageTree(MonteCarloTreeSearch.withDefaults(), Arrangement.of(problem), Seeds.generator(5));
        Evaluation evaluation = problem.evaluator().newEvaluation();
        for (int each = 0; each < 300; each++) {
            int[] placement = tree.play();
            expected.add(Arrays.stream(placement).boxed().toList());
            evaluation.evaluate(placement);
            tree.reward(reward(Score.of(evaluation, problem.fitness()), reference));
        }
        PlacementRecorder.take(problem);

        SearchResult result = MonteCarloTreeSearch.withDefaults().search(problem, options);

        List<List<Integer>> tried = PlacementRecorder.take(problem);
        assertThat(result.evaluations()).isEqualTo(expected.size());
        assertThat(tried.subList(0, expected.size()).equals(expected)).isTrue();
        assertThat(result.iterations()).isEqualTo(4);
        assertThat(result.bestOrClosest()).isPresent();
    }

    private static double reward(Score score, double reference) {
        if (score.impossible() > 0) {
            return -0.1 * score.impossible() / (1.0 + score.impossible());
        }
        if (!score.isFeasible()) {
            return 0.1 / (1 + score.violation());
        }
        double relative = reference == 0 ? score.value() : 4 * (score.value() - reference) / Math.abs(reference);
        return 1 / (1 + Math.exp(relative));
    }

    @Test
    void search_limitedEvaluations_stopsAtTheLimit() {
        OffloadingProblem problem = OffloadingProblem.of(chain(6, 3), metrics -> metrics.periodSeconds(0));

        SearchResult result = MonteCarloTreeSearch.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(250)));

        assertThat(result.evaluations()).isEqualTo(250);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }
}
