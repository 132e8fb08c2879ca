package io.github.codnn.profile;

import io.github.codnn.graph.Layer;

/** Times a single layer. */
interface LayerTimer {

    /**
     * Times a layer.
     *
     * @param layer the layer
     * @param settings the number of runs
     * @return its times
     * @throws UnsupportedLayerException if it cannot run alone
     */
    Timing time(Layer layer, ProfilerSettings settings) throws UnsupportedLayerException;
}
