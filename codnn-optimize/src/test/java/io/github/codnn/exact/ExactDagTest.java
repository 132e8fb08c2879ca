package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.ClosedForm;
import io.github.codnn.testproblems.RandomScenarios;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactDagTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));

    @Tag("slow")
    @Property(tries = 300)
    void search_smallDag_agreesWithExhaustiveSearch(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(seed, 6, 4), Objective.PERIOD);
        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);
        SearchResult actual = ExactDag.withDefaults().search(problem, TO_THE_END);
        ClosedForm.assertProven(actual, expected);
    }

    @Tag("slow")
    @Property(tries = 100)
    void search_chain_agreesWithExactPipeline(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 12, 4), Objective.PERIOD);
        SearchResult expected = ExactPipeline.withDefaults().search(problem, TO_THE_END);
        SearchResult actual = ExactDag.withDefaults().search(problem, TO_THE_END);
        ClosedForm.assertSame(actual, expected);
    }

    /** 0.1 + 0.2 + 0.3 - 0.1 - 0.2 - 0.3 is not 0: the last stage must not be refused because of such a rest. */
    @Test
    void search_severalTensorsWithinTheLastStage_isNotMisledByRounding() {
        Operator operator = new Operator.Activation("Relu");
        Tensor input = Tensor.ofBytes("x", 1);
        Tensor crossing = Tensor.ofBytes("y", 1);
        List<Tensor> wide = List.of(Tensor.ofBytes("a", 1), Tensor.ofBytes("b", 2), Tensor.ofBytes("c", 3));
        LayerGraph graph = LayerGraph.builder("wide")
                .input(input)
                .add(Layer.of("l0", operator, List.of(input), List.of(crossing)))
                .add(Layer.of("l1", operator, List.of(crossing), wide))
                .add(Layer.of("l2", operator, wide, List.of(Tensor.ofBytes("z", 1))))
                .build();
        Platform platform = new Platform(
                List.of(Device.of("d0", "k"), Device.of("d1", "k")), List.of(Link.of(Link.ANY, Link.ANY, 10, 0)));
        Map<String, Map<String, Double>> seconds =
                Map.of("l0", Map.of("k", 0.2), "l1", Map.of("k", 0.15), "l2", Map.of("k", 0.15));
        Task task = Task.of("task", graph, "d0").withSink(Optional.empty());
        Scenario scenario = Scenario.of("wide", Workload.of(task), platform, TableCostModel.of(seconds));

        SearchResult result =
                ExactDag.withDefaults().search(OffloadingProblem.of(scenario, Objective.PERIOD), TO_THE_END);

        assertThat(result.value()).isCloseTo(0.3, within(1e-12));
    }

    /**
     * Optima of the peer of J. Tarnawski et al. for its public graphs. There a sender pays once for all receivers, here
     * once for each device; on these graphs that makes no difference. Times in the files are rounded to whole bytes.
     */
    @ParameterizedTest
    @CsvSource({
        "msr-bert24-k2,   0.047478953124999994",
        "msr-bert24-k4,   0.02491690625",
        "msr-bert24-k6,   0.01778990625",
        "msr-resnet50-k2, 0.10128140625",
        "msr-resnet50-k4, 0.05098985156249999",
        "msr-resnet50-k8, 0.026761183593750005",
        "msr-bert_l-3-k2, 0.033989101556140086",
        "msr-bert_l-3-k3, 0.0279185676799125"
    })
    void search_publishedGraph_provesThePublishedOptimum(String name, double optimum) {
        PublishedProblems.assertProven(ExactDag.withDefaults(), name, optimum, TO_THE_END);
    }

    @Test
    void search_stoppedAtOnce_givesAPlanWithBoundAndGap() {
        OffloadingProblem problem =
                OffloadingProblem.of(unconstrained(RandomScenarios.dag(7, 40, 4)), Objective.PERIOD);
        SearchResult result = ExactDag.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.iterations(1)));
        assertThat(result.stopReason()).isEqualTo(StopReason.ITERATIONS);
        assertThat(result.best()).isPresent();
        assertThat(result.lowerBound()).isPositive().isLessThanOrEqualTo(result.value());
        assertThat(result.gap()).isFinite();
    }

    /** Whole offloads keep all constraints here, so that there is a plan from the start. */
    private static Scenario unconstrained(Scenario scenario) {
        Platform platform = scenario.platform();
        List<Device> devices = platform.devices().stream()
                .map(device -> device.withMemoryBytes(Device.UNLIMITED_MEMORY))
                .toList();
        List<Task> tasks = scenario.workload().tasks().stream()
                .map(task -> task.withoutDeadline().withPinned(Map.of()).withColocated(Map.of()))
                .toList();
        return scenario.withPlatform(new Platform(devices, platform.links())).withWorkload(new Workload(tasks));
    }

    @Test
    void search_otherObjective_isRefusedWithAWayOut() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(7, 6, 4), Objective.ENERGY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactDag.withDefaults().search(problem, TO_THE_END))
                .withMessageContaining("energy")
                .withMessageContaining("Dbpso");
    }
}
