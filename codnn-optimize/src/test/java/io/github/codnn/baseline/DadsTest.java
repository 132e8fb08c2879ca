package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dads against all parts of networks, and against its grid of factors. */
class DadsTest {

    private static final int[][] DIAMOND = {{0}, {1}, {1}, {2, 3}, {4}, {5, 0}};

    /** A chain of three layers, then a network of six with branches, on three devices; transfers differ. */
    private static Scenario drawn(long seed, double factor) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] seconds = new double[9][3];
        for (double[] row : seconds) {
            Arrays.setAll(row, device -> factor * (1 + random.nextDouble()) / (1 + device));
        }
        long[] bytes = new long[7];
        Arrays.setAll(bytes, tensor -> Math.round(factor * random.nextInt(4)));
        Task first = HandMade.between(HandMade.chain(0, 1, 2, 0, 1), 0, 0);
        Task second = HandMade.between(HandMade.graph(3, DIAMOND, bytes), random.nextInt(3), random.nextInt(4) - 1);
        boolean isPinned = random.nextInt(3) == 0;
        return HandMade.scenario(
                seconds,
                first,
                isPinned ? second.withPinned(Map.of("l4", second.source().orElseThrow())) : second);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e4})
    void cut_secondTask_isTheBestOfAllPartsThatNeverFlowBack(double factor) {
        for (long seed = 0; seed < 60; seed++) {
            Arrangement arrangement = Arrangement.of(OffloadingProblem.of(drawn(seed, factor), Objective.PERIOD));
            int terminal = arrangement.compiled.source(1);
            int server = (terminal + 1) % 3;
            TerminalServerCut sides = new TerminalServerCut(arrangement, 1, server);
            int[] placement = new int[9];
            Arrays.fill(placement, 0, 3, 2);

            sides.cut(1, 1, placement);

            assertThat(Arrays.copyOf(placement, 3)).containsExactly(2, 2, 2);
            assertThat(isPart(arrangement, placement, server)).isTrue();
            double best = leastSum(arrangement, server);
            assertThat(sum(arrangement, placement)).isCloseTo(best, within(1e-6 * best));
            assertThat(sides.sumSeconds(placement)).isCloseTo(sum(arrangement, placement), within(1e-9 * best));
        }
    }

    private static double leastSum(Arrangement arrangement, int server) {
        int[] placement = new int[9];
        double best = Double.POSITIVE_INFINITY;
        for (int set = 0; set < 1 << 6; set++) {
            for (int layer = 0; layer < 6; layer++) {
                placement[3 + layer] = (set >> layer & 1) == 1 ? server : arrangement.compiled.source(1);
            }
            best = isPart(arrangement, placement, server) ? Math.min(best, sum(arrangement, placement)) : best;
        }
        return best;
    }

    /** Tells whether nothing flows from the server back, and forced layers are where they must be. */
    private static boolean isPart(Arrangement arrangement, int[] placement, int server) {
        boolean isPart = true;
        for (int layer = 3; layer < 9; layer++) {
            int forced = arrangement.forced[layer];
            isPart &= forced < 0 || placement[layer] == forced;
            for (int feeder : arrangement.feeders[layer]) {
                isPart &= placement[feeder] != server || placement[layer] == server;
            }
        }
        return isPart;
    }

    /** The seconds of both sides, of each tensor that crosses, once, and of the result on its way to the sink. */
    private static double sum(Arrangement arrangement, int[] placement) {
        var compiled = arrangement.compiled;
        double sum = 0;
        for (int layer = 3; layer < 9; layer++) {
            sum += compiled.seconds(layer, placement[layer]);
        }
        for (int tensor = compiled.firstTensor(1); tensor < compiled.tensorCount(); tensor++) {
            int from = compiled.producer(tensor) < 0 ? compiled.source(1) : placement[compiled.producer(tensor)];
            int other = Arrays.stream(compiled.consumers(tensor))
                    .map(layer -> placement[layer])
                    .filter(device -> device != from)
                    .findFirst()
                    .orElse(from);
            sum += compiled.transferSeconds(tensor, from, other);
            sum += compiled.isDelivered(tensor) && compiled.sink(1) >= 0
                    ? compiled.transferSeconds(tensor, from, compiled.sink(1))
                    : 0;
        }
        return sum;
    }

    @Test
    void sumSeconds_freeUpload_leavesItOut() {
        Task task = HandMade.chain(0, 100, 5, 7);
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(new double[][] {{1, 2}, {9, 3}}, task), Objective.PERIOD));
        TerminalServerCut sides = new TerminalServerCut(arrangement, 0, 1);
        int[] placement = new int[2];

        sides.cut(1, 1, placement);

        // All on the server takes 5 s, all on the terminal 10 s, a cut 1 + 5 + 3 = 9 s.
        assertThat(placement).containsExactly(1, 1);
        assertThat(sides.sumSeconds(placement)).isEqualTo(5);
        assertThat(sides.sumSeconds(new int[] {0, 1})).isEqualTo(9);
        assertThat(sides.sumSeconds(new int[] {0, 0})).isEqualTo(10);
    }

    @Test
    void sumSeconds_layerOnAThirdDevice_countsItsReturn() {
        Task task = HandMade.between(HandMade.chain(0, 2, 5, 7), 0, 1);
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(new double[][] {{1, 2, 4}, {9, 3, 6}}, task), Objective.PERIOD));
        TerminalServerCut sides = new TerminalServerCut(arrangement, 0, 1);

        assertThat(sides.sumSeconds(new int[] {0, 2})).isEqualTo(1 + 5 + 6 + 7);
        assertThat(sides.sumSeconds(new int[] {0, 0})).isEqualTo(1 + 9 + 7);
        assertThat(sides.sumSeconds(new int[] {0, 1})).isEqualTo(1 + 5 + 3);
    }

    @Test
    void cut_layerThatTheServerCannotRun_staysOnTheTerminal() {
        double never = Double.POSITIVE_INFINITY;
        Task task = HandMade.chain(0, 0, 1, 1, 1);
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(new double[][] {{9, 1}, {9, never}, {9, 1}}, task), Objective.PERIOD));
        int[] placement = new int[3];

        new TerminalServerCut(arrangement, 0, 1).cut(1, 1, placement);

        assertThat(placement).containsExactly(0, 0, 1);
    }

    @Test
    void cut_layersThatBelongTogether_areRepaired() {
        Task task = HandMade.chain(0, 0, 1, 1, 1).withColocated(Map.of("l0", "g", "l1", "g"));
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(new double[][] {{1, 9}, {9, 1}, {9, 1}}, task), Objective.PERIOD));
        int[] placement = new int[3];

        new TerminalServerCut(arrangement, 0, 1).cut(1, 1, placement);

        // The cut after the first layer keeps its group on the terminal.
        assertThat(placement).containsExactly(0, 0, 1);
    }

    @Test
    void search_oneDevice_hasThePlanWithoutOffloading() {
        OffloadingProblem problem = OffloadingProblem.of(
                HandMade.scenario(new double[][] {{2}, {3}}, HandMade.chain(0, 0, 0, 0)), Objective.RESPONSE);

        assertThat(Dads.withDefaults()
                        .search(problem, SearchOptions.withDefaults())
                        .value())
                .isEqualTo(5);
    }

    @Test
    void cut_factors_scaleTheTimesOfTheSides() {
        // A cut costs 4 + 1 + 4 s, all on the terminal 8 s, all on the server 8.5 s.
        Task task = HandMade.chain(0, 0, 1, 0);
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(new double[][] {{4, 4.5}, {4, 4}}, task), Objective.PERIOD));
        TerminalServerCut sides = new TerminalServerCut(arrangement, 0, 1);
        int[] placement = new int[2];

        sides.cut(1, 1, placement);
        assertThat(placement).containsExactly(0, 0);
        sides.cut(1, 0.5, placement);
        assertThat(placement).containsExactly(1, 1);
        sides.cut(2, 1, placement);
        assertThat(placement).containsExactly(1, 1);
        sides.cut(0.5, 1, placement);
        assertThat(placement).containsExactly(0, 0);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 7, 2, 4", "HEAVY, 1, 0, 8", "HEAVY, 3, 1, 76", "HEAVY, 7, 2, 592"})
    void cuts_anySettings_areTasksTimesServersTimesFactors(Dads.Load load, int grid, int zooms, long expected) {
        OffloadingProblem problem = OffloadingProblem.of(drawn(1, 1), metrics -> metrics.periodSeconds());

        SearchResult result = new Dads(load, grid, zooms).search(problem, SearchOptions.withDefaults());

        assertThat(new Dads(load, grid, zooms).cuts(problem)).isEqualTo(expected);
        assertThat(result.evaluations()).isEqualTo(expected + 1);
        assertThat(result.iterations()).isEqualTo(4);
        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 7, 2", "HEAVY, 1, 0", "HEAVY, 3, 2", "HEAVY, 5, 1"})
    void search_anySettings_triesTheCutsOfTheGrid(Dads.Load load, int grid, int zooms) {
        for (long seed = 0; seed < 12; seed++) {
            OffloadingProblem problem = PlacementRecorder.record(drawn(seed, 1), Objective.PERIOD);
            List<List<Integer>> expected = new Grid(problem, load, grid, zooms).tried();
            PlacementRecorder.take(problem);
            Dads strategy = new Dads(load, grid, zooms);

            SearchResult result = strategy.search(problem, SearchOptions.withDefaults());

            List<List<Integer>> tried = PlacementRecorder.take(problem).subList(0, (int) result.evaluations());
            assertThat(tried.equals(expected)).as("seed " + seed).isTrue();
            SearchResult distinct = strategy.searchDistinct(problem, SearchOptions.withDefaults());
            assertThat(distinct.value()).isEqualTo(result.value());
            assertThat(distinct.evaluations()).isLessThanOrEqualTo(result.evaluations());
        }
    }

    /** What is tried: for each task and server the plain cut, then grids around the best exponents so far. */
    private static final class Grid {

        private final OffloadingProblem problem;
        private final Dads.Load load;
        private final int grid;
        private final int zooms;
        private final List<List<Integer>> tried = new ArrayList<>();
        private final Evaluation evaluation;
        private int[] start;
        private int[] best;
        private double least;

        Grid(OffloadingProblem problem, Dads.Load load, int grid, int zooms) {
            this.problem = problem;
            this.load = load;
            this.grid = grid;
            this.zooms = zooms;
            evaluation = problem.evaluator().newEvaluation();
            best = HomePlacement.of(Arrangement.of(problem));
            start = best;
        }

        List<List<Integer>> tried() {
            tried.add(Arrays.stream(best).boxed().toList());
            for (int task = 0; task < 2; task++) {
                start = best;
                least = Double.POSITIVE_INFINITY;
                for (int server = 0; server < 3; server++) {
                    if (server != problem.compiled().source(task)) {
                        zoom(new TerminalServerCut(Arrangement.of(problem), task, server), task);
                    }
                }
            }
            return tried;
        }

        private void zoom(TerminalServerCut sides, int task) {
            isBetter(sides, task, 0, 0);
            double[] centre = {0, 0};
            for (int zoom = 0; zoom <= zooms && load == Dads.Load.HEAVY; zoom++) {
                double step = Math.pow(0.5, zoom);
                double[] next = centre;
                for (int row = -(grid / 2); row <= grid / 2; row++) {
                    for (int column = -(grid / 2); column <= grid / 2; column++) {
                        double[] point = {centre[0] + step * row, centre[1] + step * column};
                        next = isBetter(sides, task, point[0], point[1]) ? point : next;
                    }
                }
                centre = next;
            }
        }

        private boolean isBetter(TerminalServerCut sides, int task, double terminal, double server) {
            int[] placement = start.clone();
            sides.cut(Math.pow(2, terminal), Math.pow(2, server), placement);
            tried.add(Arrays.stream(placement).boxed().toList());
            evaluation.evaluate(placement);
            double value = load == Dads.Load.LIGHT ? sides.sumSeconds(placement) : evaluation.periodSeconds(task);
            if (evaluation.feasible() && value < least) {
                least = value;
                best = placement;
                return true;
            }
            return false;
        }
    }

    @Test
    void searchDistinct_manyEqualCuts_evaluatesEachOnceForATask() {
        OffloadingProblem problem = PlacementRecorder.record(
                HandMade.scenario(HandMade.seconds(2, 4, 2), HandMade.between(HandMade.chain(0, 1, 0, 1, 0, 1), 0, -1)),
                Objective.PERIOD);
        PlacementRecorder.take(problem);

        SearchResult result = Dads.withDefaults().searchDistinct(problem, SearchOptions.withDefaults());

        List<List<Integer>> tried = PlacementRecorder.take(problem).subList(1, (int) result.evaluations());
        Set<List<Integer>> distinct = new HashSet<>(tried);
        assertThat(distinct).hasSize(tried.size()).hasSizeLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"HEAVY, 2", "HEAVY, 3", "HEAVY, 60", "LIGHT, 3"})
    void search_limitedEvaluations_stopsAtTheLimit(Dads.Load load, long limit) {
        OffloadingProblem problem = OffloadingProblem.of(drawn(1, 1), metrics -> metrics.periodSeconds());

        SearchResult result = new Dads(load, 7, 2)
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(limit)));

        assertThat(result.evaluations()).isEqualTo(limit);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @Test
    void search_cancelled_stopsWithinTheGrid() {
        boolean[] isRunning = {false};
        OffloadingProblem problem = OffloadingProblem.of(drawn(1, 1), metrics -> {
            isRunning[0] = true;
            return metrics.periodSeconds();
        });

        SearchResult result = Dads.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.cancelled(() -> isRunning[0])));

        // The home placement and at most the plain cut.
        assertThat(result.evaluations()).isLessThanOrEqualTo(2);
        assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    }
}
