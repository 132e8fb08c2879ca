package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Greedy against a list of all splits of a chain. */
class GreedyTest {

    @ParameterizedTest
    @CsvSource({"1, 7, 3, 32", "2, 7, 3, 2", "3, 9, 4, 3", "4, 8, 2, 1", "5, 10, 3, 4"})
    void search_oneStagePerDevice_triesEverySplitToAnUnusedDevice(long seed, int layers, int devices, int cuts) {
        assertThat(difference(chain(seed, layers, devices), cuts)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 3, 32", "2, 6, 2, 2"})
    void search_anyStages_triesEverySplitToAnyOtherDevice(long seed, int layers, int devices, int cuts) {
        assertThat(difference(HandMade.withAnyStages(chain(seed, layers, devices)), cuts))
                .isEmpty();
    }

    private static Scenario chain(long seed, int layers, int devices) {
        long[] bytes = new long[layers + 1];
        return HandMade.scenario(HandMade.seconds(seed, layers, devices), HandMade.chain(0, bytes));
    }

    /** Returns how the search differs from a list of the placements that it should try; an empty text if not at all. */
    private static String difference(Scenario scenario, int cuts) {
        OffloadingProblem problem = PlacementRecorder.record(scenario, Objective.PERIOD);
        List<List<Integer>> expected = expected(problem, scenario.rules().equals(Scenario.Rules.DEFAULT), cuts);
        PlacementRecorder.take(problem);

        SearchResult result = new Greedy(cuts).search(problem, SearchOptions.withDefaults());

        List<List<Integer>> tried = PlacementRecorder.take(problem).subList(0, (int) result.evaluations());
        return tried.equals(expected) ? "" : tried + " instead of " + expected;
    }

    private static List<List<Integer>> expected(OffloadingProblem problem, boolean oneStage, int cuts) {
        List<List<Integer>> tried = new ArrayList<>();
        List<Integer> current = List.of();
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < problem.deviceCount(); device++) {
            List<Integer> whole = Collections.nCopies(problem.layerCount(), device);
            tried.add(whole);
            double period = period(problem, whole);
            current = period < least ? whole : current;
            least = Math.min(least, period);
        }
        tried.add(current);
        while (true) {
            List<Integer> best = current;
            for (List<Integer> split : splits(current, problem.deviceCount(), oneStage, cuts)) {
                tried.add(split);
                double period = period(problem, split);
                best = period < least ? split : best;
                least = Math.min(least, period);
            }
            if (best.equals(current)) {
                return tried;
            }
            current = best;
        }
    }

    private static List<List<Integer>> splits(List<Integer> placement, int devices, boolean oneStage, int cuts) {
        List<List<Integer>> splits = new ArrayList<>();
        int end;
        for (int start = 0; start < placement.size(); start = end) {
            end = start;
            while (end < placement.size() && placement.get(end).equals(placement.get(start))) {
                end++;
            }
            for (int device = 0; device < devices; device++) {
                boolean isOther = device != placement.get(start) && !(oneStage && placement.contains(device));
                int step = Math.max(1, (end - start) / cuts);
                for (int cut = start + step; cut <= end && isOther; cut += step) {
                    splits.add(moved(placement, start, cut, device));
                    if (cut < end) {
                        splits.add(moved(placement, cut, end, device));
                    }
                }
            }
        }
        return splits;
    }

    private static List<Integer> moved(List<Integer> placement, int from, int to, int device) {
        List<Integer> moved = new ArrayList<>(placement);
        Collections.fill(moved.subList(from, to), device);
        return moved;
    }

    private static double period(OffloadingProblem problem, List<Integer> placement) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        evaluation.evaluate(placement.stream().mapToInt(Integer::intValue).toArray());
        return evaluation.periodSeconds();
    }

    @Test
    void search_twoTasks_splitsEachOfThem() {
        // Each task starts on a device of its own and ends with one layer on each of two devices.
        double[][] seconds = {{2, 2, 2, 2}, {2, 2, 2, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}};
        OffloadingProblem problem = OffloadingProblem.of(
                HandMade.scenario(seconds, HandMade.chain(0, 0, 0, 0), HandMade.chain(2, 0, 0, 0)),
                metrics -> metrics.periodSeconds(0) + metrics.periodSeconds(1));

        SearchResult result = Greedy.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.value()).isEqualTo(2 + 3);
        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void search_pinnedLayer_triesOnlyPlacementsThatKeepIt() {
        Scenario scenario = HandMade.scenario(
                HandMade.seconds(1, 6, 3), HandMade.chain(0, new long[7]).withPinned(Map.of("l3", "d1")));
        OffloadingProblem problem = PlacementRecorder.record(scenario, Objective.PERIOD);
        PlacementRecorder.take(problem);

        Greedy.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(PlacementRecorder.take(problem)).allMatch(placement -> placement.get(3) == 1);
    }

    @ParameterizedTest
    @CsvSource({"3", "4", "5", "6", "7", "12"})
    void search_limitedEvaluations_stopsAtTheLimit(long limit) {
        OffloadingProblem problem = OffloadingProblem.of(chain(3, 9, 4), metrics -> metrics.periodSeconds(0));

        SearchResult result = Greedy.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(limit)));

        assertThat(result.evaluations()).isEqualTo(limit);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @Test
    void search_listener_isCalledAfterEveryRound() {
        OffloadingProblem problem = OffloadingProblem.of(chain(3, 9, 4), metrics -> metrics.periodSeconds(0));
        List<Double> values = new ArrayList<>();

        SearchResult result = Greedy.withDefaults()
                .search(
                        problem,
                        SearchOptions.withDefaults().withListener(progress -> values.add(progress.bestValue())));

        assertThat(values)
                .hasSize((int) result.iterations())
                .isSortedAccordingTo((one, two) -> Double.compare(two, one));
        // The last round finds nothing better, all others do.
        assertThat(values.get(values.size() - 1)).isEqualTo(values.get(values.size() - 2));
        assertThat(values.stream().distinct()).hasSize(values.size() - 1);
    }

    @Test
    void search_knownScores_areNotEvaluatedAgain() {
        OffloadingProblem problem = PlacementRecorder.record(chain(3, 6, 3), Objective.PERIOD);
        SearchResult plain = Greedy.withDefaults().search(problem, SearchOptions.withDefaults());
        Map<IntBuffer, Score> known = new HashMap<>();
        Evaluation evaluation = problem.evaluator().newEvaluation();
        for (int device = 0; device < 3; device++) {
            int[] whole = {device, device, device, device, device, device};
            evaluation.evaluate(whole);
            known.put(IntBuffer.wrap(whole), Score.of(evaluation, problem.fitness()));
        }

        SearchResult result = Constructive.greedy(problem, SearchOptions.withDefaults(), known);

        // Three whole offloads, the best of them once more, and each other one where a whole run moves.
        assertThat(result.value()).isEqualTo(plain.value());
        assertThat(result.evaluations()).isEqualTo(plain.evaluations() - 3 - 1 - 2);
    }
}
