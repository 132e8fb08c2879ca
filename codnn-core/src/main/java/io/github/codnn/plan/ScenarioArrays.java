package io.github.codnn.plan;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Quantities;
import io.github.codnn.plan.CostTable.TensorKind;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The arrays of a {@link CompiledScenario}. This package reads them directly; other packages use the methods of
 * {@link CompiledScenario}. They do not change after compilation.
 */
final class ScenarioArrays {

    final Scenario scenario;
    final int taskCount;
    final int deviceCount;
    final int layerCount;
    final int tensorCount;
    final int[] firstLayer; // [task], one more at the end
    final int[] firstTensor; // [task], one more at the end
    final double[] seconds; // [layer * D + device], 0 where it cannot run
    final boolean[] forbidden; // [layer * D + device] whether it cannot run there
    final boolean hasForbidden;
    final double[] joules; // [layer * D + device]
    final long[] parameterBytes; // [layer]
    final long[] activationBytes; // [layer] alive while it runs if its inputs are needed nowhere else
    final long[] heldActivationBytes; // [layer] the same if they are
    final int[] pinned; // [layer] device or -1
    final int[] colocated; // [layer] first layer of its group or -1
    final int[][] inputs; // [layer] tensors read, each once
    final int[][] outputs; // [layer] tensors written
    final int[] producer; // [tensor] layer or -1 for an input of the task
    final int[][] consumers; // [tensor] layers in topological order
    final boolean[] delivered; // [tensor] whether it is a result of the task
    final long[] tensorBytes; // [tensor]
    final int[] transferTable; // [tensor] offset into transferSeconds and transferJoules
    final int linkCount;
    final int[] linkOf; // [from * D + to] equal for pairs with the same link
    final double[] transferSeconds; // [offset + linkOf], infinite without a link
    final double[] transferJoules;
    final int[] medium; // [from * D + to] what the link shares with other links, or -1
    final int mediumCount; // shared resources: a full duplex medium has two
    final int[] source; // [task] device or -1
    final int[] sink; // [task] device or -1
    final boolean[] chain; // [task] without bypass
    final long[] frames; // [task]
    private final Map<String, Integer> deviceIndex = new HashMap<>(); // by name

    ScenarioArrays(Scenario scenario) {
        this.scenario = scenario;
        List<Task> tasks = scenario.workload().tasks();
        taskCount = tasks.size();
        deviceCount = scenario.platform().devices().size();
        layerCount = scenario.workload().layerCount();
        tensorCount = tasks.stream().mapToInt(task -> tensors(task).size()).reduce(0, Math::addExact);
        firstLayer = new int[taskCount + 1];
        firstTensor = new int[taskCount + 1];
        LinkTable links = new LinkTable(scenario.platform());
        linkCount = links.size();
        linkOf = links.linkOf;
        scenario.platform().devices().forEach(device -> deviceIndex.put(device.name(), deviceIndex.size()));
        links.checkMemory(
                layerCount, deviceCount, kinds(tasks), Runtime.getRuntime().maxMemory());
        seconds = new double[Math.multiplyExact(layerCount, deviceCount)];
        joules = new double[seconds.length];
        forbidden = new boolean[seconds.length];
        parameterBytes = new long[layerCount];
        activationBytes = new long[layerCount];
        heldActivationBytes = new long[layerCount];
        pinned = new int[layerCount];
        colocated = new int[layerCount];
        inputs = new int[layerCount][];
        outputs = new int[layerCount][];
        producer = new int[tensorCount];
        consumers = new int[tensorCount][];
        delivered = new boolean[tensorCount];
        tensorBytes = new long[tensorCount];
        transferTable = new int[tensorCount];
        source = new int[taskCount];
        sink = new int[taskCount];
        chain = new boolean[taskCount];
        frames = new long[taskCount];
        Map<TensorKind, Tensor> kinds = new LinkedHashMap<>();
        Map<TensorKind, Integer> offsets = new HashMap<>();
        for (int task = 0; task < taskCount; task++) {
            compileTask(tasks.get(task), task, kinds, offsets);
        }
        hasForbidden = forbidsAny();
        transferSeconds = new double[Math.multiplyExact(kinds.size(), linkCount)];
        transferJoules = new double[transferSeconds.length];
        compileTransfers(kinds.values(), links);
        medium = new int[deviceCount * deviceCount];
        mediumCount = compileMedia();
    }

    /** Numbers what links share. What one pair of devices uses alone is left out: it is as busy as their link. */
    private int compileMedia() {
        Arrays.fill(medium, -1);
        if (scenario.platform().media().isEmpty()) {
            return 0;
        }
        Map<String, List<Integer>> pairs = new LinkedHashMap<>();
        List<String> names = scenario.deviceNames();
        for (int pair = 0; pair < medium.length; pair++) {
            int entry = pair;
            scenario.platform()
                    .sharedResource(names.get(pair / deviceCount), names.get(pair % deviceCount))
                    .ifPresent(name -> pairs.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(entry));
        }
        int count = 0;
        for (List<Integer> sharing : pairs.values()) {
            if (sharing.size() > 1) {
                for (int pair : sharing) {
                    medium[pair] = count;
                }
                count++;
            }
        }
        return count;
    }

    private static long kinds(List<Task> tasks) {
        return tasks.stream()
                .flatMap(task -> tensors(task).stream())
                .map(TensorKind::of)
                .distinct()
                .count();
    }

    private static Set<Tensor> tensors(Task task) {
        Set<Tensor> tensors = new LinkedHashSet<>(task.graph().inputs());
        task.graph().layers().forEach(layer -> tensors.addAll(layer.outputs()));
        return tensors;
    }

    private void compileTask(Task task, int index, Map<TensorKind, Tensor> kinds, Map<TensorKind, Integer> offsets) {
        LayerGraph graph = task.graph();
        int layers = firstLayer[index];
        int tensors = firstTensor[index];
        Map<String, Integer> tensorIndex = new HashMap<>();
        for (Tensor tensor : tensors(task)) {
            int id = tensors + tensorIndex.size();
            tensorIndex.put(tensor.name(), id);
            tensorBytes[id] = bytes(tensor.bytes(), "Tensor '" + tensor.name() + "'");
            producer[id] =
                    graph.producerOf(tensor.name()).map(layer -> layers + layer).orElse(-1);
            consumers[id] = graph.consumersOf(tensor.name()).stream()
                    .mapToInt(layer -> layers + layer)
                    .toArray();
            delivered[id] = graph.delivers(tensor);
            TensorKind kind = TensorKind.of(tensor);
            transferTable[id] = offsets.computeIfAbsent(kind, any -> Math.multiplyExact(kinds.size(), linkCount));
            kinds.putIfAbsent(kind, tensor);
        }
        firstLayer[index + 1] = layers + graph.layers().size();
        firstTensor[index + 1] = tensors + tensorIndex.size();
        for (int layer = 0; layer < graph.layers().size(); layer++) {
            compileLayer(graph.layers().get(layer), layers + layer, tensorIndex);
        }
        compileRules(task, index);
    }

    private void compileLayer(Layer layer, int id, Map<String, Integer> tensorIndex) {
        List<Device> devices = scenario.platform().devices();
        for (int device = 0; device < deviceCount; device++) {
            Cost cost = cost(layer, devices.get(device));
            boolean runs = cost.seconds() <= Quantities.MAX_SECONDS;
            forbidden[id * deviceCount + device] = !runs;
            seconds[id * deviceCount + device] = runs ? cost.seconds() : 0;
            joules[id * deviceCount + device] = runs ? cost.joules() : 0;
        }
        parameterBytes[id] = bytes(layer.parameterBytes(), "Layer '" + layer.name() + "'");
        activationBytes[id] = ActivationMemory.bytes(layer, false);
        heldActivationBytes[id] = ActivationMemory.bytes(layer, true);
        inputs[id] = layer.inputs().stream()
                .distinct()
                .mapToInt(tensor -> tensorIndex.get(tensor.name()))
                .toArray();
        outputs[id] = layer.outputs().stream()
                .mapToInt(tensor -> tensorIndex.get(tensor.name()))
                .toArray();
    }

    /** Returns a size for sums of memory; refuses one that a device with so large a limit would have to tell apart. */
    private long bytes(long bytes, String what) {
        if (bytes > Quantities.MAX_BYTES) {
            for (Device device : scenario.platform().devices()) {
                if (device.memoryBytes() > Quantities.MAX_BYTES && device.memoryBytes() < Device.UNLIMITED_MEMORY) {
                    throw new CodnnException(what + " has " + bytes + " bytes. Sizes above " + Quantities.MAX_BYTES
                            + " bytes can be planned only if no device has a memory limit above that, but device '"
                            + device.name() + "' has " + device.memoryBytes() + ". Maybe leave its limit out.");
                }
            }
        }
        return Quantities.memory(bytes);
    }

    private Cost cost(Layer layer, Device device) {
        try {
            return scenario.costModel().compute(layer, device);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CodnnException(
                    "The cost model has no usable cost of layer '" + layer.name() + "' on device '" + device.name()
                            + "': " + e.getMessage(),
                    e);
        }
    }

    private Cost cost(Tensor tensor, Link link) {
        try {
            return scenario.costModel().transfer(tensor, link);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CodnnException(
                    "The cost model has no usable cost of tensor '" + tensor.name() + "' over link " + link.from()
                            + " -> " + link.to() + ": " + e.getMessage(),
                    e);
        }
    }

    private boolean forbidsAny() {
        for (boolean each : forbidden) {
            if (each) {
                return true;
            }
        }
        return false;
    }

    private void compileRules(Task task, int index) {
        LayerGraph graph = task.graph();
        int layers = firstLayer[index];
        Arrays.fill(pinned, layers, firstLayer[index + 1], -1);
        Arrays.fill(colocated, layers, firstLayer[index + 1], -1);
        task.pinned().forEach((layer, device) -> pinned[layers + graph.indexOf(layer)] = device(device));
        Map<String, Integer> firstOfGroup = new HashMap<>();
        for (int layer = 0; layer < graph.layers().size(); layer++) {
            String group = task.colocated().get(graph.layers().get(layer).name());
            if (group != null) {
                firstOfGroup.putIfAbsent(group, layers + layer);
                colocated[layers + layer] = firstOfGroup.get(group);
            }
        }
        source[index] = task.source().map(this::device).orElse(-1);
        sink[index] = task.sink().map(this::device).orElse(-1);
        chain[index] = graph.isChain() && !graph.hasBypass();
        frames[index] = task.frames();
    }

    private void compileTransfers(Collection<Tensor> kinds, LinkTable links) {
        int offset = 0;
        for (Tensor tensor : kinds) {
            for (int link = 0; link < linkCount; link++) {
                compileTransfer(tensor, links, link, offset + link);
            }
            offset += linkCount;
        }
    }

    private void compileTransfer(Tensor tensor, LinkTable links, int link, int entry) {
        transferSeconds[entry] = links.isMissing(link) ? Double.POSITIVE_INFINITY : 0;
        links.link(link).ifPresent(found -> {
            Cost cost = cost(tensor, found);
            boolean arrives = cost.seconds() <= Quantities.MAX_SECONDS;
            transferSeconds[entry] = arrives ? cost.seconds() : Double.POSITIVE_INFINITY;
            transferJoules[entry] = arrives ? cost.joules() : 0;
        });
    }

    /**
     * Raises the activation bytes of opened blocks to the greatest figure of their layers.
     *
     * @param owners for each layer of the opened scenario the layer here
     * @param layers the opened scenario
     */
    void raiseActivations(int[] owners, ScenarioArrays layers) {
        Arrays.fill(activationBytes, 0);
        for (int layer = 0; layer < owners.length; layer++) {
            activationBytes[owners[layer]] = Math.max(activationBytes[owners[layer]], layers.activationBytes[layer]);
        }
    }

    private int device(String name) {
        return Objects.requireNonNull(deviceIndex.get(name));
    }
}
