package io.github.codnn.profile;

import io.github.codnn.graph.Layer;

/** Times one layer alone. */
interface LayerTimer {

    /**
     * Times a layer.
     *
     * @param layer the layer
     * @param settings how often it is run
     * @return its times
     * @throws UnsupportedLayerException if it cannot be run alone
     */
    Timing time(Layer layer, ProfilerSettings settings) throws UnsupportedLayerException;
}
