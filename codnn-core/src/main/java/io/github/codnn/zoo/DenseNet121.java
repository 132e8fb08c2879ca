package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.List;

/** DenseNet-121 (Huang et al., CVPR 2017, table 1) as in torchvision. */
final class DenseNet121 {

    private static final int[] LAYERS_PER_BLOCK = {6, 12, 24, 16};
    private static final long GROWTH = 32;

    private final NetworkBuilder net;

    private DenseNet121(NetworkBuilder net) {
        this.net = net;
    }

    static void build(NetworkBuilder net, ZooInput input) {
        DenseNet121 network = new DenseNet121(net);
        Tensor x = Images.convNormRelu(net, "conv0", Images.rgb(net, input), 64, Filter.square(7, 2, 3));
        x = Images.maxPool(net, "pool0", x, Window.square(3, 2, 1));
        for (int block = 1; block <= LAYERS_PER_BLOCK.length; block++) {
            x = network.denseBlock("denseblock" + block, x, LAYERS_PER_BLOCK[block - 1]);
            if (block < LAYERS_PER_BLOCK.length) {
                x = network.transition("transition" + block, x);
            }
        }
        Images.classifier(net, network.normRelu("norm5", x));
    }

    /** Adds layers that each read the input of the block and the outputs of all previous layers. */
    private Tensor denseBlock(String block, Tensor x, int layers) {
        List<Tensor> features = new ArrayList<>(List.of(x));
        for (int i = 1; i <= layers; i++) {
            String name = block + "/layer" + i;
            Tensor y = features.size() == 1 ? x : net.concat(name + "/concat", 1, features);
            y = net.conv(
                    name + "/conv1",
                    normRelu(name + "/norm1", y),
                    4 * GROWTH,
                    Filter.same(1).withoutBias());
            y = net.conv(
                    name + "/conv2",
                    normRelu(name + "/norm2", y),
                    GROWTH,
                    Filter.same(3).withoutBias());
            features.add(y);
        }
        return net.concat(block + "/concat", 1, features);
    }

    private Tensor transition(String name, Tensor x) {
        long half = x.shape().dimension(1) / 2;
        Tensor y = net.conv(
                name + "/conv",
                normRelu(name + "/norm", x),
                half,
                Filter.same(1).withoutBias());
        return net.pool(name + "/pool", y, Function.AVERAGE, Window.square(2, 2, 0));
    }

    private Tensor normRelu(String name, Tensor x) {
        return net.relu(name + "/relu", net.batchNorm(name, x));
    }
}
