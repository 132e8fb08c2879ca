package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import java.util.List;

/**
 * Collapses everything between single-tensor cut points into blocks, so that every network becomes a chain: GoogLeNet
 * between its Inception modules, residual networks between their additions.
 *
 * <p>A cut point lies after a layer if all that goes on from there to other layers is one tensor, written since the
 * last cut point. What the first layer reads goes on until its last use; any other input of the network may be read,
 * and results delivered, by any layer: these go to and from the chain at their own place
 * ({@link LayerGraph#hasBypass()}), as the mask that every encoder layer of BERT reads. What comes out is the finest
 * chain of this kind, a single block if there is no cut point. Exact; takes O(L + E) time for L layers and E tensor
 * uses, plus the building of the graph.
 */
public final class ChainLinearizer implements GraphCollapser {

    /** The label of blocks that are nothing but what lies between two cut points. */
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
