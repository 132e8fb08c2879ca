package io.github.codnn.scenario;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A stream of frames that one network processes. Immutable and thread-safe.
 *
 * @param name the name, unique in its workload, not blank
 * @param graph the network
 * @param source the device that produces the frames; empty if their upload is free
 * @param sink the device that receives the results; empty if their return is free
 * @param frames the number of frames, at least 1
 * @param deadline the time limit, empty if there is none
 * @param pinned the device of each layer that must run on a certain device, for privacy for example
 * @param colocated the group of each layer that must run on the same device as the rest of its group
 */
public record Task(
        String name,
        LayerGraph graph,
        Optional<String> source,
        Optional<String> sink,
        long frames,
        Optional<Deadline> deadline,
        Map<String, String> pinned,
        Map<String, String> colocated) {

    /** Checks and copies the components. */
    public Task {
        Checks.notBlank(name, "A task's name");
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(sink, "sink");
        Checks.positive(frames, "The number of frames of task '" + name + "'");
        Objects.requireNonNull(deadline, "deadline");
        pinned = Checks.copyInOrder(pinned);
        colocated = Checks.copyInOrder(colocated);
        pinned.keySet().forEach(graph::indexOf);
        colocated.keySet().forEach(graph::indexOf);
    }

    /**
     * Makes a task of one frame whose source and sink are the same device.
     *
     * @param name the name
     * @param graph the network
     * @param source the device
     * @return the task
     */
    public static Task of(String name, LayerGraph graph, String source) {
        return new Task(name, graph, Optional.of(source), Optional.of(source), 1, Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Makes a task of one frame whose upload and return are free.
     *
     * @param name the name
     * @param graph the network
     * @return the task
     */
    public static Task of(String name, LayerGraph graph) {
        return new Task(name, graph, Optional.empty(), Optional.empty(), 1, Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Returns this task with another network. Pinned and colocated layers must exist in it, too.
     *
     * @param newGraph the network
     * @return the changed task
     */
    public Task withGraph(LayerGraph newGraph) {
        return new Task(name, newGraph, source, sink, frames, deadline, pinned, colocated);
    }

    /**
     * Returns this task with an input that is sent in another size, as a camera sends JPEG instead of numbers.
     *
     * @param input the name of an input of the network
     * @param bytes the bytes that are sent for it with each frame, zero or greater
     * @return the changed task
     * @throws IllegalArgumentException if the network has no input of that name
     */
    public Task withInputBytes(String input, long bytes) {
        List<String> names = graph.inputs().stream().map(Tensor::name).toList();
        if (!names.contains(input)) {
            throw new IllegalArgumentException(
                    "Network '" + graph.name() + "' has no input '" + input + "'. It has " + Checks.some(names, 8));
        }
        UnaryOperator<Tensor> change = each -> each.name().equals(input) ? each.withTransferBytes(bytes) : each;
        LayerGraph.Builder changed = LayerGraph.builder(graph.name());
        graph.inputs().forEach(each -> changed.input(change.apply(each)));
        for (Layer layer : graph.layers()) {
            List<Tensor> read = layer.inputs().stream().map(change).toList();
            changed.add(Layer.of(layer.name(), layer.operator(), read, layer.outputs())
                    .withParameters(layer.parameters(), layer.parameterBytes())
                    .withMacs(layer.macs()));
        }
        graph.outputs().forEach(output -> changed.output(output.name()));
        return withGraph(changed.build().withNotices(graph.notices()));
    }

    /**
     * Returns this task with another sink.
     *
     * @param device the device that receives the results, empty if their return is free
     * @return the changed task
     */
    public Task withSink(Optional<String> device) {
        return new Task(name, graph, source, device, frames, deadline, pinned, colocated);
    }

    /**
     * Returns this task with another number of frames.
     *
     * @param count the number of frames, at least 1
     * @return the changed task
     */
    public Task withFrames(long count) {
        return new Task(name, graph, source, sink, count, deadline, pinned, colocated);
    }

    /**
     * Returns this task with a deadline.
     *
     * @param limit the time limit
     * @return the changed task
     */
    public Task withDeadline(Deadline limit) {
        return new Task(name, graph, source, sink, frames, Optional.of(limit), pinned, colocated);
    }

    /**
     * Returns this task without a deadline.
     *
     * @return the changed task
     */
    public Task withoutDeadline() {
        return new Task(name, graph, source, sink, frames, Optional.empty(), pinned, colocated);
    }

    /**
     * Returns this task with other pinned layers.
     *
     * @param deviceByLayer the name of the device of each pinned layer
     * @return the changed task
     */
    public Task withPinned(Map<String, String> deviceByLayer) {
        return new Task(name, graph, source, sink, frames, deadline, deviceByLayer, colocated);
    }

    /**
     * Returns this task with other colocated layers.
     *
     * @param groupByLayer the name of the group of each colocated layer
     * @return the changed task
     */
    public Task withColocated(Map<String, String> groupByLayer) {
        return new Task(name, graph, source, sink, frames, deadline, pinned, groupByLayer);
    }
}
