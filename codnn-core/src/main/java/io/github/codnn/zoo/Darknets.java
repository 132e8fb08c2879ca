package io.github.codnn.zoo;

import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.List;

/**
 * The networks of the Darknet framework with its counts, where the parameters of a batch normalisation are four values
 * per channel: DarkNet-19 (Redmon and Farhadi, CVPR 2017, table 6), DarkNet-53 and YOLOv3 (Redmon and Farhadi, 2018).
 * The outputs of the detectors are the scores that Darknet's {@code yolo} section reads.
 */
final class Darknets {

    private static final int[] BLOCKS = {1, 2, 8, 8, 4};

    /** Three boxes, each with four coordinates, an objectness and the 80 classes of COCO. */
    private static final long SCORES = 3 * (4 + 1 + 80);

    private final NetworkBuilder net;

    private Darknets(NetworkBuilder net) {
        this.net = net;
    }

    static void darknet19(NetworkBuilder net, ZooInput input) {
        Darknets network = new Darknets(net);
        Tensor x = network.conv("conv1", Images.rgb(net, input), 32, 3);
        x = network.conv("conv2", network.halve("pool1", x), 64, 3);
        x = network.alternating("stage3", network.halve("pool2", x), 128, 3);
        x = network.alternating("stage4", network.halve("pool3", x), 256, 3);
        x = network.alternating("stage5", network.halve("pool4", x), 512, 5);
        x = network.alternating("stage6", network.halve("pool5", x), 1024, 5);
        x = net.conv("classifier", x, Images.CLASSES, Filter.same(1));
        net.softmax("prob", net.globalAveragePool("avgpool", x));
    }

    static void darknet53(NetworkBuilder net, ZooInput input) {
        Darknets network = new Darknets(net);
        Tensor x = network.conv("conv1", Images.rgb(net, input), 32, 3);
        for (int stage = 1; stage <= BLOCKS.length; stage++) {
            x = network.stage(x, stage);
        }
        x = net.conv("classifier", net.globalAveragePool("avgpool", x), Images.CLASSES, Filter.same(1));
        net.softmax("prob", x);
    }

    static void yolov3(NetworkBuilder net, ZooInput input) {
        Darknets network = new Darknets(net);
        Tensor x = network.conv("conv1", Images.rgb(net, input), 32, 3);
        Tensor eighth = network.stage(network.stage(network.stage(x, 1), 2), 3);
        Tensor sixteenth = network.stage(eighth, 4);
        Tensor thirtySecond = network.stage(sixteenth, 5);
        Tensor y = network.head("head1", thirtySecond, 512);
        y = network.head("head2", network.merged("head2", y, sixteenth), 256);
        network.head("head3", network.merged("head3", y, eighth), 128);
    }

    static void yolov3Tiny(NetworkBuilder net, ZooInput input) {
        Darknets network = new Darknets(net);
        Tensor x = network.conv("conv1", Images.rgb(net, input), 16, 3);
        for (int i = 2; i <= 5; i++) {
            x = network.conv("conv" + i, network.halve("pool" + (i - 1), x), 8L << i, 3);
        }
        Tensor sixteenth = x;
        x = network.conv("conv6", network.halve("pool5", x), 512, 3);
        List<Integer> one = List.of(1, 1);
        Window sliding = new Window(List.of(2, 2), one, one, List.of(0, 0), one);
        x = network.conv("conv7", Images.maxPool(net, "pool6", x, sliding), 1024, 3);
        x = network.conv("conv8", x, 256, 1);
        net.conv("head1/scores", network.conv("head1/conv", x, 512, 3), SCORES, Filter.same(1));
        x = network.merged("head2", x, sixteenth);
        net.conv("head2/scores", network.conv("head2/conv", x, 256, 3), SCORES, Filter.same(1));
    }

    /** Halves the image, doubles the channels and adds residual blocks. */
    private Tensor stage(Tensor x, int stage) {
        long filters = x.shape().dimension(1) * 2;
        Tensor y = conv("stage" + stage + "/down", x, filters, Filter.square(3, 2, 1));
        for (int block = 1; block <= BLOCKS[stage - 1]; block++) {
            String prefix = "stage" + stage + "/block" + block + "/";
            Tensor inner = conv(prefix + "3x3", conv(prefix + "1x1", y, filters / 2, 1), filters, 3);
            y = net.add(prefix + "add", inner, y);
        }
        return y;
    }

    /** Adds 3x3 filters with 1x1 filters of half the channels between them. */
    private Tensor alternating(String stage, Tensor x, long filters, int convolutions) {
        Tensor y = x;
        for (int i = 1; i <= convolutions; i++) {
            boolean wide = i % 2 == 1;
            y = conv(stage + "/conv" + i, y, wide ? filters : filters / 2, wide ? 3 : 1);
        }
        return y;
    }

    /** Adds the scores of one scale and returns the input of the next scale. */
    private Tensor head(String head, Tensor x, long filters) {
        Tensor y = x;
        for (int i = 1; i <= 5; i++) {
            boolean narrow = i % 2 == 1;
            y = conv(head + "/conv" + i, y, narrow ? filters : 2 * filters, narrow ? 1 : 3);
        }
        net.conv(head + "/scores", conv(head + "/conv6", y, 2 * filters, 3), SCORES, Filter.same(1));
        return y;
    }

    /** Brings a coarse scale to the size of a finer one, at half its channels, and joins both. */
    private Tensor merged(String head, Tensor coarse, Tensor fine) {
        Tensor up = conv(head + "/lateral", coarse, coarse.shape().dimension(1) / 2, 1);
        return net.concat(head + "/concat", 1, List.of(net.upsample(head + "/upsample", up, 2), fine));
    }

    private Tensor halve(String name, Tensor x) {
        return Images.maxPool(net, name, x, Window.square(2, 2, 0));
    }

    private Tensor conv(String name, Tensor x, long filters, int kernel) {
        return conv(name, x, filters, Filter.same(kernel));
    }

    /** Adds a convolution with batch normalisation and leaky rectifier, Darknet's usual layer. */
    private Tensor conv(String name, Tensor x, long filters, Filter filter) {
        Tensor y = net.conv(name, x, filters, filter.withoutBias());
        return net.activation(name + "/leaky", net.batchNormCountingStatistics(name + "/bn", y), "LeakyRelu");
    }
}
