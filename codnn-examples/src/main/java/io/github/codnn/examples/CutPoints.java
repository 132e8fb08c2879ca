package io.github.codnn.examples;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.TensorEdge;
import io.github.codnn.zoo.ModelZoo;
import java.util.Comparator;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.BiconnectivityInspector;

/** Finds the layers of a network through which all data passes, with an algorithm of JGraphT. */
public final class CutPoints {

    private CutPoints() {}

    /**
     * Prints how many such layers there are and which of them writes the fewest bytes.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // region jgrapht
        LayerGraph network = ModelZoo.GOOGLENET.build();
        Graph<Layer, TensorEdge> graph = network.asJGraphT();
        Set<Layer> cutPoints = new BiconnectivityInspector<>(graph).getCutpoints();

        Layer narrowest = cutPoints.stream()
                .min(Comparator.comparingLong(Layer::outputBytes).thenComparing(Layer::name))
                .orElseThrow();
        System.out.printf(
                "%d of %d layers are cut points; %s writes %d bytes%n",
                cutPoints.size(), graph.vertexSet().size(), narrowest.name(), narrowest.outputBytes());
        // endregion
    }
}
