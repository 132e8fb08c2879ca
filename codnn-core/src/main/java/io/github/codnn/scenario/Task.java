package io.github.codnn.scenario;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.SerialForms;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of frames that one network is to process.
 *
 * @param name the name, unique in its workload, not blank
 * @param graph the network
 * @param source the device on which frames arise; nothing if their upload is free
 * @param sink the device to which results return; nothing if their return is free
 * @param frames how many frames there are, at least 1
 * @param deadline the most time that frames may take, if that is limited
 * @param pinned for layers that must run on one device (for privacy, say) the name of that device
 * @param colocated for layers that must run together the name of their group
 * @serial exclude
 */
public record Task(
        String name,
        LayerGraph graph,
        Optional<String> source,
        Optional<String> sink,
        long frames,
        Optional<Deadline> deadline,
        Map<String, String> pinned,
        Map<String, String> colocated)
        implements Serializable {

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
     * Makes a task of one frame whose frames arise on a device and whose results return there.
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
     * Returns this task with another network. Layers that are pinned or colocated must exist in it, too.
     *
     * @param newGraph the network
     * @return the changed task
     */
    public Task withGraph(LayerGraph newGraph) {
        return new Task(name, newGraph, source, sink, frames, deadline, pinned, colocated);
    }

    /**
     * Returns this task with results that go to another device.
     *
     * @param device the device to which results go, or nothing if that is free
     * @return the changed task
     */
    public Task withSink(Optional<String> device) {
        return new Task(name, graph, source, device, frames, deadline, pinned, colocated);
    }

    /**
     * Returns this task with another number of frames.
     *
     * @param count how many frames there are
     * @return the changed task
     */
    public Task withFrames(long count) {
        return new Task(name, graph, source, sink, count, deadline, pinned, colocated);
    }

    /**
     * Returns this task with a deadline.
     *
     * @param limit the most time that frames may take
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
     * Returns this task with other layers pinned.
     *
     * @param deviceByLayer for every pinned layer the name of its device
     * @return the changed task
     */
    public Task withPinned(Map<String, String> deviceByLayer) {
        return new Task(name, graph, source, sink, frames, deadline, deviceByLayer, colocated);
    }

    /**
     * Returns this task with other layers kept together.
     *
     * @param groupByLayer for every such layer the name of its group
     * @return the changed task
     */
    public Task withColocated(Map<String, String> groupByLayer) {
        return new Task(name, graph, source, sink, frames, deadline, pinned, groupByLayer);
    }

    private Object writeReplace() {
        return new Parts(
                name, graph, source.orElse(null), sink.orElse(null), frames, deadline.orElse(null), pinned, colocated);
    }

    /**
     * What of a task is written: {@link Optional} cannot be.
     *
     * @param name of the task
     * @param graph its network
     * @param source a device, or null for none
     * @param sink a device, or null for none
     * @param frames how many
     * @param deadline or null for none
     * @param pinned devices by layer
     * @param colocated groups by layer
     * @serial exclude
     */
    private record Parts(
            String name,
            LayerGraph graph,
            @Nullable String source,
            @Nullable String sink,
            long frames,
            @Nullable Deadline deadline,
            Map<String, String> pinned,
            Map<String, String> colocated)
            implements Serializable {

        private Object readResolve() throws InvalidObjectException {
            return SerialForms.resolve(() -> new Task(
                    name,
                    graph,
                    Optional.ofNullable(source),
                    Optional.ofNullable(sink),
                    frames,
                    Optional.ofNullable(deadline),
                    pinned,
                    colocated));
        }
    }
}
