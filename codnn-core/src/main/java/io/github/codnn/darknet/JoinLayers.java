package io.github.codnn.darknet;

import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.zoo.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;

/** The sections that bring the outputs of several sections together. */
final class JoinLayers {

    private JoinLayers() {}

    static Tensor route(NetworkAssembler network, CfgSection section, String name) {
        List<Integer> numbers = section.integers("layers");
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("'layers' must name at least one layer");
        }
        int groups = section.positive("groups", 1);
        int group = section.nonNegative("group_id", 0);
        if (group >= groups) {
            throw new IllegalArgumentException("'group_id' is " + group + ", but there are " + groups + " groups");
        }
        List<Tensor> parts = new ArrayList<>();
        for (int number : numbers) {
            String part = numbers.size() == 1 ? name : name + "/" + parts.size();
            parts.add(part(network.net(), part, network.at(number), groups));
        }
        if (parts.size() > 1) {
            return join(network.net(), name, parts);
        }
        Tensor only = parts.get(0);
        // An output of the network that other layers read as well needs a layer to deliver it.
        return groups == 1 && network.isLast() ? network.net().move(name, only, "Identity", only.shape()) : only;
    }

    private static Tensor part(NetworkBuilder net, String name, Tensor x, int groups) {
        if (groups == 1) {
            return x;
        }
        long channels = x.shape().dimension(1);
        if (channels % groups != 0) {
            throw new IllegalArgumentException(groups + " groups do not divide " + channels + " channels");
        }
        return net.move(name, x, "Slice", withChannels(x.shape(), channels / groups));
    }

    /** Joins along the channels; images of different sizes are joined as vectors, as Darknet does. */
    private static Tensor join(NetworkBuilder net, String name, List<Tensor> parts) {
        TensorShape first = withChannels(parts.get(0).shape(), 0);
        if (parts.stream().allMatch(part -> withChannels(part.shape(), 0).equals(first))) {
            return net.concat(name, 1, parts);
        }
        List<Tensor> vectors = new ArrayList<>();
        for (Tensor part : parts) {
            vectors.add(part.shape().rank() == 2 ? part : net.flatten(name + "/flatten" + vectors.size(), part));
        }
        return net.concat(name, 1, vectors);
    }

    static Tensor shortcut(NetworkAssembler network, CfgSection section, String name) {
        String weights = section.text("weights_type", "none");
        if (!weights.equals("none")) {
            throw new IllegalArgumentException(
                    "option 'weights_type' is '" + CfgSection.quoted(weights) + "', which is not supported");
        }
        List<Integer> numbers = section.integers("from");
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("'from' must name at least one layer");
        }
        Tensor sum = network.current();
        for (int i = 0; i < numbers.size(); i++) {
            String sumName = i == numbers.size() - 1 ? name : name + "/sum" + i;
            Tensor from = matched(network.net(), name + "/from" + i, network.at(numbers.get(i)), sum.shape());
            sum = network.net().add(sumName, sum, from);
        }
        return Activations.add(network, section, name, sum, "linear");
    }

    /**
     * Brings a shortcut to the shape that it is added to. Darknet takes every n-th row and column of a larger image,
     * sets the elements of a smaller one apart with zeros, leaves out surplus channels and adds nothing to channels
     * that the shortcut lacks.
     */
    private static Tensor matched(NetworkBuilder net, String name, Tensor from, TensorShape to) {
        if (from.shape().equals(to)) {
            return from;
        }
        if (from.shape().rank() != 4 || to.rank() != 4) {
            throw new IllegalArgumentException("cannot add " + from.shape() + " to " + to);
        }
        checkStep(from.shape(), to);
        Tensor x = from;
        long channels = Math.min(x.shape().dimension(1), to.dimension(1));
        long height = Math.min(x.shape().dimension(2), to.dimension(2));
        long width = Math.min(x.shape().dimension(3), to.dimension(3));
        TensorShape common = TensorShape.of(to.dimension(0), channels, height, width);
        if (!common.equals(x.shape())) {
            x = net.move(name + "/slice", x, "Slice", common);
        }
        TensorShape spread = withChannels(to, channels);
        if (!spread.equals(x.shape())) {
            x = net.move(name + "/spread", x, "Resize", spread);
        }
        return spread.equals(to) ? x : net.move(name + "/pad", x, "Pad", to);
    }

    private static void checkStep(TensorShape from, TensorShape to) {
        long high = from.dimension(2);
        long wide = from.dimension(3);
        boolean sameStep = high / to.dimension(2) == wide / to.dimension(3);
        boolean sameSpread = to.dimension(2) / high == to.dimension(3) / wide;
        if (!sameStep || !sameSpread) {
            throw new IllegalArgumentException(
                    "cannot add " + from + " to " + to + ": height and width differ by different factors");
        }
    }

    static Tensor scaleChannels(NetworkAssembler network, CfgSection section, String name) {
        Tensor scaled = network.at(section.integer("from", -1));
        Tensor scale = network.current();
        boolean perPixel = section.flag("scale_wh");
        boolean fits = scaled.shape().rank() == 4
                && scale.shape().rank() == 4
                && (perPixel
                        ? withChannels(scaled.shape(), 1).equals(scale.shape())
                        : scale.shape().elements()
                                == scaled.shape().dimension(0) * scaled.shape().dimension(1));
        if (!fits) {
            throw new IllegalArgumentException("cannot scale " + scaled.shape() + " by " + scale.shape());
        }
        Tensor product = network.net().multiply(name, scaled, scale);
        return Activations.add(network, section, name, product, "linear");
    }

    static Tensor attention(NetworkAssembler network, CfgSection section, String name) {
        Tensor from = network.at(section.integer("from", -1));
        if (!from.shape().equals(network.current().shape())) {
            throw new IllegalArgumentException("cannot multiply " + from.shape() + " by "
                    + network.current().shape());
        }
        Tensor product = network.net().multiply(name, network.current(), from);
        return Activations.add(network, section, name, product, "linear");
    }

    private static TensorShape withChannels(TensorShape shape, long channels) {
        List<Long> dimensions = new ArrayList<>(shape.dimensions());
        dimensions.set(1, channels);
        return new TensorShape(dimensions);
    }
}
