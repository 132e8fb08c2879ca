package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import java.util.ArrayList;
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
 *
 * <p>Real models compute such a mask from their inputs, in a few layers without parameters and MACs. Tensors of this
 * kind are carried along: they may cross a cut besides the single tensor, if all that cross it are small beside it
 * ({@link #withMaxCarriedShare}). The block that holds the layers that compute them sends them to whatever block reads
 * them, so the result has one order ({@link LayerGraph#hasOneOrder()}) without being a chain in the strict sense. Every
 * plan costs what its expansion costs, these transfers included. A network without such tensors becomes a chain.
 */
public final class ChainLinearizer implements GraphCollapser {

    /** The label of blocks without a more specific one: all layers between two cut points. */
    public static final String LABEL = "Block";

    /** The greatest share of carried bytes unless another one is set. */
    static final double MAX_CARRIED_SHARE = 0.05;

    private static final ChainLinearizer DEFAULTS = new ChainLinearizer(MAX_CARRIED_SHARE);

    private final double maxCarriedShare;

    private ChainLinearizer(double maxCarriedShare) {
        this.maxCarriedShare = maxCarriedShare;
    }

    /**
     * Returns a linearizer that carries tensors along whose bytes are at most 5 % of those of the single tensor.
     *
     * @return the linearizer
     */
    public static ChainLinearizer withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns this linearizer with another limit on tensors that are carried along.
     *
     * @param share how many of their bytes may cross a cut for each byte of the single tensor that crosses it, 0 to 1;
     *     with 0 nothing is carried along and every result is a chain
     * @return the changed linearizer
     */
    public ChainLinearizer withMaxCarriedShare(double share) {
        return new ChainLinearizer(Checks.inRange(share, 0, 1, "The greatest share of carried bytes"));
    }

    @Override
    public CollapsedGraph collapse(LayerGraph graph) {
        List<List<Layer>> segments =
                CarriedTensors.of(graph.layers(), maxCarriedShare).segments();
        if (segments.size() == graph.layers().size()) {
            return new CollapsedGraph(graph, graph);
        }
        List<Layer> layers = new ArrayList<>();
        for (List<Layer> segment : segments) {
            layers.add(segment.size() == 1 ? segment.get(0) : Blocks.block(graph, LABEL, segment));
        }
        return new CollapsedGraph(graph, Blocks.graph(graph, layers));
    }
}
