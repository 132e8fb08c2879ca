package io.github.codnn.zoo;

import io.github.codnn.graph.Tensor;

/**
 * DarkNet-53 (Redmon and Farhadi, YOLOv3, 2018, table 1) with the counts of the Darknet framework: the parameters of a
 * batch normalisation are four values per channel.
 */
final class Darknets {

    private static final int[] BLOCKS = {1, 2, 8, 8, 4};

    private final NetworkBuilder net;

    Darknets(NetworkBuilder net) {
        this.net = net;
    }

    static void darknet53(NetworkBuilder net, ZooInput input) {
        Darknets network = new Darknets(net);
        Tensor x = network.conv("conv1", Images.rgb(net, input), 32, Filter.same(3));
        for (int stage = 1; stage <= BLOCKS.length; stage++) {
            x = network.stage(x, stage);
        }
        x = net.conv("classifier", net.globalAveragePool("avgpool", x), Images.CLASSES, Filter.same(1));
        net.softmax("prob", x);
    }

    /** Halves the image, doubles the channels and adds residual blocks. */
    Tensor stage(Tensor x, int stage) {
        long filters = x.shape().dimension(1) * 2;
        Tensor y = conv("stage" + stage + "/down", x, filters, Filter.square(3, 2, 1));
        for (int block = 1; block <= BLOCKS[stage - 1]; block++) {
            String prefix = "stage" + stage + "/block" + block + "/";
            Tensor inner = conv(prefix + "1x1", y, filters / 2, Filter.same(1));
            inner = conv(prefix + "3x3", inner, filters, Filter.same(3));
            y = net.add(prefix + "add", inner, y);
        }
        return y;
    }

    /** Adds a convolution with batch normalisation and leaky rectifier, Darknet's usual layer. */
    Tensor conv(String name, Tensor x, long filters, Filter filter) {
        Tensor y = net.conv(name, x, filters, filter.withoutBias());
        return net.activation(name + "/leaky", net.batchNormCountingStatistics(name + "/bn", y), "LeakyRelu");
    }
}
