package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import java.util.List;

/**
 * Collapses everything between single-tensor cut points into blocks, so that every network becomes a chain: GoogLeNet
 * between its Inception modules, residual networks between their additions.
 *
 * <p>There is a cut point after a layer if exactly one tensor passes from the layers up to there to later layers, and
 * if that tensor was written after the previous cut point. The tensor that the first layer reads counts until its last
 * use. Any layer may read another input of the network or write an output: such tensors bypass the chain
 * ({@link LayerGraph#hasBypass()}), like the mask that every encoder layer of BERT reads. The result is the finest
 * chain of this kind; it is a single block if there is no cut point. Exact; takes O(L + E) time for L layers and E
 * tensor uses, plus the time to build the graph.
 */
public final class ChainLinearizer implements GraphCollapser {

    /** The label of blocks without a more specific form: all layers between two cut points. */
    public static final String LABEL = "Block";

    private static final ChainLinearizer DEFAULT = new ChainLinearizer();

    private ChainLinearizer() {}

    /**
     * Returns the linearizer; it has no settings.
     *
     * @return the linearizer
     */
    public static ChainLinearizer withDefaults() {
        return DEFAULT;
    }

    @Override
    public CollapsedGraph collapse(LayerGraph graph) {
        List<List<Layer>> segments = Segments.of(graph.layers());
        if (segments.size() == graph.layers().size()) {
            return new CollapsedGraph(graph, graph);
        }
        LayerGraph.Builder collapsed = LayerGraph.builder(graph.name());
        graph.inputs().forEach(collapsed::input);
        for (List<Layer> segment : segments) {
            collapsed.add(segment.size() == 1 ? segment.get(0) : Blocks.block(graph, LABEL, segment));
        }
        graph.outputs().forEach(output -> collapsed.output(output.name()));
        return new CollapsedGraph(graph, collapsed.build());
    }
}
