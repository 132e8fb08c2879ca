package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Collapses everything between single-tensor cut points into blocks, so that a network becomes a chain wherever it has
 * such points: GoogLeNet between its Inception modules, residual networks between their additions.
 *
 * <p>A cut point lies after a layer if all that goes on from there is one tensor, written since the last cut point; a result
 * of the network goes on to the end. What comes out is a single block if there is no cut point, and otherwise the finest
 * sequence of this kind: a chain, unless a result is written before the last block. Exact; takes O(L + E) time for L layers
 * and E tensor uses, plus the building of the graph.
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
        if (graph.isChain()) {
            return new CollapsedGraph(graph, graph);
        }
        List<Layer> layers = graph.layers();
        LayerGraph.Builder collapsed = LayerGraph.builder(graph.name());
        graph.inputs().forEach(collapsed::input);
        int start = 0;
        for (int end : new CutPoints(graph).positions()) {
            collapsed.add(
                    end == start ? layers.get(start) : Blocks.block(graph, LABEL, layers.subList(start, end + 1)));
            start = end + 1;
        }
        graph.outputs().forEach(output -> collapsed.output(output.name()));
        return new CollapsedGraph(graph, collapsed.build());
    }

    /** Sweeps over the layers and counts the tensors that cross from each to later ones. */
    private static final class CutPoints {

        private final LayerGraph graph;
        private final int last;
        private final int[] change; // [layer] how many tensors more cross after it than after the one before
        private final long[] producerChange; // [layer] the same for the sum of their producers

        CutPoints(LayerGraph graph) {
            this.graph = graph;
            last = graph.layers().size() - 1;
            change = new int[last + 1];
            producerChange = new long[last + 1];
            graph.inputs().forEach(input -> cross(input, -1));
            for (int index = 0; index <= last; index++) {
                for (Tensor output : graph.layers().get(index).outputs()) {
                    cross(output, index);
                }
            }
        }

        private void cross(Tensor tensor, int producer) {
            List<Integer> consumers = graph.consumersOf(tensor.name());
            int until = consumers.isEmpty() ? producer : consumers.get(consumers.size() - 1);
            if (graph.outputs().contains(tensor)) {
                until = last;
            }
            int from = Math.max(producer, 0);
            if (until > from) {
                change[from]++;
                change[until]--;
                producerChange[from] += producer;
                producerChange[until] -= producer;
            }
        }

        /** Returns the layers after which there is a cut point, and the last layer. */
        List<Integer> positions() {
            List<Integer> positions = new ArrayList<>();
            int crossing = 0;
            long producers = 0; // the producer itself where only one tensor crosses
            int previous = -1;
            for (int index = 0; index < last; index++) {
                crossing += change[index];
                producers += producerChange[index];
                if (crossing == 1 && producers > previous) {
                    positions.add(index);
                    previous = index;
                }
            }
            positions.add(last);
            return positions;
        }
    }
}
