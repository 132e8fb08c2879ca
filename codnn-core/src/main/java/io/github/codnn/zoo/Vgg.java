package io.github.codnn.zoo;

import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;

/**
 * The VGG networks (Simonyan and Zisserman, ICLR 2015, table 1) as in torchvision: five stages of 3x3 convolutions,
 * each halved by max pooling, and three fully connected layers.
 */
final class Vgg {

    private static final long[] FILTERS = {64, 128, 256, 512, 512};

    private Vgg() {}

    /** Builds the network of 3 + the sum of {@code convolutionsPerStage} weighted layers. */
    static void build(NetworkBuilder net, ZooInput input, int... convolutionsPerStage) {
        Tensor x = Images.rgb(net, input);
        for (int stage = 1; stage <= FILTERS.length; stage++) {
            for (int i = 1; i <= convolutionsPerStage[stage - 1]; i++) {
                String name = stage + "_" + i;
                x = net.conv("conv" + name, x, FILTERS[stage - 1], Filter.same(3));
                x = net.relu("relu" + name, x);
            }
            x = Images.maxPool(net, "pool" + stage, x, Window.square(2, 2, 0));
        }
        x = net.flatten("flatten", net.adaptiveAveragePool("avgpool", x, 7));
        x = net.relu("relu6", net.fullyConnected("fc6", x, 4096));
        x = net.relu("relu7", net.fullyConnected("fc7", x, 4096));
        net.fullyConnected("fc8", x, Images.CLASSES);
    }
}
