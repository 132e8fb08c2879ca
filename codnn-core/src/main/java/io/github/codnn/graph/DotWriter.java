package io.github.codnn.graph;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Draws networks in the DOT language of Graphviz: {@code DotWriter.toText(graph)}.
 *
 * <p>A layer is a box with its name, its operator and its multiply-accumulates; a tensor is an arrow with its shape
 * from the layer that writes it to each that reads it; a {@link Operator.Block} is a frame around the layers inside.
 * Text and time are linear in layers and tensor uses.
 */
public final class DotWriter {

    private static final String[] SCALES = {"", " k", " M", " G", " T", " P", " E"};

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder edges = new StringBuilder();
    private final Map<String, String> writers = new HashMap<>();
    private int nodes;
    private int frames;

    private DotWriter() {}

    /**
     * Draws a network.
     *
     * @param graph the network
     * @return a DOT file
     */
    public static String toText(LayerGraph graph) {
        return new DotWriter().draw(graph);
    }

    /**
     * Draws a network into a file.
     *
     * @param graph the network
     * @param file the file, replaced if it exists
     * @throws CodnnException if the file cannot be written
     */
    public static void write(LayerGraph graph, Path file) {
        try {
            WholeFiles.write(file, toText(graph).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be written: " + WholeFiles.reason(e), e);
        }
    }

    private String draw(LayerGraph graph) {
        text.append("digraph ").append(quoted(graph.name())).append(" {\n");
        text.append("  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        text.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
        for (Tensor input : graph.inputs()) {
            writers.put(input.name(), node(input.name() + "\n" + input.type(), "shape=ellipse", "  "));
        }
        graph.layers().forEach(layer -> layer(layer, "  "));
        for (Tensor output : graph.outputs()) {
            edge(output, node(output.name(), "shape=ellipse", "  "));
        }
        // An edge inside a frame would draw both its ends into the frame.
        return text.append(edges).append("}\n").toString();
    }

    private void layer(Layer layer, String indent) {
        if (layer.operator() instanceof Operator.Block block) {
            text.append(indent).append("subgraph cluster").append(frames++).append(" {\n");
            String label = layer.name() + " (" + block.label() + ")";
            text.append(indent).append("  label=").append(quoted(label)).append(";\n");
            block.body().layers().forEach(inner -> layer(inner, indent + "  "));
            text.append(indent).append("}\n");
            return;
        }
        String macs = layer.macs() == 0 ? "" : "\n" + scaled(layer.macs()) + " MACs";
        String node = node(layer.name() + "\n" + layer.operator().kind() + macs, "", indent);
        layer.inputs().forEach(tensor -> edge(tensor, node));
        layer.outputs().forEach(tensor -> writers.put(tensor.name(), node));
    }

    private String node(String label, String attributes, String indent) {
        String node = "n" + nodes++;
        text.append(indent).append(node).append(" [label=").append(quoted(label));
        text.append(attributes.isEmpty() ? "" : ", " + attributes).append("];\n");
        return node;
    }

    private void edge(Tensor tensor, String reader) {
        String writer = writers.get(tensor.name());
        if (writer != null) {
            edges.append("  ").append(writer).append(" -> ").append(reader);
            edges.append(" [label=").append(quoted(tensor.shape().toString())).append("];\n");
        }
    }

    private static String scaled(long count) {
        double value = count;
        int scale = 0;
        while (value >= 1000) {
            value /= 1000;
            scale++;
        }
        return String.format(Locale.ROOT, scale == 0 ? "%.0f" : "%.3g", value) + SCALES[scale];
    }

    private static String quoted(String label) {
        return '"'
                + label.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "")
                + '"';
    }
}
