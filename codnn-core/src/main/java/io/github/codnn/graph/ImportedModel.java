package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A network as a reader found it in a file, with what the reader wants its user to know.
 *
 * @param graph the network
 * @param unknownOperators how many layers each operator has that the reader does not know, by operator name in
 *     alphabetical order; these layers are kept as {@link Operator.Other}, with the shapes that the file gives and
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
     * Makes a model of which there is nothing to report.
     *
     * @param graph the network
     * @return the model, without unknown operators and notices
     */
    public static ImportedModel of(LayerGraph graph) {
        return new ImportedModel(graph, Map.of(), List.of());
    }
}
