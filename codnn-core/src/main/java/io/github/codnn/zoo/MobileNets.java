package io.github.codnn.zoo;

import io.github.codnn.graph.Tensor;

/**
 * The networks made of inverted residual blocks, as in torchvision: MobileNetV2 (Sandler et al., CVPR 2018, table 2),
 * MobileNetV3-Large (Howard et al., ICCV 2019, table 1) and EfficientNet-B0 (Tan and Le, ICML 2019, table 1).
 */
final class MobileNets {

    /** The ONNX name of a rectifier with an upper limit. */
    private static final String RELU6 = "Clip";

    private static final String RELU = "Relu";
    private static final String HARD_SWISH = "HardSwish";
    private static final String SWISH = "Swish";
    private static final String SIGMOID = "Sigmoid";

    private final NetworkBuilder net;
    private final String function;

    private MobileNets(NetworkBuilder net, String function) {
        this.net = net;
        this.function = function;
    }

    /** A block: its channels inside and out, its depthwise filter, and the squeezed channels of its scaling. */
    private record Block(long inner, long outer, int kernel, int stride, long squeezed) {}

    /** Equal blocks except for the stride of the first; {@code expansion} is the ratio of inner to input channels. */
    private record Stage(int expansion, int kernel, int stride, long outer, int blocks) {}

    static void v2(NetworkBuilder net, ZooInput input) {
        MobileNets network = new MobileNets(net, RELU6);
        Tensor x = network.conv("conv1", Images.rgb(net, input), 32, Filter.square(3, 2, 1));
        x = network.stages(
                x,
                false,
                new Stage(1, 3, 1, 16, 1),
                new Stage(6, 3, 2, 24, 2),
                new Stage(6, 3, 2, 32, 3),
                new Stage(6, 3, 2, 64, 4),
                new Stage(6, 3, 1, 96, 3),
                new Stage(6, 3, 2, 160, 3),
                new Stage(6, 3, 1, 320, 1));
        Images.classifier(net, network.conv("conv_last", x, 1280, Filter.same(1)));
    }

    static void efficientNetB0(NetworkBuilder net, ZooInput input) {
        MobileNets network = new MobileNets(net, SWISH);
        Tensor x = network.conv("conv_stem", Images.rgb(net, input), 32, Filter.square(3, 2, 1));
        x = network.stages(
                x,
                true,
                new Stage(1, 3, 1, 16, 1),
                new Stage(6, 3, 2, 24, 2),
                new Stage(6, 5, 2, 40, 2),
                new Stage(6, 3, 2, 80, 3),
                new Stage(6, 5, 1, 112, 3),
                new Stage(6, 5, 2, 192, 4),
                new Stage(6, 3, 1, 320, 1));
        Images.classifier(net, network.conv("conv_head", x, 1280, Filter.same(1)));
    }

    /** Adds stages in sequence; scaled blocks squeeze to a quarter of their input channels. */
    private Tensor stages(Tensor x, boolean scaled, Stage... stages) {
        Tensor y = x;
        int number = 1;
        for (Stage stage : stages) {
            for (int i = 0; i < stage.blocks(); i++) {
                long channels = y.shape().dimension(1);
                long inner = stage.expansion() * channels;
                int stride = i == 0 ? stage.stride() : 1;
                Block block = new Block(inner, stage.outer(), stage.kernel(), stride, scaled ? channels / 4 : 0);
                y = block("block" + number++, y, block);
            }
        }
        return y;
    }

    static void v3Large(NetworkBuilder net, ZooInput input) {
        // Kernel, channels inside and out, channels squeezed to, and stride of each block.
        int[][] plain = {
            {3, 16, 16, 0, 1},
            {3, 64, 24, 0, 2},
            {3, 72, 24, 0, 1},
            {5, 72, 40, 24, 2},
            {5, 120, 40, 32, 1},
            {5, 120, 40, 32, 1}
        };
        int[][] swished = {
            {3, 240, 80, 0, 2},
            {3, 200, 80, 0, 1},
            {3, 184, 80, 0, 1},
            {3, 184, 80, 0, 1},
            {3, 480, 112, 120, 1},
            {3, 672, 112, 168, 1},
            {5, 672, 160, 168, 2},
            {5, 960, 160, 240, 1},
            {5, 960, 160, 240, 1}
        };
        MobileNets last = new MobileNets(net, HARD_SWISH);
        Tensor x = last.conv("conv1", Images.rgb(net, input), 16, Filter.square(3, 2, 1));
        x = new MobileNets(net, RELU).blocks(x, 1, plain);
        x = last.conv("conv_last", last.blocks(x, plain.length + 1, swished), 960, Filter.same(1));
        x = net.flatten("flatten", net.globalAveragePool("avgpool", x));
        x = net.activation("fc1/hardswish", net.fullyConnected("fc1", x, 1280), HARD_SWISH);
        net.fullyConnected("fc2", x, Images.CLASSES);
    }

    private Tensor blocks(Tensor x, int firstNumber, int[][] blocks) {
        Tensor y = x;
        for (int i = 0; i < blocks.length; i++) {
            int[] block = blocks[i];
            y = block("block" + (firstNumber + i), y, new Block(block[1], block[2], block[0], block[4], block[3]));
        }
        return y;
    }

    /** Adds an inverted residual block: expand, filter each channel separately, scale the channels, and project. */
    private Tensor block(String name, Tensor x, Block block) {
        Tensor y = x;
        if (block.inner() != x.shape().dimension(1)) {
            y = conv(name + "/expand", y, block.inner(), Filter.same(1));
        }
        Filter depthwise = Filter.square(block.kernel(), block.stride(), block.kernel() / 2)
                .grouped(block.inner());
        y = conv(name + "/depthwise", y, block.inner(), depthwise);
        if (block.squeezed() > 0) {
            y = scaled(name + "/se", y, block.squeezed());
        }
        y = Images.convNorm(net, name + "/project", y, block.outer(), Filter.same(1));
        return y.shape().equals(x.shape()) ? net.add(name + "/add", y, x) : y;
    }

    /** Adds squeeze and excitation: each channel is scaled by a function of the means of all channels. */
    private Tensor scaled(String name, Tensor x, long squeezed) {
        boolean smooth = function.equals(SWISH);
        Tensor y = net.conv(name + "/fc1", net.globalAveragePool(name + "/avgpool", x), squeezed, Filter.same(1));
        y = smooth ? swish(name + "/fc1", y) : net.relu(name + "/fc1/relu", y);
        y = net.conv(name + "/fc2", y, x.shape().dimension(1), Filter.same(1));
        y = net.activation(name + "/scale", y, smooth ? SIGMOID : "HardSigmoid");
        return net.multiply(name + "/mul", x, y);
    }

    private Tensor conv(String name, Tensor x, long filters, Filter filter) {
        Tensor y = Images.convNorm(net, name, x, filters, filter);
        return function.equals(SWISH) ? swish(name, y) : net.activation(name + "/act", y, function);
    }

    /** Adds x times its sigmoid, which ONNX exports contain as two operators. */
    private Tensor swish(String name, Tensor x) {
        return net.multiply(name + "/swish", x, net.activation(name + "/sigmoid", x, SIGMOID));
    }
}
