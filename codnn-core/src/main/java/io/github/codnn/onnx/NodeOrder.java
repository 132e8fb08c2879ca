package io.github.codnn.onnx;

import io.github.codnn.internal.Checks;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Brings the nodes of a graph into an order in which each stands after all that it reads from. */
final class NodeOrder {

    private final List<Node> nodes;
    private final Map<String, Integer> producers = new HashMap<>();
    private final List<Set<Integer>> consumers = new ArrayList<>();
    private final int[] waiting;

    private NodeOrder(List<Node> nodes) {
        this.nodes = nodes;
        this.waiting = new int[nodes.size()];
    }

    /** Sorts nodes; those that are in order stay as they are. O((N + E) log N) for N nodes that read E tensors. */
    static List<Node> of(List<Node> nodes) {
        NodeOrder order = new NodeOrder(nodes);
        order.connect();
        return order.sorted();
    }

    private void connect() {
        for (int index = 0; index < nodes.size(); index++) {
            consumers.add(new LinkedHashSet<>(2));
            for (String output : nodes.get(index).outputs()) {
                Integer other = output.isEmpty() ? null : producers.put(output, index);
                if (other != null) {
                    throw new ImportFailure("tensor '" + output + "' is written by both node '"
                            + nodes.get(other).label() + "' and node '"
                            + nodes.get(index).label() + "'");
                }
            }
        }
        for (int index = 0; index < nodes.size(); index++) {
            for (String input : reads(nodes.get(index))) {
                Integer producer = producers.get(input);
                if (producer != null && consumers.get(producer).add(index)) {
                    waiting[index]++;
                }
            }
        }
    }

    private List<Node> sorted() {
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int index = 0; index < waiting.length; index++) {
            if (waiting[index] == 0) {
                ready.add(index);
            }
        }
        List<Node> sorted = new ArrayList<>(nodes.size());
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(nodes.get(next));
            for (int consumer : consumers.get(next)) {
                if (--waiting[consumer] == 0) {
                    ready.add(consumer);
                }
            }
        }
        if (sorted.size() < nodes.size()) {
            throw new ImportFailure("its nodes form a cycle through " + Checks.some(cycle(), 5));
        }
        return sorted;
    }

    /** The nodes of one cycle: going back from a node that waits, over nodes that wait, until one comes again. */
    private List<String> cycle() {
        int node = 0;
        while (waiting[node] == 0) {
            node++;
        }
        List<Integer> path = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        while (seen.add(node)) {
            path.add(0, node);
            node = reads(nodes.get(node)).stream()
                    .map(producers::get)
                    .filter(producer -> producer != null && waiting[producer] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        int last = path.indexOf(node);
        return path.subList(0, last + 1).stream()
                .map(index -> "'" + nodes.get(index).label() + "'")
                .toList();
    }

    /** The tensors that a node reads, with those that its bodies take from around it. */
    static Set<String> reads(Node node) {
        Set<String> reads = new LinkedHashSet<>(node.inputs());
        for (Attribute attribute : node.attributes().values()) {
            Graph body = attribute.graph();
            if (body != null) {
                reads.addAll(captured(body));
            }
        }
        reads.remove("");
        return reads;
    }

    private static Set<String> captured(Graph body) {
        Set<String> captured = new LinkedHashSet<>();
        Set<String> own = new HashSet<>();
        body.inputs().stream().map(ValueInfo::name).forEach(own::add);
        body.initializers().stream().map(Weight::name).forEach(own::add);
        for (Node node : body.nodes()) {
            captured.addAll(reads(node));
            own.addAll(node.outputs());
        }
        body.outputs().stream().map(ValueInfo::name).forEach(captured::add);
        captured.removeAll(own);
        return captured;
    }
}
