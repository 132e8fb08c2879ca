package io.github.codnn.baseline;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.plan.CompiledScenario;
import org.jgrapht.alg.flow.BoykovKolmogorovMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/** Minimum cuts of one task between its terminal and one server, with capacities in seconds. */
final class TerminalServerCut {

    private static final double GREATEST = 1e3; // of finite capacities, far above the flow's tolerance of 1e-9

    private final Arrangement arrangement;
    private final CompiledScenario compiled;
    private final int task;
    private final int terminal;
    private final int server;
    private final int first;
    private final int layers;
    private final StageRepair repair;
    private final double[][] returnSeconds; // [layer of the task][0 on the terminal, 1 on the server]

    TerminalServerCut(Arrangement arrangement, int task, int server) {
        this.arrangement = arrangement;
        compiled = arrangement.compiled;
        this.task = task;
        this.server = server;
        terminal = HomePlacement.device(compiled, task);
        first = arrangement.firstLayer(task);
        layers = arrangement.endLayer(task) - first;
        repair = new StageRepair(arrangement);
        returnSeconds = returnSeconds();
    }

    private double[][] returnSeconds() {
        double[][] seconds = new double[layers][2];
        int sink = compiled.sink(task);
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1) && sink >= 0; tensor++) {
            int layer = compiled.producer(tensor) - first;
            if (layer >= 0 && compiled.isDelivered(tensor)) {
                seconds[layer][0] += compiled.transferSeconds(tensor, terminal, sink);
                seconds[layer][1] += compiled.transferSeconds(tensor, server, sink);
            }
        }
        return seconds;
    }

    int task() {
        return task;
    }

    /**
     * Places the task along the minimum cut of the scaled capacities; vertices are the layers, the two ends, tensors.
     */
    void cut(double terminalFactor, double serverFactor, int[] placement) {
        SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
                new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        int source = layers;
        int target = layers + 1;
        for (int vertex = 0; vertex <= target; vertex++) {
            graph.addVertex(vertex);
        }
        double scale = GREATEST / greatest(terminalFactor, serverFactor);
        double infinite = GREATEST * (2.0 * layers + compiled.firstTensor(task + 1) - compiled.firstTensor(task) + 1);
        for (int layer = 0; layer < layers; layer++) {
            int forced = arrangement.forced[first + layer];
            double onServer = forced == terminal
                    ? infinite
                    : scale * (serverFactor * compiled.seconds(first + layer, server) + returnSeconds(layer, server));
            double onTerminal = forced == server
                    ? infinite
                    : scale
                            * (terminalFactor * compiled.seconds(first + layer, terminal)
                                    + returnSeconds(layer, terminal));
            connect(graph, source, layer, Math.min(onServer, infinite));
            connect(graph, layer, target, Math.min(onTerminal, infinite));
        }
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            addTensor(graph, tensor, scale, infinite);
        }
        var flow = new BoykovKolmogorovMFImpl<>(graph);
        flow.calculateMinCut(source, target);
        for (int layer = 0; layer < layers; layer++) {
            placement[first + layer] = flow.getSourcePartition().contains(layer) ? terminal : server;
        }
        repair.repair(placement);
    }

    /** A tensor is charged once, whatever the number of its readers, and never flows back. */
    private void addTensor(
            SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph,
            int tensor,
            double scale,
            double infinite) {
        int producer = compiled.producer(tensor);
        if (producer < 0 && compiled.source(task) < 0) {
            return; // the upload is free
        }
        int from = producer < 0 ? layers : producer - first;
        int hub = layers + 2 + tensor - compiled.firstTensor(task);
        graph.addVertex(hub);
        connect(graph, from, hub, Math.min(infinite, scale * compiled.transferSeconds(tensor, terminal, server)));
        for (int consumer : compiled.consumers(tensor)) {
            connect(graph, hub, consumer - first, infinite);
            if (producer >= 0) {
                connect(graph, consumer - first, from, infinite);
            }
        }
    }

    private static void connect(
            SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph, int from, int to, double capacity) {
        DefaultWeightedEdge edge = graph.addEdge(from, to);
        if (edge == null) {
            edge = graph.getEdge(from, to);
            capacity += graph.getEdgeWeight(edge);
        }
        graph.setEdgeWeight(edge, capacity);
    }

    private double returnSeconds(int layer, int device) {
        if (device == terminal || device == server) {
            return returnSeconds[layer][device == terminal ? 0 : 1];
        }
        int sink = compiled.sink(task); // a pinned layer's, or a repaired one's
        double seconds = 0;
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1) && sink >= 0; tensor++) {
            if (compiled.producer(tensor) == first + layer && compiled.isDelivered(tensor)) {
                seconds += compiled.transferSeconds(tensor, device, sink);
            }
        }
        return seconds;
    }

    private double greatest(double terminalFactor, double serverFactor) {
        double greatest = Double.MIN_NORMAL;
        for (int layer = first; layer < first + layers; layer++) {
            greatest = Math.max(greatest, terminalFactor * finite(compiled.seconds(layer, terminal)));
            greatest = Math.max(greatest, serverFactor * finite(compiled.seconds(layer, server)));
        }
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            greatest = Math.max(greatest, finite(compiled.transferSeconds(tensor, terminal, server)));
        }
        return greatest;
    }

    private static double finite(double seconds) {
        return seconds < Double.POSITIVE_INFINITY ? seconds : 0;
    }

    /** Returns the seconds of terminal, link and server together. */
    double sumSeconds(int[] placement) {
        double sum = 0;
        for (int layer = 0; layer < layers; layer++) {
            int device = placement[first + layer];
            sum += compiled.seconds(first + layer, device) + returnSeconds(layer, device);
        }
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            int producer = compiled.producer(tensor);
            int from = producer < 0 ? compiled.source(task) : placement[producer];
            for (int consumer : compiled.consumers(tensor)) {
                if (from >= 0 && placement[consumer] != from) {
                    sum += compiled.transferSeconds(tensor, from, placement[consumer]);
                    break;
                }
            }
        }
        return sum;
    }
}
