package io.github.codnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes that are refused, shared media, and whose turn it is where transfers block devices. */
class PipelineSimulatorLimitsTest {

    private static final Placement APART = new Placement(Map.of("t", Map.of("l1", "a", "l2", "b")));

    /** Two layers of a second each and a transfer of half a second. */
    private static Scenario twoLayers(Link link, long frames) {
        Tensor between = Tensor.ofBytes("x", 1);
        Operator operator = new Operator.Other("Measured");
        LayerGraph graph = LayerGraph.builder("net")
                .add(Layer.of("l1", operator, List.of(), List.of(between)))
                .add(Layer.of("l2", operator, List.of(between), List.of()))
                .build();
        Platform platform = new Platform(
                List.of(Device.of("a", "k"), Device.of("b", "k")),
                List.of(link),
                List.of(new Medium("air", 2, Medium.Duplex.HALF)));
        Workload workload = Workload.of(Task.of("t", graph).withFrames(frames));
        return Scenario.of("limits", workload, platform, (layer, device) -> new Cost(1, 0));
    }

    @Test
    void simulate_moreOperationsThanFit_refusedWithTheirNumbers() {
        PipelineSimulator many = PipelineSimulator.of(twoLayers(Link.of("*", "*", 2, 0), 7_000_000));
        PipelineSimulator together = PipelineSimulator.of(twoLayers(Link.of("*", "*", 2, 0), 700_000))
                .backlogged();

        assertThatThrownBy(() -> many.simulate(APART))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("here are 21,000,000 and 0.");
        assertThatThrownBy(() -> together.simulate(APART))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("here are 2,100,000 and 2,100,000.");
    }

    @Test
    void simulate_layerThatTheTaskDoesNotHave_refused() {
        Placement more = new Placement(Map.of("t", Map.of("l1", "a", "l2", "b", "l3", "a")));
        PipelineSimulator simulator = PipelineSimulator.of(twoLayers(Link.of("*", "*", 2, 0), 2));

        assertThatThrownBy(() -> simulator.simulate(more)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void simulate_linkOnAMedium_bothAreBusy() {
        Simulation simulation = PipelineSimulator.of(
                        twoLayers(Link.of("*", "*", 2, 0).withMedium("air"), 4))
                .simulate(APART);

        double makespan = simulation.makespanSeconds();
        assertThat(makespan).isEqualTo(2.5 + 3);
        assertThat(simulation.resources())
                .containsExactly(
                        new Simulation.ResourceUse("a", 4, 4 / makespan),
                        new Simulation.ResourceUse("b", 4, 4 / makespan),
                        new Simulation.ResourceUse("a -> b", 2, 2 / makespan),
                        new Simulation.ResourceUse("air", 2, 2 / makespan));
    }

    private static Scenario twoTasksOnOneDevice(TransferMode transfers, double seconds, long frames) {
        LayerGraph graph = LayerGraph.builder("net")
                .add(Layer.of("l", new Operator.Other("Measured"), List.of(), List.of()))
                .build();
        Workload workload = Workload.of(
                Task.of("one", graph).withFrames(frames), Task.of("two", graph).withFrames(frames));
        Platform platform = new Platform(List.of(Device.of("a", "k")), List.of());
        return Scenario.of("shared", workload, platform, (layer, device) -> new Cost(seconds, 0))
                .withTransfers(transfers);
    }

    @ParameterizedTest
    @CsvSource({"OVERLAPPED", "BLOCKING"})
    void simulate_allFramesFromTheStart_tasksTakeTurns(TransferMode transfers) {
        Scenario scenario = twoTasksOnOneDevice(transfers, 1, 10);

        Simulation simulation =
                PipelineSimulator.of(scenario).backlogged().simulate(Placement.allOn(scenario.workload(), "a"));

        assertThat(simulation.tasks().get(0).lastCompletionSeconds()).isEqualTo(19);
        assertThat(simulation.tasks().get(1).lastCompletionSeconds()).isEqualTo(20);
    }

    /** Frames of 10 s enter at 0, 10 and 20 s, and at 0, 1 and 2 s. Turns ignore this, but blocking does not. */
    @ParameterizedTest
    @CsvSource({"OVERLAPPED, 50, 60", "BLOCKING, 60, 40"})
    void simulate_framesThatEnterAtOtherTimes_servedByTurnOrEntry(TransferMode transfers, double one, double two) {
        Scenario scenario = twoTasksOnOneDevice(transfers, 10, 3);

        Simulation simulation = PipelineSimulator.of(scenario)
                .withInterArrivalSeconds("one", 10)
                .withInterArrivalSeconds("two", 1)
                .simulate(Placement.allOn(scenario.workload(), "a"));

        assertThat(simulation.tasks().get(0).lastCompletionSeconds()).isEqualTo(one);
        assertThat(simulation.tasks().get(1).lastCompletionSeconds()).isEqualTo(two);
    }

    @Test
    void activity_endBeforeStart_refused() {
        assertThat(activity(1, 1).startSeconds()).isEqualTo(1);
        assertThatThrownBy(() -> activity(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> activity(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Activity activity(double start, double end) {
        return new Activity("t", 0, "l", false, List.of("a"), start, end);
    }
}
