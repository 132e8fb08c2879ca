package io.github.codnn.graph;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A network that a reader found in a file, with what the reader assumed or left out. The network carries all of it as
 * {@link LayerGraph#notices()}, so that plans made from the network alone still state it.
 *
 * @param graph the network; its notices become the given ones and one about the unknown operators
 * @param unknownOperators for each operator that the reader does not know the number of its layers, by operator name
 *     in alphabetical order; these layers are kept as {@link Operator.Other}, with the shapes of the file and
 *     without MACs
 * @param openDimensions the dimensions that the file leaves open and that the reader needed, in the order of their
 *     first use
 * @param notices what was assumed or left out, one sentence each, in the order of the file; empty for most files
 */
public record ImportedModel(
        LayerGraph graph,
        Map<String, Integer> unknownOperators,
        List<OpenDimension> openDimensions,
        List<String> notices) {

    /** Checks and copies the components. */
    public ImportedModel {
        Objects.requireNonNull(graph, "graph");
        unknownOperators = Checks.copyInOrder(new TreeMap<>(unknownOperators));
        openDimensions = List.copyOf(openDimensions);
        notices = List.copyOf(notices);
        List<String> all = new ArrayList<>(notices);
        if (!unknownOperators.isEmpty()) {
            List<String> unknown = unknownOperators.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .toList();
            all.add("Unknown operators, whose work is not counted, with the number of their layers: "
                    + Checks.some(unknown, 8) + ".");
        }
        graph = graph.withNotices(all);
        checkSums(graph);
    }

    private static void checkSums(LayerGraph graph) {
        try {
            graph.macs();
            graph.parameters();
            graph.parameterBytes();
        } catch (CodnnException e) {
            throw new IllegalArgumentException(e.getMessage(), e); // Readers add the name of the file.
        }
    }

    /**
     * Makes a model without open dimensions.
     *
     * @param graph the network
     * @param unknownOperators the number of layers of each unknown operator
     * @param notices what was assumed or left out
     */
    public ImportedModel(LayerGraph graph, Map<String, Integer> unknownOperators, List<String> notices) {
        this(graph, unknownOperators, List.of(), notices);
    }

    /**
     * Makes a model without warnings.
     *
     * @param graph the network
     * @return the model, without unknown operators and notices
     */
    public static ImportedModel of(LayerGraph graph) {
        return new ImportedModel(graph, Map.of(), List.of());
    }

    /**
     * Returns the open dimensions for which the reader took a default because the caller gave no extent.
     *
     * @return the dimensions, in the order of their first use
     */
    public List<OpenDimension> assumedDimensions() {
        return openDimensions.stream().filter(OpenDimension::assumed).toList();
    }
}
