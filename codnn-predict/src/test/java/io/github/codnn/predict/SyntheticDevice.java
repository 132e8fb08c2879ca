package io.github.codnn.predict;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A device whose times follow a known law, with a little noise, and layers to measure on it. */
final class SyntheticDevice {

    private final double secondsPerMac;
    private final double secondsPerByte;
    private final double noise;
    private final SplittableRandom random;

    SyntheticDevice(double secondsPerMac, double secondsPerByte, double noise, long seed) {
        this.secondsPerMac = secondsPerMac;
        this.secondsPerByte = secondsPerByte;
        this.noise = noise;
        this.random = new SplittableRandom(seed);
    }

    double seconds(Layer layer) {
        return 5e-6 + layer.macs() * secondsPerMac + (layer.inputBytes() + layer.outputBytes()) * secondsPerByte;
    }

    Measurements measure(List<Layer> layers) {
        List<Measurement> rows = new ArrayList<>();
        for (Layer layer : layers) {
            double factor = 1 + noise * (2 * random.nextDouble() - 1);
            rows.add(Measurement.of(layer, seconds(layer) * factor));
        }
        return Measurements.of(rows);
    }

    static List<Layer> layers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Layer> layers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            long channels = 8 + random.nextLong(100);
            long extent = 7 + random.nextLong(60);
            String name = "layer " + index;
            switch (index % 4) {
                case 0 -> layers.add(convolution(name, channels, extent, 8 + random.nextLong(100), 3));
                case 1 -> layers.add(convolution(name, channels, extent, 8 + random.nextLong(100), 1));
                case 2 -> layers.add(relu(name, channels, extent));
                default -> layers.add(gemm(name, channels * 20, 10 + random.nextLong(1000)));
            }
        }
        return layers;
    }

    static Layer convolution(String name, long in, long extent, long out, int kernel) {
        Operator operator = new Operator.Convolution(Window.square(kernel, 1, kernel / 2), 1, false);
        long weights = in * out * kernel * kernel;
        return Layer.of(
                        name,
                        operator,
                        List.of(Tensor.float32(name + " in", 1, in, extent, extent)),
                        List.of(Tensor.float32(name + " out", 1, out, extent, extent)))
                .withParameters(weights, 4 * weights)
                .withMacs(weights * extent * extent);
    }

    static Layer relu(String name, long channels, long extent) {
        return elementwise(name, new Operator.Activation("Relu"), channels, extent);
    }

    static Layer elementwise(String name, Operator operator, long channels, long extent) {
        return Layer.of(
                name,
                operator,
                List.of(Tensor.float32(name + " in", 1, channels, extent, extent)),
                List.of(Tensor.float32(name + " out", 1, channels, extent, extent)));
    }

    static Layer gemm(String name, long in, long out) {
        return Layer.of(
                        name,
                        new Operator.FullyConnected(),
                        List.of(Tensor.float32(name + " in", 1, in)),
                        List.of(Tensor.float32(name + " out", 1, out)))
                .withParameters(in * out, 4 * in * out)
                .withMacs(in * out);
    }
}
