package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import io.github.codnn.testproblems.ScriptedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How ConvexRelaxation makes placements of shares, with the random numbers given. */
class RoundingTest {

    private static Rounding rounding(Scenario scenario, Objective objective, ScriptedRandom random) {
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(scenario, objective));
        RelaxedPlacement shares = new RelaxedPlacement(arrangement, objective, 48, () -> false);
        return new Rounding(arrangement, shares, random);
    }

    /** Devices 0 and 2 have a load of 2 s each, device 1 none. */
    private static Scenario halves() {
        double[][] seconds = {{1, 9, 2}, {1, 9, 2}, {2, 9, 1}, {2, 9, 1}};
        return HandMade.scenario(seconds, HandMade.chain(0, 0, 0, 0, 0, 0));
    }

    /** Shuffled from the back, then those with load first: [0, 1, 2] and draws of 2, 1 leave [0, 2, 1]. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, 0022", // order 0 1 2
        "2, 0, 0022", // order 1 0 2
        "1, 1, 0022", // order 0 2 1
        "1, 0, 2000", // order 2 0 1: the second layer would take 2 s of the 0 s left
        "0, 1, 2000", // order 2 1 0
        "0, 0, 2000" // order 1 2 0
    })
    void fill_twoDevicesWithLoad_fillsTheFirstOneUpToItsLoad(int first, int second, String expected) {
        ScriptedRandom random = ScriptedRandom.of(first, second);

        int[] placement = rounding(halves(), Objective.RESPONSE, random).fill();

        assertThat(placement).containsExactly(digits(expected));
        assertThat(random.bounds()).containsExactly(3, 2);
    }

    @Test
    void fill_secondTime_shufflesTheOrderThatTheFirstLeft() {
        ScriptedRandom random = ScriptedRandom.of(1, 0, 2, 1);
        Rounding rounding = rounding(halves(), Objective.RESPONSE, random);

        assertThat(rounding.fill()).containsExactly(2, 0, 0, 0);
        assertThat(rounding.fill()).containsExactly(2, 0, 0, 0);
    }

    /** Device 0 has a load of 3 + 1 s, by the last two layers, but is filled from the first layer on. */
    @ParameterizedTest
    @CsvSource({"2, 2, 0011", "3, 2, 0011", "3.5, 2, 0111"})
    void fill_partOfALayerFits_staysIfItIsTheGreaterOne(double firstLayer, double secondLayer, String expected) {
        double[][] seconds = {{firstLayer, firstLayer - 0.5}, {secondLayer, secondLayer - 0.5}, {3, 50}, {1, 50}};
        Scenario scenario = HandMade.scenario(seconds, HandMade.chain(0, 0, 0, 0, 0, 0));

        int[] placement =
                rounding(scenario, Objective.RESPONSE, ScriptedRandom.of(1)).fill();

        assertThat(placement).containsExactly(digits(expected));
    }

    @Test
    void fill_fewerStagesThanDevicesWithLoad_endsOnTheLastStage() {
        Scenario scenario = halves().withMaxDevices(1);

        assertThat(rounding(scenario, Objective.RESPONSE, ScriptedRandom.of(2, 1))
                        .fill())
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void fill_noTimes_staysOnOneDevice() {
        Scenario scenario = HandMade.scenario(new double[2][2], HandMade.chain(0, 0, 0, 0));

        assertThat(rounding(scenario, Objective.RESPONSE, ScriptedRandom.of(0)).fill())
                .containsExactly(1, 1);
    }

    @Test
    void fill_twoTasks_shufflesForEach() {
        double[][] seconds = {{1, 2}, {2, 1}, {1, 2}, {2, 1}};
        Scenario scenario = HandMade.scenario(seconds, HandMade.chain(0, 0, 0, 0), HandMade.chain(2, 0, 0, 0));

        assertThat(rounding(scenario, Objective.RESPONSE, ScriptedRandom.of(1, 0))
                        .fill())
                .containsExactly(0, 1, 1, 0);
    }

    /** Device 0 has memory for one and a half layers of three, the first of which saves most there. */
    @ParameterizedTest
    @CsvSource({"0.99, 0.49, 0.0, 001", "0.0, 0.51, 0.9, 011", "0.5, 0.99, 0.1, 011"})
    void draw_fractionalShare_takesTheDeviceOfThePoint(double one, double two, double three, String expected) {
        double[][] seconds = {{1, 9}, {1, 5}, {1, 2}};
        Scenario scenario = HandMade.scenario(seconds, HandMade.chain(0, 0, 0, 0, 0));
        long bytes = HandMade.LAYER_BYTES + HandMade.LAYER_BYTES / 2;
        scenario = HandMade.with(scenario, HandMade.device(scenario, 0).withMemoryBytes(bytes));

        int[] placement = rounding(scenario, Objective.RESPONSE, ScriptedRandom.of(one, two, three))
                .draw();

        assertThat(placement).containsExactly(digits(expected));
    }

    @Test
    void draw_sharesOfALaterDevice_subtractThoseBefore() {
        Scenario scenario =
                HandMade.scenario(new double[][] {{1, 9, 9}, {9, 1, 9}, {9, 9, 1}}, HandMade.chain(0, 0, 0, 0, 0));

        assertThat(rounding(scenario, Objective.RESPONSE, ScriptedRandom.of(0.5, 0.0, 0.999))
                        .draw())
                .containsExactly(0, 1, 2);
    }

    /** Half of the second layer fits on device 0; device 1 is the next best one for it. */
    @ParameterizedTest
    @CsvSource({"0.4, 00", "0.6, 01", "0.9, 01"})
    void draw_threeDevices_goesOnToTheShareOfTheNext(double point, String expected) {
        Scenario scenario = HandMade.scenario(new double[][] {{1, 9, 9}, {1, 5, 7}}, HandMade.chain(0, 0, 0, 0));
        long bytes = HandMade.LAYER_BYTES + HandMade.LAYER_BYTES / 2;
        scenario = HandMade.with(scenario, HandMade.device(scenario, 0).withMemoryBytes(bytes));

        assertThat(rounding(scenario, Objective.RESPONSE, ScriptedRandom.of(0.5, point))
                        .draw())
                .containsExactly(digits(expected));
    }

    @Test
    void fillAndDraw_colocatedLayers_areRepaired() {
        var task = HandMade.chain(0, 0, 0, 0).withColocated(Map.of("l0", "g", "l1", "g"));
        Rounding rounding = rounding(
                HandMade.scenario(new double[][] {{1, 9}, {9, 1}}, task),
                Objective.RESPONSE,
                ScriptedRandom.of(1, 0.5, 0.5));

        assertThat(rounding.fill()).containsExactly(0, 0);
        assertThat(rounding.draw()).containsExactly(0, 0);
    }

    @Test
    void search_cancelledBefore_provesNothing() {
        OffloadingProblem problem =
                OffloadingProblem.of(halves(), Objective.PERIOD).withoutLowerBound();

        SearchResult result = ConvexRelaxation.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.cancelled(() -> true)));

        assertThat(result.lowerBound()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void fillAndDraw_pinnedLayer_isRepaired() {
        double[][] seconds = {{1, 9}, {1, 9}};
        var task = HandMade.chain(0, 0, 0, 0).withPinned(Map.of("l1", "d1"));
        Rounding rounding =
                rounding(HandMade.scenario(seconds, task), Objective.RESPONSE, ScriptedRandom.of(1, 0.5, 0.5));

        assertThat(rounding.fill()).containsExactly(0, 1);
        assertThat(rounding.draw()).containsExactly(0, 1);
    }

    @Test
    void search_roundings_alternateAndEndEveryFifty() {
        Scenario scenario = HandMade.scenario(HandMade.seconds(5, 6, 3), HandMade.chain(0, 0, 0, 0, 0, 0, 0, 0));
        OffloadingProblem problem = PlacementRecorder.record(scenario, Objective.MEAN);
        Arrangement arrangement = Arrangement.of(problem);
        RelaxedPlacement shares = new RelaxedPlacement(arrangement, Objective.MEAN, 6, () -> false);
        Rounding rounding = new Rounding(arrangement, shares, Seeds.generator(9));
        List<List<Integer>> expected = new ArrayList<>();
        for (int each = 0; each < 120; each++) {
            int[] placement = each % 2 == 0 ? rounding.fill() : rounding.draw();
            expected.add(Arrays.stream(placement).boxed().toList());
        }
        List<Long> counts = new ArrayList<>();

        SearchResult result = new ConvexRelaxation(6, 120)
                .search(
                        problem,
                        SearchOptions.withDefaults()
                                .withSeed(9)
                                .withListener(progress -> counts.add(progress.evaluations())));

        assertThat(PlacementRecorder.take(problem).subList(0, 120)).isEqualTo(expected);
        assertThat(counts).containsExactly(50L, 100L, 120L);
        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.best()).isPresent();
    }

    @Test
    void search_limitedEvaluations_stopsAtTheLimit() {
        OffloadingProblem problem = OffloadingProblem.of(halves(), metrics -> metrics.periodSeconds(0));

        SearchResult result = ConvexRelaxation.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(70)));

        assertThat(result.evaluations()).isEqualTo(70);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @Test
    void search_periodOfLayers_provesTheBoundOfTheProgram() {
        // Whole layers take at least 4 s on the busier device, but shares of them 3.5 s.
        double[][] seconds = {{3, 3}, {2, 2}, {2, 2}};
        OffloadingProblem problem = OffloadingProblem.of(
                        HandMade.scenario(seconds, HandMade.chain(0, 0, 0, 0, 0)), Objective.PERIOD)
                .withoutLowerBound();

        SearchResult result = ConvexRelaxation.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.value()).isEqualTo(4);
        assertThat(result.lowerBound()).isBetween(3.5 - 1e-4, 3.5);
    }

    private static int[] digits(String text) {
        return text.chars().map(digit -> digit - '0').toArray();
    }
}
