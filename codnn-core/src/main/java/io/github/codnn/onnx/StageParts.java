package io.github.codnn.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each stage consists of: its own nodes, copies of the free nodes and weights that it needs, and the tensors that
 * go in and out.
 *
 * <p>A free node that reads the data, such as {@code Shape}, is not copied into a stage that does not have the data:
 * its result, a few numbers, is sent there instead of the data.
 */
final class StageParts {

    /** Stands for the caller where the number of a stage is expected. */
    static final int CALLER = -1;

    private final SplitGraph graph;
    private final StagePartition partition;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Integer> deliverers = new LinkedHashMap<>();
    private final Map<String, Integer> firstReaders = new HashMap<>(); // by input of the model

    /**
     * A stage.
     *
     * @param nodes its nodes, in order
     * @param weights the names of its weights, in the order of their first use
     * @param inputs for each tensor that goes in the stage that writes it, or {@link #CALLER}
     * @param outputs the tensors that go out
     */
    record Part(TreeSet<Integer> nodes, Set<String> weights, Map<String, Integer> inputs, Set<String> outputs) {
        /** The stage that writes a tensor that goes in, or {@link #CALLER}. */
        int origin(String tensor) {
            return inputs.getOrDefault(tensor, CALLER);
        }
    }

    private StageParts(SplitGraph graph, StagePartition partition) {
        this.graph = graph;
        this.partition = partition;
    }

    static StageParts of(SplitGraph graph, StagePartition partition) {
        StageParts made = new StageParts(graph, partition);
        made.start();
        made.deliver();
        // Backwards, so that all is known that later stages need of a stage.
        for (int stage = made.parts.size() - 1; stage >= 0; stage--) {
            made.complete(stage);
        }
        return made;
    }

    int size() {
        return parts.size();
    }

    Part part(int stage) {
        return parts.get(stage);
    }

    /** The tensors that go into a stage: first those of the caller in the order of the model, then as they are made. */
    List<String> inputs(int stage) {
        return sorted(parts.get(stage).inputs().keySet(), graph.inputs().keySet());
    }

    /** The tensors that go out of a stage: results in the order of the model, then others as they are made. */
    List<String> outputs(int stage) {
        return sorted(parts.get(stage).outputs(), graph.outputs().keySet());
    }

    private List<String> sorted(Set<String> tensors, Set<String> first) {
        Map<String, Integer> ranks = new HashMap<>();
        first.forEach(tensor -> ranks.put(tensor, ranks.size()));
        return tensors.stream()
                .sorted(Comparator.<String>comparingInt(tensor -> ranks.getOrDefault(
                                tensor, ranks.size() + graph.producer(tensor).orElse(0)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The stage that delivers each output of the model, or {@link #CALLER}. */
    Map<String, Integer> deliverers() {
        return deliverers;
    }

    private void start() {
        for (int stage = 0; stage < partition.devices().size(); stage++) {
            parts.add(new Part(new TreeSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashSet<>()));
        }
        for (int node : graph.fixedNodes()) {
            int stage = partition.stageOf(node);
            parts.get(stage).nodes().add(node);
            graph.reads(node).stream()
                    .filter(graph.inputs()::containsKey)
                    .forEach(tensor -> firstReaders.merge(tensor, stage, Math::min));
        }
    }

    private void deliver() {
        for (String tensor : graph.outputs().keySet()) {
            OptionalInt producer = graph.producer(tensor);
            if (graph.inputs().containsKey(tensor)) {
                deliverers.put(tensor, CALLER);
                continue;
            }
            int stage = producer.isPresent() ? delivering(producer.getAsInt()) : parts.size() - 1;
            deliverers.put(tensor, stage);
            parts.get(stage).outputs().add(tensor);
        }
    }

    /** The stage that delivers what a node writes: its own, for a free node the first that has what it depends on. */
    private int delivering(int node) {
        if (!graph.isFree(node)) {
            return partition.stageOf(node);
        }
        return Arrays.stream(graph.sources(node))
                .map(source -> partition.stageOf(source))
                .max()
                .orElse(parts.size() - 1);
    }

    private void complete(int stage) {
        Part part = parts.get(stage);
        Set<String> data = new HashSet<>(); // what the stage has of the data that flow
        for (int node : part.nodes()) {
            data.addAll(graph.node(node).node().outputs());
            graph.reads(node).stream().filter(this::isData).forEach(data::add);
        }
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        for (String output : part.outputs()) {
            if (seen.add(output)) {
                resolveHere(stage, output, open);
            }
        }
        for (int node : List.copyOf(part.nodes())) {
            open.addAll(graph.reads(node));
        }
        while (!open.isEmpty()) {
            String tensor = open.removeFirst();
            if (seen.add(tensor)) {
                resolve(stage, tensor, data, open);
            }
        }
    }

    /** Tells whether a tensor is an input of the model or written by a fixed node. */
    private boolean isData(String tensor) {
        OptionalInt producer = graph.producer(tensor);
        return graph.inputs().containsKey(tensor) || (producer.isPresent() && !graph.isFree(producer.getAsInt()));
    }

    /** Has a tensor made in a stage that must deliver it. */
    private void resolveHere(int stage, String tensor, Deque<String> open) {
        OptionalInt producer = graph.producer(tensor);
        if (graph.weights().containsKey(tensor)) {
            parts.get(stage).weights().add(tensor);
        } else if (producer.isPresent() && parts.get(stage).nodes().add(producer.getAsInt())) {
            open.addAll(graph.reads(producer.getAsInt()));
        }
    }

    private void resolve(int stage, String tensor, Set<String> data, Deque<String> open) {
        if (graph.weights().containsKey(tensor)) {
            parts.get(stage).weights().add(tensor);
            return;
        }
        if (graph.inputs().containsKey(tensor)) {
            parts.get(stage).inputs().put(tensor, CALLER);
            return;
        }
        int producer = graph.producer(tensor).orElseThrow();
        int from = graph.isFree(producer) ? origin(stage, producer, data) : partition.stageOf(producer);
        if (from == stage) {
            resolveHere(stage, tensor, open);
        } else {
            parts.get(stage).inputs().put(tensor, from);
            parts.get(from).outputs().add(tensor);
        }
    }

    /** The stage in which a free node is to run for a stage: there, unless it reads data that the stage lacks. */
    private int origin(int stage, int node, Set<String> data) {
        List<String> missing = graph.reads(node).stream()
                .filter(this::isData)
                .filter(tensor -> !data.contains(tensor))
                .toList();
        if (missing.isEmpty()) {
            return stage;
        }
        int latest = CALLER;
        for (String tensor : missing) {
            OptionalInt producer = graph.producer(tensor);
            latest = Math.max(latest, producer.isPresent() ? partition.stageOf(producer.getAsInt()) : CALLER);
        }
        if (latest > CALLER) {
            return latest;
        }
        return missing.size() > 1 ? stage : Math.min(stage, firstReaders.getOrDefault(missing.get(0), stage));
    }
}
