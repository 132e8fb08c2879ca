package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;

/** Parts that the networks trained on ImageNet have in common. */
final class Images {

    /** The classes of ImageNet. */
    static final long CLASSES = 1000;

    private Images() {}

    static Tensor rgb(NetworkBuilder net, ZooInput input) {
        return net.input("image", input.batch(), 3, input.size(), input.size());
    }

    /** Adds a convolution without bias and its batch normalisation. */
    static Tensor convNorm(NetworkBuilder net, String name, Tensor x, long filters, Filter filter) {
        return net.batchNorm(name + "/bn", net.conv(name, x, filters, filter.withoutBias()));
    }

    /** Adds a convolution without bias, its batch normalisation and a rectifier. */
    static Tensor convNormRelu(NetworkBuilder net, String name, Tensor x, long filters, Filter filter) {
        return net.relu(name + "/relu", convNorm(net, name, x, filters, filter));
    }

    static Tensor convRelu(NetworkBuilder net, String name, Tensor x, long filters, Filter filter) {
        return net.relu(name + "/relu", net.conv(name, x, filters, filter));
    }

    static Tensor maxPool(NetworkBuilder net, String name, Tensor x, Window window) {
        return net.pool(name, x, Function.MAX, window);
    }

    /** Adds global mean pooling and the classifier that ends most networks. */
    static Tensor classifier(NetworkBuilder net, Tensor x) {
        return net.fullyConnected("fc", net.flatten("flatten", net.globalAveragePool("avgpool", x)), CLASSES);
    }
}
