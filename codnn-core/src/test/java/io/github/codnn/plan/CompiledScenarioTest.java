package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testing.PlanningArbitraries;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The numbers and arrays of a compiled scenario say the same as the scenario, of which they are a copy. */
class CompiledScenarioTest {

    private static final double MAX_SECONDS = 1e9;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Arbitraries.oneOf(List.of(PlanningArbitraries.scenarios(), PlanningArbitraries.sparseScenarios()));
    }

    @Property(tries = 40, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void tasks_anyScenario_areThoseOfTheScenario(@ForAll("scenarios") Scenario scenario) {
        CompiledScenario compiled = CompiledScenario.of(scenario);
        List<Task> tasks = scenario.workload().tasks();
        List<String> devices = scenario.deviceNames();

        assertThat(compiled.scenario()).isSameAs(scenario);
        assertThat(compiled.taskCount()).isEqualTo(tasks.size());
        assertThat(compiled.deviceCount()).isEqualTo(devices.size());
        assertThat(compiled.layerCount()).isEqualTo(compiled.firstLayer(tasks.size()));
        assertThat(compiled.tensorCount()).isEqualTo(compiled.firstTensor(tasks.size()));
        for (int index = 0; index < tasks.size(); index++) {
            Task task = tasks.get(index);
            LayerGraph graph = task.graph();
            assertThat(compiled.frames(index)).isEqualTo(task.frames());
            assertThat(compiled.source(index)).isEqualTo(index(devices, task.source()));
            assertThat(compiled.sink(index)).isEqualTo(index(devices, task.sink()));
            assertThat(compiled.deadlineSeconds(index))
                    .isEqualTo(task.deadline().map(Deadline::seconds).orElse(Double.POSITIVE_INFINITY));
            assertThat(compiled.isChain(index)).isEqualTo(graph.isChain() && !graph.hasBypass());
            assertThat(compiled.firstLayer(index + 1) - compiled.firstLayer(index))
                    .isEqualTo(graph.layers().size());
        }
    }

    @Property(tries = 40, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void layers_anyScenario_haveTheirCostsAndRules(@ForAll("scenarios") Scenario scenario) {
        CompiledScenario compiled = CompiledScenario.of(scenario);
        List<Device> devices = scenario.platform().devices();
        boolean anyForbidden = false;
        for (int task = 0; task < compiled.taskCount(); task++) {
            Task of = scenario.workload().tasks().get(task);
            List<String> groups = new ArrayList<>();
            List<Integer> firsts = new ArrayList<>();
            for (Layer layer : of.graph().layers()) {
                int id = compiled.firstLayer(task) + of.graph().indexOf(layer.name());
                int pinned = index(
                        scenario.deviceNames(), Optional.ofNullable(of.pinned().get(layer.name())));
                String group = of.colocated().get(layer.name());
                if (group != null && !groups.contains(group)) {
                    groups.add(group);
                    firsts.add(id);
                }
                assertThat(compiled.pinned(id)).isEqualTo(pinned);
                assertThat(compiled.colocated(id)).isEqualTo(group == null ? -1 : firsts.get(groups.indexOf(group)));
                assertThat(compiled.parameterBytes(id)).isEqualTo(layer.parameterBytes());
                for (int device = 0; device < devices.size(); device++) {
                    Cost cost = scenario.costModel().compute(layer, devices.get(device));
                    boolean runs = cost.seconds() <= MAX_SECONDS;
                    anyForbidden |= !runs;
                    assertThat(compiled.seconds(id, device)).isEqualTo(runs ? cost.seconds() : 1 / 0.0);
                    assertThat(compiled.joules(id, device)).isEqualTo(runs ? cost.joules() : 0);
                    assertThat(compiled.isAllowed(id, device)).isEqualTo(runs && (pinned < 0 || pinned == device));
                }
            }
        }
        assertThat(compiled.hasForbidden()).isEqualTo(anyForbidden);
    }

    @Property(tries = 40, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void tensors_anyScenario_haveTheirEndsAndTransfers(@ForAll("scenarios") Scenario scenario) {
        CompiledScenario compiled = CompiledScenario.of(scenario);
        for (int task = 0; task < compiled.taskCount(); task++) {
            LayerGraph graph = scenario.workload().tasks().get(task).graph();
            int first = compiled.firstLayer(task);
            int id = compiled.firstTensor(task);
            for (Tensor tensor : tensors(graph)) {
                assertThat(compiled.tensorBytes(id)).isEqualTo(tensor.bytes());
                assertThat(compiled.isDelivered(id)).isEqualTo(graph.delivers(tensor));
                assertThat(compiled.producer(id))
                        .isEqualTo(graph.producerOf(tensor.name())
                                .map(layer -> first + layer)
                                .orElse(-1));
                assertThat(compiled.consumers(id))
                        .containsExactly(graph.consumersOf(tensor.name()).stream()
                                .mapToInt(layer -> first + layer)
                                .toArray());
                assertTransfers(compiled, id, tensor);
                id++;
            }
            assertThat(id).isEqualTo(compiled.firstTensor(task + 1));
        }
    }

    private static void assertTransfers(CompiledScenario compiled, int id, Tensor tensor) {
        Scenario scenario = compiled.scenario();
        List<String> names = scenario.deviceNames();
        for (int from = 0; from < names.size(); from++) {
            for (int to = 0; to < names.size(); to++) {
                Cost cost = from == to
                        ? Cost.ZERO
                        : scenario.platform()
                                .link(names.get(from), names.get(to))
                                .map(link -> scenario.costModel().transfer(tensor, link))
                                .orElse(Cost.IMPOSSIBLE);
                assertThat(compiled.transferSeconds(id, from, to)).isEqualTo(cost.seconds());
                assertThat(compiled.transferJoules(id, from, to)).isEqualTo(cost.joules());
            }
        }
        for (int other = 0; other < id; other++) {
            if (compiled.transferKind(other) == compiled.transferKind(id)) {
                assertThat(compiled.tensorBytes(other)).isEqualTo(tensor.bytes());
            }
        }
    }

    private static Set<Tensor> tensors(LayerGraph graph) {
        Set<Tensor> tensors = new LinkedHashSet<>(graph.inputs());
        graph.layers().forEach(layer -> tensors.addAll(layer.outputs()));
        return tensors;
    }

    private static int index(List<String> devices, Optional<String> device) {
        return device.map(devices::indexOf).orElse(-1);
    }
}
