package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;

/**
 * AlexNet (Krizhevsky, Sutskever and Hinton, NIPS 2012) in its two usual forms: that of torchvision, which follows
 * Krizhevsky's later paper of 2014 and has neither groups nor normalisation, and the BVLC model for Caffe, which has
 * both.
 */
final class AlexNets {

    private AlexNets() {}

    static void torchvision(NetworkBuilder net, ZooInput input) {
        Window overlapping = Window.square(3, 2, 0);
        Tensor x = Images.convRelu(net, "conv1", Images.rgb(net, input), 64, Filter.square(11, 4, 2));
        x = Images.maxPool(net, "pool1", x, overlapping);
        x = Images.convRelu(net, "conv2", x, 192, Filter.same(5));
        x = Images.maxPool(net, "pool2", x, overlapping);
        x = Images.convRelu(net, "conv3", x, 384, Filter.same(3));
        x = Images.convRelu(net, "conv4", x, 256, Filter.same(3));
        x = Images.convRelu(net, "conv5", x, 256, Filter.same(3));
        x = Images.maxPool(net, "pool5", x, overlapping);
        x = net.flatten("flatten", net.adaptiveAveragePool("avgpool", x, 6));
        x = net.relu("fc6/relu", net.fullyConnected("fc6", x, 4096));
        x = net.relu("fc7/relu", net.fullyConnected("fc7", x, 4096));
        net.fullyConnected("fc8", x, Images.CLASSES);
    }

    static void caffe(NetworkBuilder net, ZooInput input) {
        Tensor x = net.relu("relu1", net.conv("conv1", Images.rgb(net, input), 96, Filter.square(11, 4, 0)));
        x = halve(net, "pool1", net.lrn("norm1", x));
        x = net.relu("relu2", net.conv("conv2", x, 256, Filter.same(5).grouped(2)));
        x = halve(net, "pool2", net.lrn("norm2", x));
        x = net.relu("relu3", net.conv("conv3", x, 384, Filter.same(3)));
        x = net.relu("relu4", net.conv("conv4", x, 384, Filter.same(3).grouped(2)));
        x = net.relu("relu5", net.conv("conv5", x, 256, Filter.same(3).grouped(2)));
        x = net.flatten("flatten", halve(net, "pool5", x));
        x = net.dropout("drop6", net.relu("relu6", net.fullyConnected("fc6", x, 4096)));
        x = net.dropout("drop7", net.relu("relu7", net.fullyConnected("fc7", x, 4096)));
        net.softmax("prob", net.fullyConnected("fc8", x, Images.CLASSES));
    }

    private static Tensor halve(NetworkBuilder net, String name, Tensor x) {
        return net.poolRoundedUp(name, x, Function.MAX, Window.square(3, 2, 0));
    }
}
