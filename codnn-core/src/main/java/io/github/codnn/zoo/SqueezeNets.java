package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.List;

/** SqueezeNet (Iandola et al., 2016) in versions 1.0 and 1.1 as in torchvision, whose pooling rounds up. */
final class SqueezeNets {

    private final NetworkBuilder net;

    private SqueezeNets(NetworkBuilder net) {
        this.net = net;
    }

    static void version10(NetworkBuilder net, ZooInput input) {
        SqueezeNets network = new SqueezeNets(net);
        Tensor x = Images.convRelu(net, "conv1", Images.rgb(net, input), 96, Filter.square(7, 2, 0));
        x = network.fire("fire2", network.pool("pool1", x), 16);
        x = network.fire("fire4", network.fire("fire3", x, 16), 32);
        x = network.fire("fire5", network.pool("pool4", x), 32);
        x = network.fire("fire7", network.fire("fire6", x, 48), 48);
        x = network.fire("fire8", x, 64);
        network.classifier(network.fire("fire9", network.pool("pool8", x), 64));
    }

    static void version11(NetworkBuilder net, ZooInput input) {
        SqueezeNets network = new SqueezeNets(net);
        Tensor x = Images.convRelu(net, "conv1", Images.rgb(net, input), 64, Filter.square(3, 2, 0));
        x = network.fire("fire2", network.pool("pool1", x), 16);
        x = network.pool("pool3", network.fire("fire3", x, 16));
        x = network.fire("fire5", network.fire("fire4", x, 32), 32);
        x = network.fire("fire6", network.pool("pool5", x), 48);
        x = network.fire("fire8", network.fire("fire7", x, 48), 64);
        network.classifier(network.fire("fire9", x, 64));
    }

    /** Adds a fire module: squeeze to few channels, then expand fourfold with 1x1 and fourfold with 3x3 filters. */
    private Tensor fire(String name, Tensor x, long squeezed) {
        Tensor squeeze = Images.convRelu(net, name + "/squeeze", x, squeezed, Filter.same(1));
        Tensor one = Images.convRelu(net, name + "/expand1x1", squeeze, 4 * squeezed, Filter.same(1));
        Tensor three = Images.convRelu(net, name + "/expand3x3", squeeze, 4 * squeezed, Filter.same(3));
        return net.concat(name + "/concat", 1, List.of(one, three));
    }

    private Tensor pool(String name, Tensor x) {
        return net.poolRoundedUp(name, x, Function.MAX, Window.square(3, 2, 0));
    }

    private void classifier(Tensor x) {
        Tensor scores = Images.convRelu(net, "conv10", x, Images.CLASSES, Filter.same(1));
        net.flatten("flatten", net.globalAveragePool("avgpool", scores));
    }
}
