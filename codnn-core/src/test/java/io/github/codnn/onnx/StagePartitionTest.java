package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.onnx.ModelIndex.ByteRange;
import io.github.codnn.onnx.ModelIndex.IndexedNode;
import io.github.codnn.onnx.ModelIndex.IndexedValue;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How graphs are cut into stages, worked out by hand, and what holds for every graph. */
class StagePartitionTest {

    private static final ByteRange NOWHERE = new ByteRange(0, 0);

    /** Nodes such as {@code c=a+b}, in order; those named with a capital are free. Input is x. */
    private static SplitGraph graph(String... nodes) {
        ModelIndex index = new ModelIndex();
        index.inputs().add(value("x"));
        Set<String> read = new HashSet<>();
        List<String> written = new ArrayList<>();
        for (String text : nodes) {
            String[] sides = text.split("=", -1);
            List<String> inputs = List.of(sides[1].split("\\+", -1));
            read.addAll(inputs);
            written.add(sides[0]);
            Node node = new Node(sides[0], "Relu", "", "", inputs, List.of(sides[0]), Map.of());
            index.nodes().add(new IndexedNode(node, NOWHERE));
        }
        written.removeAll(read);
        written.forEach(name -> index.outputs().add(value(name)));
        return new SplitGraph(index, node -> Character.isUpperCase(node.label().charAt(0)));
    }

    private static IndexedValue value(String name) {
        return new IndexedValue(new ValueInfo(name, 1, List.of()), NOWHERE);
    }

    private static String stages(SplitGraph graph, StagePartition partition) {
        return Arrays.stream(graph.fixedNodes())
                .mapToObj(node -> graph.node(node).node().label() + partition.stageOf(node))
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    private static String[] devices(String devices) {
        return devices.split("", -1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=x b=a c=b d=c | AABB | a0 b0 c1 d1 | AB",
                "a=x b=a c=b | AAA | a0 b0 c0 | A",
                // What comes back to a device takes a stage of its own.
                "a=x b=a c=b | ABA | a0 b1 c2 | ABA",
                "a=x b=a c=b d=c | ABAB | a0 b1 c2 d3 | ABAB",
                "a=x b=a c=a d=b+c | AABA | a0 b0 c1 d2 | ABA",
                // Two branches in opposite directions: one device has to run twice, the other one need not.
                "a=x b=a c=x d=c | ABBA | a1 b2 c0 d1 | BAB",
                // Several can run first: that of the first node does.
                "a=x b=x c=a+b | BAC | a0 b1 c2 | BAC",
                "a=x b=x c=a d=b | BABA | a0 b1 c0 d1 | BA",
                // A branch that returns beside one that does not.
                "a=x b=a c=b d=x e=d | ABAAC | a0 b1 c2 d0 e3 | ABAC",
            })
    void byDevice_graph_hasFewStagesInOrder(String nodes, String devices, String stages, String devicesOfStages) {
        SplitGraph graph = graph(nodes.split(" ", -1));

        StagePartition partition = StagePartition.byDevice(graph, devices(devices));

        assertThat(stages(graph, partition)).isEqualTo(stages);
        assertThat(String.join("", partition.devices())).isEqualTo(devicesOfStages);
    }

    @Test
    void byDevice_freeNodes_belongToNoStage() {
        SplitGraph graph = graph("a=x", "S=a", "b=S", "c=b");

        StagePartition partition = StagePartition.byDevice(graph, devices("ABBB"));

        assertThat(stages(graph, partition)).isEqualTo("a0 b1 c1");
        assertThat(partition.stageOf(1)).isEqualTo(-1);
    }

    @Test
    void byDevice_onlyFreeNodes_isRefused() {
        assertThatThrownBy(() -> StagePartition.byDevice(graph("S=x"), devices("A")))
                .hasMessageContaining("there is nothing to split");
    }

    /**
     * Stages run in order, each on the device of all its nodes. If some order of the nodes needs one stage for each
     * device, so many there are; of other graphs, at most one in fifty has a stage more than the best order needs.
     */
    @Test
    void byDevice_randomGraphs_canRunInOrderAndHardlyChangeDevicesMoreThanNeeded() {
        int several = 0;
        int more = 0;
        for (int seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int size = 3 + random.nextInt(4);
            SplitGraph graph = graph(IntStream.range(0, size)
                    .mapToObj(node -> drawn(node, random))
                    .toArray(String[]::new));
            String[] devices = IntStream.range(0, size)
                    .mapToObj(node -> String.valueOf((char) ('A' + random.nextInt(3))))
                    .toArray(String[]::new);

            StagePartition partition = StagePartition.byDevice(graph, devices);

            Set<Integer> used = new HashSet<>();
            for (int node : graph.fixedNodes()) {
                int stage = partition.stageOf(node);
                used.add(stage);
                assertThat(partition.devices().get(stage)).as("seed " + seed).isEqualTo(devices[node]);
                for (int source : graph.sources(node)) {
                    assertThat(partition.stageOf(source)).as("seed " + seed).isLessThanOrEqualTo(stage);
                }
            }
            assertThat(used).as("seed " + seed).hasSameSizeAs(partition.devices());
            int least = leastRuns(graph, devices, new boolean[size], "", size);
            boolean isOneEach = least == new HashSet<>(List.of(devices)).size();
            int surplus = partition.devices().size() - least;
            assertThat(surplus).as("seed " + seed).isBetween(0, isOneEach ? 0 : 1);
            several += isOneEach ? 0 : 1;
            more += surplus;
        }
        assertThat(more).isLessThanOrEqualTo(several / 50);
    }

    private static String drawn(int node, SplittableRandom random) {
        Set<String> inputs = new HashSet<>();
        for (int each = random.nextInt(3); each > 0 && node > 0; each--) {
            inputs.add("n" + random.nextInt(node));
        }
        return "n" + node + "=" + (inputs.isEmpty() ? "x" : String.join("+", inputs));
    }

    /** The least number of runs of one device over all orders in which the nodes left can run. */
    private static int leastRuns(SplitGraph graph, String[] devices, boolean[] done, String last, int left) {
        if (left == 0) {
            return 0;
        }
        int least = Integer.MAX_VALUE;
        for (int node = 0; node < done.length; node++) {
            boolean isReady = !done[node] && Arrays.stream(graph.sources(node)).allMatch(source -> done[source]);
            if (isReady) {
                done[node] = true;
                int more = devices[node].equals(last) ? 0 : 1;
                least = Math.min(least, more + leastRuns(graph, devices, done, devices[node], left - 1));
                done[node] = false;
            }
        }
        return least;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=x b=a c=b | a | a0 b1 c1",
                "a=x b=a c=b | a+b | a0 b1 c2",
                // A node belongs behind all cuts that it depends on.
                "a=x b=a c=x d=b+c | a | a0 b1 c0 d1",
                "a=x b=a c=b d=a+c | a+b | a0 b1 c2 d2",
                "a=x b=a c=a d=b+c | b+c | a0 b0 c0 d1",
            })
    void at_tensors_countsTheCutsBefore(String nodes, String cuts, String stages) {
        SplitGraph graph = graph(nodes.split(" ", -1));

        StagePartition partition = StagePartition.at(graph, Set.of(cuts.split("\\+", -1)));

        assertThat(stages(graph, partition)).isEqualTo(stages);
        assertThat(partition.devices())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, partition.devices().size())
                                .mapToObj(stage -> "stage-" + stage)
                                .toList());
    }

    /** The tensor of the free node is cut, too, but no fixed node lies between the cuts. */
    @Test
    void at_cutsWithNothingBetween_leaveNoEmptyStage() {
        SplitGraph graph = graph("a=x", "S=a", "b=S");

        StagePartition partition = StagePartition.at(graph, Set.of("a", "S"));

        assertThat(stages(graph, partition)).isEqualTo("a0 b1");
        assertThat(partition.stageOf(1)).isEqualTo(-1);
        assertThat(partition.devices()).hasSize(2);
    }
}
