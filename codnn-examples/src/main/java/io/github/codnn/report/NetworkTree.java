package io.github.codnn.report;

import io.github.codnn.collapse.FrequentSubgraphCollapser;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.json.ProblemJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which layers of a network are drawn as one block, so that a large network is seen as a whole first. */
final class NetworkTree {

    /** Fewer layers are all drawn at once. */
    private static final int FEW_LAYERS = 30;

    /** More nodes in one drawing are put into blocks. */
    private static final int MOST_NODES = 72;

    private static final int NODES_OF_A_BLOCK = 24;

    /** What a block is that is only one part after another. */
    static final String GROUP = "";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8}");

    private final Map<String, String> deviceByLayer;

    /**
     * A layer, or a block with its parts.
     *
     * @param name its name
     * @param kind the operator of a layer; what a block is
     * @param layers the layers of the network within it, in topological order; a single one for a layer
     * @param parts the parts of a block, in topological order; empty for a layer
     */
    record Part(String name, String kind, List<Layer> layers, List<Part> parts) {
        Part {
            layers = List.copyOf(layers);
            parts = List.copyOf(parts);
        }
    }

    private NetworkTree(Map<String, String> deviceByLayer) {
        this.deviceByLayer = deviceByLayer;
    }

    /**
     * Divides a network.
     *
     * @param graph the network
     * @param deviceByLayer the device of each layer
     * @return its parts, in topological order
     */
    static List<Part> of(LayerGraph graph, Map<String, String> deviceByLayer) {
        NetworkTree tree = new NetworkTree(deviceByLayer);
        LayerGraph drawn = graph.layers().size() <= FEW_LAYERS
                ? graph
                : FrequentSubgraphCollapser.withDefaults().collapse(graph).graph();
        return tree.grouped(drawn.layers().stream().map(tree::part).toList());
    }

    private Part part(Layer layer) {
        if (!(layer.operator() instanceof Operator.Block block)) {
            return new Part(layer.name(), kind(layer), List.of(layer), List.of());
        }
        List<Part> parts = block.body().layers().stream().map(this::part).toList();
        List<Layer> layers =
                parts.stream().flatMap(part -> part.layers().stream()).toList();
        boolean opened = layers.stream().allMatch(inner -> deviceByLayer.containsKey(inner.name()));
        // A block of the network itself is placed as a whole: it is a layer here.
        // Without operators the label of a block is a digest, which says nothing to a reader.
        boolean isDigest = DIGEST.matcher(block.label()).find();
        String label = isDigest || layers.stream().allMatch(NetworkTree::isMeasured) ? "block" : block.label();
        return opened
                ? new Part(layer.name(), label, layers, grouped(parts))
                : new Part(layer.name(), label, List.of(layer), List.of());
    }

    private static String kind(Layer layer) {
        return isMeasured(layer) ? "" : layer.operator().kind();
    }

    /** Tells whether a layer comes from a plan or problem file, which have neither operators nor MACs. */
    static boolean isMeasured(Layer layer) {
        return layer.operator().kind().equals(ProblemJson.MEASURED);
    }

    /** Puts neighbours in topological order together until few are left; the result has no cycle. */
    private List<Part> grouped(List<Part> parts) {
        if (parts.size() <= MOST_NODES) {
            return parts;
        }
        int size = Math.max(NODES_OF_A_BLOCK, 2 * parts.size() / MOST_NODES + 1);
        List<Part> groups = new ArrayList<>();
        List<Part> group = new ArrayList<>();
        for (Part part : parts) {
            if (!group.isEmpty() && (group.size() >= size || !device(part).equals(device(group.get(0))))) {
                groups.add(group(group));
                group.clear();
            }
            group.add(part);
        }
        groups.add(group(group));
        return groups.size() < parts.size() ? groups : parts;
    }

    private String device(Part part) {
        String device = deviceByLayer.getOrDefault(part.layers().get(0).name(), "");
        boolean isOne =
                part.layers().stream().allMatch(layer -> device.equals(deviceByLayer.getOrDefault(layer.name(), "")));
        return isOne ? device : "";
    }

    private static Part group(List<Part> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<Layer> layers =
                parts.stream().flatMap(part -> part.layers().stream()).toList();
        Layer first = layers.get(0);
        Layer last = layers.get(layers.size() - 1);
        return new Part(first.name() + " to " + last.name(), GROUP, layers, parts);
    }
}
