package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.exact.Exact;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.HardChains;
import io.github.codnn.zoo.ModelZoo;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans that start from a plan. */
class WarmStartTest {

    private static final SearchOptions OPTIONS = SearchOptions.withDefaults();
    private static final OffloadingProblem CHAIN = OffloadingProblem.of(HardChains.of(30, 6, 1), Objective.PERIOD);
    private static final Placement LOCAL_OF_FEW = OffloadingProblem.of(HardChains.of(30, 4, 1), Objective.PERIOD)
            .evaluator()
            .decode(new int[30]);
    private static final Placement LOCAL = CHAIN.evaluator().decode(new int[30]);

    @Test
    void search_chainOnFewDevices_isTheOptimum() {
        OffloadingProblem few = OffloadingProblem.of(HardChains.of(30, 4, 1), Objective.PERIOD);
        SearchResult result = WarmStart.of(LOCAL_OF_FEW).search(few, OPTIONS);

        assertThat(result.value())
                .isCloseTo(Exact.withDefaults().search(few, OPTIONS).value(), within(1e-12));
        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
    }

    @Test
    void search_chainOnSixDevices_isNearTheOptimum() {
        SearchResult result = WarmStart.of(LOCAL).search(CHAIN, OPTIONS);
        double optimum = Exact.withDefaults().search(CHAIN, OPTIONS).value();

        assertThat(result.value()).isBetween(optimum * (1 - 1e-9), optimum * 1.05);
        assertThat(result.evaluations()).isLessThan(2_000);
    }

    @Test
    void search_proofOfAGraph_raisesTheBound() {
        OffloadingProblem graph = OffloadingProblem.of(
                Scenario.of(
                        "s",
                        Workload.of(Task.of("t", ModelZoo.SQUEEZENET_1_1.build(), "drone")),
                        Platform.builder()
                                .device("drone", DevicePresets.RASPBERRY_PI_4B)
                                .device("edge", DevicePresets.JETSON_NANO_GPU)
                                .link("drone", LinkPresets.WIFI)
                                .build(),
                        RooflineCostModel.withPresets()),
                Objective.PERIOD);
        WarmStart strategy = WarmStart.of(graph.evaluator().decode(new int[graph.layerCount()]));
        SearchResult plain = strategy.search(graph, OPTIONS);
        SearchResult proven = strategy.withProofWork(1 << 20).search(graph, OPTIONS);

        assertThat(proven.lowerBound()).isGreaterThan(plain.lowerBound()).isLessThanOrEqualTo(proven.value());
        assertThat(proven.value()).isLessThanOrEqualTo(plain.value());
    }

    @Test
    void search_oneEvaluation_isNeverWorseThanTheStart() {
        Placement start =
                Exact.withDefaults().search(CHAIN, OPTIONS).best().orElseThrow().placement();
        SearchOptions least = OPTIONS.withStopRule(StopRule.evaluations(1));
        SearchResult result = WarmStart.of(start).withMoves(0).search(CHAIN, least);

        assertThat(result.best().orElseThrow().placement()).isEqualTo(start);
        assertThat(result.evaluations()).isOne();
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @Test
    void search_planOfAnotherProblem_isRefused() {
        assertThatThrownBy(() -> WarmStart.of(new Placement(Map.of())).search(CHAIN, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WarmStart.of(LOCAL).withMoves(-1)).hasMessageContaining("moves");
    }
}
