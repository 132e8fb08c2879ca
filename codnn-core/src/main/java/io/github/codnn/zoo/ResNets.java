package io.github.codnn.zoo;

import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;

/**
 * The residual networks (He et al., CVPR 2016, table 1) and ResNeXt (Xie et al., CVPR 2017) as in torchvision, which
 * puts the stride of a bottleneck on its 3x3 convolution.
 */
final class ResNets {

    /** The ratio of output channels to inner channels of a bottleneck. */
    private static final int EXPANSION = 4;

    private final NetworkBuilder net;

    private ResNets(NetworkBuilder net) {
        this.net = net;
    }

    /** Adds a residual block of a stage's width and returns its output. */
    @FunctionalInterface
    private interface Block {
        Tensor add(String name, Tensor x, long width, int stride);
    }

    /** Builds a network of two-layer blocks with the given number of blocks per stage. */
    static void basic(NetworkBuilder net, ZooInput input, int... blocks) {
        ResNets network = new ResNets(net);
        network.build(Images.rgb(net, input), network::basicBlock, blocks);
    }

    /** Builds a network of three-layer blocks with the given number of blocks per stage. */
    static void bottleneck(NetworkBuilder net, ZooInput input, int... blocks) {
        ResNets network = new ResNets(net);
        network.build(
                Images.rgb(net, input),
                (name, x, width, stride) -> network.bottleneckBlock(name, x, width, Filter.square(3, stride, 1)),
                blocks);
    }

    /** Builds ResNeXt-50 32x4d: blocks twice as wide inside, in 32 groups. */
    static void resNext50(NetworkBuilder net, ZooInput input) {
        ResNets network = new ResNets(net);
        network.build(
                Images.rgb(net, input),
                (name, x, width, stride) -> network.bottleneckBlock(
                        name, x, width, Filter.square(3, stride, 1).grouped(32)),
                3,
                4,
                6,
                3);
    }

    private void build(Tensor image, Block block, int... blocks) {
        Tensor x = Images.convNormRelu(net, "conv1", image, 64, Filter.square(7, 2, 3));
        x = Images.maxPool(net, "maxpool", x, Window.square(3, 2, 1));
        for (int stage = 1; stage <= blocks.length; stage++) {
            long width = 64L << (stage - 1);
            for (int i = 0; i < blocks[stage - 1]; i++) {
                x = block.add("layer" + stage + "." + i, x, width, stage > 1 && i == 0 ? 2 : 1);
            }
        }
        Images.classifier(net, x);
    }

    private Tensor basicBlock(String name, Tensor x, long width, int stride) {
        Tensor y = Images.convNormRelu(net, name + "/conv1", x, width, Filter.square(3, stride, 1));
        y = Images.convNorm(net, name + "/conv2", y, width, Filter.same(3));
        return residual(name, y, x, stride);
    }

    private Tensor bottleneckBlock(String name, Tensor x, long width, Filter middle) {
        long inner = middle.groups() == 1 ? width : 2 * width;
        Tensor y = Images.convNormRelu(net, name + "/conv1", x, inner, Filter.same(1));
        y = Images.convNormRelu(net, name + "/conv2", y, inner, middle);
        y = Images.convNorm(net, name + "/conv3", y, EXPANSION * width, Filter.same(1));
        return residual(name, y, x, middle.window().strides().get(0));
    }

    /** Adds the input to the output of a block, projected if their shapes differ. */
    private Tensor residual(String name, Tensor y, Tensor x, int stride) {
        Tensor shortcut = x;
        if (!x.shape().equals(y.shape())) {
            long channels = y.shape().dimension(1);
            shortcut = Images.convNorm(net, name + "/downsample", x, channels, Filter.square(1, stride, 0));
        }
        return net.relu(name + "/relu", net.add(name + "/add", y, shortcut));
    }
}
