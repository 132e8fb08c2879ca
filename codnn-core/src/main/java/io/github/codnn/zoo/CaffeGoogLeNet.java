package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.List;

/**
 * GoogLeNet (Szegedy et al., CVPR 2015, table 1) as the BVLC reference model for Caffe: biased convolutions, 5x5
 * filters, local response normalisation and pooling that rounds up. Layers are named as in that model.
 */
final class CaffeGoogLeNet {

    private final NetworkBuilder net;

    private CaffeGoogLeNet(NetworkBuilder net) {
        this.net = net;
    }

    static void build(NetworkBuilder net, ZooInput input) {
        CaffeGoogLeNet network = new CaffeGoogLeNet(net);
        Tensor x = network.stem(Images.rgb(net, input));
        x = network.inception("3a", x, 64, 96, 128, 16, 32, 32);
        x = network.inception("3b", x, 128, 128, 192, 32, 96, 64);
        x = network.halve("pool3/3x3_s2", x);
        x = network.inception("4a", x, 192, 96, 208, 16, 48, 64);
        x = network.inception("4b", x, 160, 112, 224, 24, 64, 64);
        x = network.inception("4c", x, 128, 128, 256, 24, 64, 64);
        x = network.inception("4d", x, 112, 144, 288, 32, 64, 64);
        x = network.inception("4e", x, 256, 160, 320, 32, 128, 128);
        x = network.halve("pool4/3x3_s2", x);
        x = network.inception("5a", x, 256, 160, 320, 32, 128, 128);
        x = network.inception("5b", x, 384, 192, 384, 48, 128, 128);
        x = net.poolRoundedUp("pool5/7x7_s1", x, Function.AVERAGE, Window.square(7, 1, 0));
        x = net.flatten("pool5/flatten", net.dropout("pool5/drop_7x7_s1", x));
        net.softmax("prob", net.fullyConnected("loss3/classifier", x, Images.CLASSES));
    }

    private Tensor stem(Tensor image) {
        Tensor x = convRelu("conv1/", "7x7_s2", image, 64, Filter.square(7, 2, 3));
        x = net.lrn("pool1/norm1", halve("pool1/3x3_s2", x));
        x = convRelu("conv2/", "3x3_reduce", x, 64, Filter.same(1));
        x = net.lrn("conv2/norm2", convRelu("conv2/", "3x3", x, 192, Filter.same(3)));
        return halve("pool2/3x3_s2", x);
    }

    /** Adds one module; {@code filters} are those of 1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5 and pool projection. */
    private Tensor inception(String module, Tensor x, long... filters) {
        String prefix = "inception_" + module + "/";
        Tensor one = convRelu(prefix, "1x1", x, filters[0], Filter.same(1));
        Tensor three = convRelu(prefix, "3x3_reduce", x, filters[1], Filter.same(1));
        three = convRelu(prefix, "3x3", three, filters[2], Filter.same(3));
        Tensor five = convRelu(prefix, "5x5_reduce", x, filters[3], Filter.same(1));
        five = convRelu(prefix, "5x5", five, filters[4], Filter.same(5));
        Tensor pool = net.poolRoundedUp(prefix + "pool", x, Function.MAX, Window.square(3, 1, 1));
        pool = convRelu(prefix, "pool_proj", pool, filters[5], Filter.same(1));
        return net.concat(prefix + "output", 1, List.of(one, three, five, pool));
    }

    private Tensor convRelu(String prefix, String name, Tensor x, long filters, Filter filter) {
        return net.relu(prefix + "relu_" + name, net.conv(prefix + name, x, filters, filter));
    }

    private Tensor halve(String name, Tensor x) {
        return net.poolRoundedUp(name, x, Function.MAX, Window.square(3, 2, 0));
    }
}
