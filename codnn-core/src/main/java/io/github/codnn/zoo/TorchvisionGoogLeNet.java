package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.List;

/**
 * GoogLeNet (Szegedy et al., CVPR 2015) as in torchvision, which differs from the paper: batch normalisation after
 * every convolution, 3x3 filters where the paper has 5x5, and another window for the fourth pooling.
 */
final class TorchvisionGoogLeNet {

    private final NetworkBuilder net;

    private TorchvisionGoogLeNet(NetworkBuilder net) {
        this.net = net;
    }

    static void build(NetworkBuilder net, ZooInput input) {
        TorchvisionGoogLeNet network = new TorchvisionGoogLeNet(net);
        Tensor x = Images.convNormRelu(net, "conv1", Images.rgb(net, input), 64, Filter.square(7, 2, 3));
        x = network.pool("maxpool1", x, Window.square(3, 2, 0));
        x = Images.convNormRelu(net, "conv2", x, 64, Filter.same(1));
        x = Images.convNormRelu(net, "conv3", x, 192, Filter.same(3));
        x = network.pool("maxpool2", x, Window.square(3, 2, 0));
        x = network.inception("inception3a", x, 64, 96, 128, 16, 32, 32);
        x = network.inception("inception3b", x, 128, 128, 192, 32, 96, 64);
        x = network.pool("maxpool3", x, Window.square(3, 2, 0));
        x = network.inception("inception4a", x, 192, 96, 208, 16, 48, 64);
        x = network.inception("inception4b", x, 160, 112, 224, 24, 64, 64);
        x = network.inception("inception4c", x, 128, 128, 256, 24, 64, 64);
        x = network.inception("inception4d", x, 112, 144, 288, 32, 64, 64);
        x = network.inception("inception4e", x, 256, 160, 320, 32, 128, 128);
        x = network.pool("maxpool4", x, Window.square(2, 2, 0));
        x = network.inception("inception5a", x, 256, 160, 320, 32, 128, 128);
        x = network.inception("inception5b", x, 384, 192, 384, 48, 128, 128);
        Images.classifier(net, x);
    }

    /**
     * Adds one module; {@code filters} are those of branch 1, the two of branch 2, the two of branch 3 and branch 4.
     */
    private Tensor inception(String module, Tensor x, long... filters) {
        Tensor one = Images.convNormRelu(net, module + "/branch1", x, filters[0], Filter.same(1));
        Tensor two = Images.convNormRelu(net, module + "/branch2.0", x, filters[1], Filter.same(1));
        two = Images.convNormRelu(net, module + "/branch2.1", two, filters[2], Filter.same(3));
        Tensor three = Images.convNormRelu(net, module + "/branch3.0", x, filters[3], Filter.same(1));
        three = Images.convNormRelu(net, module + "/branch3.1", three, filters[4], Filter.same(3));
        Tensor four = pool(module + "/branch4.pool", x, Window.square(3, 1, 1));
        four = Images.convNormRelu(net, module + "/branch4", four, filters[5], Filter.same(1));
        return net.concat(module + "/concat", 1, List.of(one, two, three, four));
    }

    private Tensor pool(String name, Tensor x, Window window) {
        return net.poolRoundedUp(name, x, Function.MAX, window);
    }
}
