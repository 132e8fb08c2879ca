package io.github.codnn.onnx;

import io.github.codnn.internal.Checks;
import io.github.codnn.onnx.ModelIndex.IndexedNode;
import io.github.codnn.onnx.ModelIndex.IndexedValue;
import io.github.codnn.onnx.ModelIndex.IndexedWeight;
import io.github.codnn.onnx.ParsedModel.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The main graph of a file as nodes in an order in which they can run, without those on which no output depends.
 *
 * <p>A node is fixed if it belongs to one stage. The others, constants and shape arithmetic, are free: each stage that
 * needs one has a copy of it.
 */
final class SplitGraph {

    /** Shape arithmetic reads few tensors; a file where every piece of it reads all would take quadratic memory. */
    private static final long MAX_SOURCES = 1L << 23;

    private final List<IndexedNode> nodes = new ArrayList<>(); // in topological order
    private final List<Set<String>> reads = new ArrayList<>(); // [node]
    private final Map<String, Integer> producers = new HashMap<>();
    private final Map<String, IndexedWeight> weights = new LinkedHashMap<>();
    private final Map<String, IndexedValue> inputs = new LinkedHashMap<>(); // without those that are weights, too
    private final Map<String, IndexedValue> outputs = new LinkedHashMap<>();
    private final BitSet live = new BitSet(); // nodes on which an output depends
    private final BitSet free = new BitSet();
    private final List<int[]> sources = new ArrayList<>(); // [node] the fixed nodes it depends on, over free ones only

    SplitGraph(ModelIndex index, Predicate<Node> isFree) {
        sort(index.nodes());
        index.weights().forEach(this::addWeight);
        for (IndexedValue input : index.inputs()) {
            String name = input.info().name();
            if (!weights.containsKey(name) && inputs.put(name, input) != null) {
                throw new ImportFailure("it has two inputs named '" + name + "'");
            }
        }
        addNodes(isFree);
        for (IndexedValue output : index.outputs()) {
            addOutput(output);
        }
        findLive();
        findSources();
    }

    private void sort(List<IndexedNode> indexed) {
        IdentityHashMap<Node, IndexedNode> byNode = new IdentityHashMap<>();
        indexed.forEach(node -> byNode.put(node.node(), node));
        for (Node node : NodeOrder.of(indexed.stream().map(IndexedNode::node).toList())) {
            IndexedNode found = byNode.get(node);
            if (found != null) {
                nodes.add(found);
            }
        }
    }

    private void addWeight(IndexedWeight weight) {
        String name = weight.weight().name();
        if (weights.put(name, weight) != null) {
            throw new ImportFailure("it has two initialisers named '" + name + "'");
        }
    }

    private void addNodes(Predicate<Node> isFree) {
        for (int index = 0; index < nodes.size(); index++) {
            Node node = nodes.get(index).node();
            reads.add(NodeOrder.reads(node));
            for (String output : node.outputs()) {
                if (weights.containsKey(output) || inputs.containsKey(output)) {
                    throw new ImportFailure(
                            label(index) + " writes '" + output + "', which is an input or weight already");
                }
                if (!output.isEmpty()) {
                    producers.put(output, index);
                }
            }
            free.set(index, isFree.test(node));
        }
    }

    private void addOutput(IndexedValue output) {
        String name = output.info().name();
        if (outputs.put(name, output) != null) {
            throw new ImportFailure("it has two outputs named '" + name + "'");
        }
        if (!producers.containsKey(name) && !weights.containsKey(name) && !inputs.containsKey(name)) {
            throw new ImportFailure("it is to deliver tensor '" + name + "', which nothing writes");
        }
    }

    private void findLive() {
        outputs.keySet().forEach(this::markLive);
        for (int index = nodes.size() - 1; index >= 0; index--) {
            if (live.get(index)) {
                for (String tensor : reads.get(index)) {
                    if (!markLive(tensor) && !weights.containsKey(tensor) && !inputs.containsKey(tensor)) {
                        throw new ImportFailure(label(index) + " reads tensor '" + tensor + "', which nothing writes");
                    }
                }
            }
        }
    }

    private boolean markLive(String tensor) {
        Integer producer = producers.get(tensor);
        if (producer != null) {
            live.set(producer);
        }
        return producer != null;
    }

    private void findSources() {
        long total = 0;
        for (int index = 0; index < nodes.size(); index++) {
            Set<Integer> found = new LinkedHashSet<>();
            for (String tensor : reads.get(index)) {
                Integer producer = producers.get(tensor);
                if (producer != null && free.get(producer)) {
                    Arrays.stream(sources.get(producer)).forEach(found::add);
                } else if (producer != null) {
                    found.add(producer);
                }
            }
            sources.add(found.stream().mapToInt(Integer::intValue).sorted().toArray());
            total += found.size();
            if (total > MAX_SOURCES) {
                throw new ImportFailure("its shape arithmetic depends on too many nodes");
            }
        }
    }

    int size() {
        return nodes.size();
    }

    IndexedNode node(int index) {
        return nodes.get(index);
    }

    String label(int index) {
        Node node = nodes.get(index).node();
        return "node '" + node.label() + "' (" + node.operator() + ")";
    }

    /** The tensors that a node reads, with those that its bodies take from around it. */
    Set<String> reads(int index) {
        return reads.get(index);
    }

    /** The fixed nodes that a node depends on directly or over free nodes only, in order. */
    int[] sources(int index) {
        return sources.get(index);
    }

    boolean isLive(int index) {
        return live.get(index);
    }

    /** Tells whether each stage that needs this node has a copy of it. */
    boolean isFree(int index) {
        return free.get(index);
    }

    /** The live nodes that belong to one stage each, in order. */
    int[] fixedNodes() {
        BitSet fixed = (BitSet) live.clone();
        fixed.andNot(free);
        return fixed.stream().toArray();
    }

    OptionalInt producer(String tensor) {
        Integer producer = producers.get(tensor);
        return producer == null ? OptionalInt.empty() : OptionalInt.of(producer);
    }

    Map<String, IndexedWeight> weights() {
        return weights;
    }

    /** The inputs that the caller must give. */
    Map<String, IndexedValue> inputs() {
        return inputs;
    }

    Map<String, IndexedValue> outputs() {
        return outputs;
    }

    /** Names some tensors, for messages. */
    String someTensors() {
        Set<String> names = new HashSet<>();
        List<String> shown = new ArrayList<>();
        for (int index : fixedNodes()) {
            for (String output : nodes.get(index).node().outputs()) {
                if (!output.isEmpty() && names.add(output)) {
                    shown.add(output);
                }
            }
        }
        return Checks.some(shown, 8);
    }
}
