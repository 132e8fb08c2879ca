package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A network that a reader found in a file, with the warnings of the reader.
 *
 * @param graph the network
 * @param unknownOperators for each operator that the reader does not know the number of its layers, by operator name
 *     in alphabetical order; these layers are kept as {@link Operator.Other}, with the shapes of the file and
 *     without MACs
 * @param notices what was assumed or left out, one sentence each, in the order of the file; empty for most files
 */
public record ImportedModel(LayerGraph graph, Map<String, Integer> unknownOperators, List<String> notices) {

    /** Checks and copies the components. */
    public ImportedModel {
        Objects.requireNonNull(graph, "graph");
        unknownOperators = Checks.copyInOrder(new TreeMap<>(unknownOperators));
        notices = List.copyOf(notices);
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
}
