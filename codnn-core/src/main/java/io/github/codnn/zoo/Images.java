package io.github.codnn.zoo;

import io.github.codnn.graph.Tensor;

/** What the networks trained on ImageNet have in common. */
final class Images {

    /** The classes of ImageNet. */
    static final long CLASSES = 1000;

    private Images() {}

    static Tensor rgb(NetworkBuilder net, ZooInput input) {
        return net.input("image", input.batch(), 3, input.size(), input.size());
    }

    /** Adds global mean pooling and the classifier that ends most networks. */
    static Tensor classifier(NetworkBuilder net, Tensor x) {
        return net.fullyConnected("fc", net.flatten("flatten", net.globalAveragePool("avgpool", x)), CLASSES);
    }
}
