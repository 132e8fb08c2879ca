package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.List;

/** Inception-v3 (Szegedy et al., CVPR 2016) as in torchvision. */
final class InceptionV3 {

    private final NetworkBuilder net;

    private InceptionV3(NetworkBuilder net) {
        this.net = net;
    }

    static void build(NetworkBuilder net, ZooInput input) {
        InceptionV3 network = new InceptionV3(net);
        Images.classifier(net, network.last(network.middle(Images.rgb(net, input))));
    }

    /** Builds the network with the auxiliary classifier that training needs, as a second output. */
    static void withAuxiliary(NetworkBuilder net, ZooInput input) {
        InceptionV3 network = new InceptionV3(net);
        Tensor middle = network.middle(Images.rgb(net, input));
        network.auxiliary(middle);
        Images.classifier(net, network.last(middle));
    }

    private Tensor middle(Tensor image) {
        Tensor x = conv("Conv2d_1a_3x3", image, 32, Filter.square(3, 2, 0));
        x = conv("Conv2d_2a_3x3", x, 32, Filter.square(3, 1, 0));
        x = conv("Conv2d_2b_3x3", x, 64, Filter.same(3));
        x = halve("maxpool1", x);
        x = conv("Conv2d_3b_1x1", x, 80, Filter.same(1));
        x = conv("Conv2d_4a_3x3", x, 192, Filter.square(3, 1, 0));
        x = halve("maxpool2", x);
        x = squareModule("Mixed_5b", x, 32);
        x = squareModule("Mixed_5c", x, 64);
        x = squareModule("Mixed_5d", x, 64);
        x = firstReduction("Mixed_6a", x);
        x = factorisedModule("Mixed_6b", x, 128);
        x = factorisedModule("Mixed_6c", x, 160);
        x = factorisedModule("Mixed_6d", x, 160);
        return factorisedModule("Mixed_6e", x, 192);
    }

    private Tensor last(Tensor middle) {
        Tensor x = secondReduction("Mixed_7a", middle);
        x = expandedModule("Mixed_7b", x);
        return expandedModule("Mixed_7c", x);
    }

    private void auxiliary(Tensor middle) {
        Tensor x = net.pool("AuxLogits/avgpool", middle, Function.AVERAGE, Window.square(5, 3, 0));
        x = conv("AuxLogits/conv0", x, 128, Filter.same(1));
        x = conv("AuxLogits/conv1", x, 768, Filter.square(5, 1, 0));
        x = net.flatten("AuxLogits/flatten", net.globalAveragePool("AuxLogits/globalpool", x));
        net.fullyConnected("AuxLogits/fc", x, Images.CLASSES);
    }

    /** Adds the module of figure 5 in the paper: the 5x5 branch and its factorisation into two of 3x3. */
    private Tensor squareModule(String module, Tensor x, long poolFilters) {
        Tensor one = conv(module + "/branch1x1", x, 64, Filter.same(1));
        Tensor five = conv(module + "/branch5x5_1", x, 48, Filter.same(1));
        five = conv(module + "/branch5x5_2", five, 64, Filter.same(5));
        Tensor twice = conv(module + "/branch3x3dbl_1", x, 64, Filter.same(1));
        twice = conv(module + "/branch3x3dbl_2", twice, 96, Filter.same(3));
        twice = conv(module + "/branch3x3dbl_3", twice, 96, Filter.same(3));
        return join(module, one, five, twice, pooled(module, x, poolFilters));
    }

    private Tensor firstReduction(String module, Tensor x) {
        Tensor three = conv(module + "/branch3x3", x, 384, Filter.square(3, 2, 0));
        Tensor twice = conv(module + "/branch3x3dbl_1", x, 64, Filter.same(1));
        twice = conv(module + "/branch3x3dbl_2", twice, 96, Filter.same(3));
        twice = conv(module + "/branch3x3dbl_3", twice, 96, Filter.square(3, 2, 0));
        return join(module, three, twice, halve(module + "/branch_pool", x));
    }

    /** Adds the module of figure 6 in the paper: 7x7 filters factorised into rows and columns. */
    private Tensor factorisedModule(String module, Tensor x, long filters) {
        Tensor one = conv(module + "/branch1x1", x, 192, Filter.same(1));
        Tensor seven = conv(module + "/branch7x7_1", x, filters, Filter.same(1));
        seven = conv(module + "/branch7x7_2", seven, filters, Filter.same(1, 7));
        seven = conv(module + "/branch7x7_3", seven, 192, Filter.same(7, 1));
        Tensor twice = conv(module + "/branch7x7dbl_1", x, filters, Filter.same(1));
        twice = conv(module + "/branch7x7dbl_2", twice, filters, Filter.same(7, 1));
        twice = conv(module + "/branch7x7dbl_3", twice, filters, Filter.same(1, 7));
        twice = conv(module + "/branch7x7dbl_4", twice, filters, Filter.same(7, 1));
        twice = conv(module + "/branch7x7dbl_5", twice, 192, Filter.same(1, 7));
        return join(module, one, seven, twice, pooled(module, x, 192));
    }

    private Tensor secondReduction(String module, Tensor x) {
        Tensor three = conv(module + "/branch3x3_1", x, 192, Filter.same(1));
        three = conv(module + "/branch3x3_2", three, 320, Filter.square(3, 2, 0));
        Tensor seven = conv(module + "/branch7x7x3_1", x, 192, Filter.same(1));
        seven = conv(module + "/branch7x7x3_2", seven, 192, Filter.same(1, 7));
        seven = conv(module + "/branch7x7x3_3", seven, 192, Filter.same(7, 1));
        seven = conv(module + "/branch7x7x3_4", seven, 192, Filter.square(3, 2, 0));
        return join(module, three, seven, halve(module + "/branch_pool", x));
    }

    /** Adds the module of figure 7 in the paper: branches that fan out into a row and a column filter. */
    private Tensor expandedModule(String module, Tensor x) {
        Tensor one = conv(module + "/branch1x1", x, 320, Filter.same(1));
        Tensor three = conv(module + "/branch3x3_1", x, 384, Filter.same(1));
        three = fanOut(module + "/branch3x3_2", three);
        Tensor twice = conv(module + "/branch3x3dbl_1", x, 448, Filter.same(1));
        twice = conv(module + "/branch3x3dbl_2", twice, 384, Filter.same(3));
        twice = fanOut(module + "/branch3x3dbl_3", twice);
        return join(module, one, three, twice, pooled(module, x, 192));
    }

    private Tensor fanOut(String branch, Tensor x) {
        Tensor row = conv(branch + "a", x, 384, Filter.same(1, 3));
        Tensor column = conv(branch + "b", x, 384, Filter.same(3, 1));
        return net.concat(branch, 1, List.of(row, column));
    }

    private Tensor pooled(String module, Tensor x, long filters) {
        Tensor mean = net.pool(module + "/avgpool", x, Function.AVERAGE, Window.square(3, 1, 1));
        return conv(module + "/branch_pool", mean, filters, Filter.same(1));
    }

    private Tensor halve(String name, Tensor x) {
        return Images.maxPool(net, name, x, Window.square(3, 2, 0));
    }

    private Tensor join(String module, Tensor... branches) {
        return net.concat(module + "/concat", 1, List.of(branches));
    }

    private Tensor conv(String name, Tensor x, long filters, Filter filter) {
        return Images.convNormRelu(net, name, x, filters, filter);
    }
}
