package io.github.codnn.darknet;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator.Recurrent;
import io.github.codnn.graph.Tensor;
import java.util.List;

/**
 * The sections with a memory. Each holds several inner layers, fully connected or convolutional, every one with a bias
 * and, if the section asks for it, a batch normalisation of its own; all of them together are one layer here.
 */
final class RecurrentLayers {

    /** The scale, mean and variance that batch normalisation stores in addition to the bias. */
    private static final long NORMALIZATION_VECTORS = 3;

    private RecurrentLayers() {}

    /** The inner layers: how many weights they have together, and how many biases. */
    private record Cell(long weights, long biases) {

        static final Cell EMPTY = new Cell(0, 0);

        /** Adds inner layers alike, each with {@code fanIn} weights for each of its outputs. */
        Cell plus(int number, long fanIn, long outputs) {
            long total = Math.multiplyExact((long) number, outputs);
            return new Cell(Math.addExact(weights, Math.multiplyExact(total, fanIn)), Math.addExact(biases, total));
        }

        long parameters(boolean normalized) {
            long perOutput = normalized ? 1 + NORMALIZATION_VECTORS : 1;
            return Math.addExact(weights, Math.multiplyExact(perOutput, biases));
        }
    }

    static Tensor rnn(NetworkAssembler network, CfgSection section, String name) {
        Activations.check(section, "logistic");
        Tensor x = network.vector(name);
        long outputs = section.outputs("output");
        // Darknet itself keeps a memory of the size of the output; a fork lets it differ.
        long hidden = section.positive("hidden", Math.toIntExact(outputs));
        Cell cell = Cell.EMPTY
                .plus(1, x.shape().dimension(1), hidden)
                .plus(1, hidden, hidden)
                .plus(1, hidden, outputs);
        return add(network, x, vector(name, x, outputs), counted(new Recurrent("RNN", hidden, 1), section, cell));
    }

    static Tensor gru(NetworkAssembler network, CfgSection section, String name) {
        return gated(network, section, name, "GRU", 3);
    }

    static Tensor lstm(NetworkAssembler network, CfgSection section, String name) {
        return gated(network, section, name, "LSTM", 4);
    }

    private static Tensor gated(NetworkAssembler network, CfgSection section, String name, String kind, int gates) {
        Tensor x = network.vector(name);
        long outputs = section.outputs("output");
        Cell cell = Cell.EMPTY.plus(gates, x.shape().dimension(1), outputs).plus(gates, outputs, outputs);
        return add(network, x, vector(name, x, outputs), counted(new Recurrent(kind, outputs, 1), section, cell));
    }

    static Tensor crnn(NetworkAssembler network, CfgSection section, String name) {
        Activations.check(section, "logistic");
        Tensor x = network.image(name);
        long hidden = section.outputs("hidden", "hidden_filters");
        long outputs = section.outputs("output", "output_filters");
        long size = section.positive("size", 3);
        checkExtentKept(section, size);
        Cell cell = Cell.EMPTY
                .plus(1, fanIn(size, x.shape().dimension(1), section), hidden)
                .plus(1, fanIn(size, hidden, section), hidden)
                .plus(1, fanIn(size, hidden, section), outputs);
        return add(network, x, image(name, x, outputs), counted(new Recurrent("ConvRNN", hidden, 1), section, cell));
    }

    static Tensor convLstm(NetworkAssembler network, CfgSection section, String name) {
        Activations.check(section, "linear");
        if (section.flag("bottleneck")) {
            throw new IllegalArgumentException("option 'bottleneck' is not supported");
        }
        Tensor x = network.image(name);
        long outputs = section.outputs("output", "output_filters");
        long size = section.positive("size", 3);
        checkExtentKept(section, size);
        Cell cell = Cell.EMPTY
                .plus(4, fanIn(size, x.shape().dimension(1), section), outputs)
                .plus(4, fanIn(size, outputs, section), outputs);
        if (section.flag("peephole")) {
            cell = cell.plus(3, fanIn(size, outputs, section), outputs);
        }
        return add(network, x, image(name, x, outputs), counted(new Recurrent("ConvLSTM", outputs, 1), section, cell));
    }

    private static long fanIn(long size, long channels, CfgSection section) {
        long groups = section.positive("groups", 1);
        if (channels % groups != 0) {
            throw new IllegalArgumentException(groups + " groups do not divide " + channels + " channels");
        }
        return Math.multiplyExact(Math.multiplyExact(size, size), channels / groups);
    }

    /** A memory has the extent of what is added to it, so the inner convolutions must keep it. */
    private static void checkExtentKept(CfgSection section, long size) {
        // Without a word on padding, Darknet pads a 3x3 window by one.
        boolean padded = (!section.has("pad") && !section.has("padding"))
                || section.flag("pad")
                || section.nonNegative("padding", 0) == size / 2;
        if (section.positive("stride", 1) != 1 || size % 2 == 0 || !padded) {
            throw new IllegalArgumentException(
                    "'stride' must be 1, 'size' odd and the image padded to keep its extent");
        }
    }

    /** The operator of a layer and what its inner layers count. */
    private record Counted(Recurrent operator, long parameters, long weights) {}

    private static Counted counted(Recurrent operator, CfgSection section, Cell cell) {
        return new Counted(operator, cell.parameters(section.flag("batch_normalize")), cell.weights());
    }

    private static Tensor vector(String name, Tensor x, long outputs) {
        return Tensor.float32(name, x.shape().dimension(0), outputs);
    }

    private static Tensor image(String name, Tensor x, long filters) {
        return Tensor.float32(
                name,
                x.shape().dimension(0),
                filters,
                x.shape().dimension(2),
                x.shape().dimension(3));
    }

    private static Tensor add(NetworkAssembler network, Tensor x, Tensor out, Counted counted) {
        long positions = out.shape().elements() / out.shape().dimension(1);
        network.net()
                .add(Layer.of(out.name(), counted.operator(), List.of(x), List.of(out))
                        .withParameters(counted.parameters(), ElementType.FLOAT32.bytes(counted.parameters()))
                        .withMacs(Math.multiplyExact(positions, counted.weights())));
        return out;
    }
}
