package io.github.codnn.cost;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.OperatorKinds;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Predicts from three parameters of a device: {@code seconds = MACs / S + weightBytes / W + o} for every layer that is
 * a separate kernel, and zero for layers that inference engines fuse into their predecessor (activations, batch
 * normalisation) or that move no data (reshapes). Energy is the device's active power times that time.
 *
 * <p>The presets come from a non-negative least-squares fit of the relative error to whole-model latencies at batch 1
 * in single precision: the benchmark tables of ncnn, the TVM wiki (Raspberry Pi 3B, Pixel 2) and PaddleClas (Tesla T4).
 * Their mean error over the models of those tables is 5 to 19 % and the worst 10 to 39 %. S can exceed a device's peak
 * because Winograd convolution saves multiplications, and o includes the memory traffic of feature maps. Single layers
 * are less accurate; if that is important, measure and use a fitted model.
 *
 * <p>Immutable and thread-safe. One prediction takes O(1) time, for a block O(inner layers).
 */
public final class RooflineCostModel implements CostModel {

    private static final Map<String, Roofline> PRESETS = presetRooflines();

    private final Map<String, Roofline> rooflines;

    private RooflineCostModel(Map<String, Roofline> rooflines) {
        this.rooflines = Checks.copyInOrder(rooflines);
    }

    /**
     * Returns the model of the kinds of {@link DevicePresets}.
     *
     * @return the model with the presets
     */
    public static RooflineCostModel withPresets() {
        return new RooflineCostModel(PRESETS);
    }

    /**
     * Returns this model with one kind of device added or replaced.
     *
     * @param kind the kind of device
     * @param roofline its speed
     * @return the changed model
     */
    public RooflineCostModel with(String kind, Roofline roofline) {
        Map<String, Roofline> changed = new LinkedHashMap<>(rooflines);
        changed.put(kind, roofline);
        return new RooflineCostModel(changed);
    }

    /**
     * Returns the speed of a kind of device.
     *
     * @param kind the kind, such as the name of a preset
     * @return its speed, nothing if this model knows none
     */
    public Optional<Roofline> roofline(String kind) {
        Objects.requireNonNull(kind, "kind");
        return Optional.ofNullable(rooflines.get(kind));
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(device, "device");
        Roofline roofline = rooflines.get(device.kind());
        if (roofline == null) {
            throw new CodnnException("No speed is known for device '" + device.name() + "' of kind '" + device.kind()
                    + "'. Known kinds: " + Checks.some(rooflines.keySet(), 20));
        }
        double seconds = seconds(layer, roofline);
        return Cost.atPower(seconds, device.activeWatts());
    }

    private static double seconds(Layer layer, Roofline roofline) {
        if (layer.operator() instanceof Operator.Block block) {
            double seconds = 0;
            for (Layer inner : block.body().layers()) {
                seconds += seconds(inner, roofline);
            }
            return seconds;
        }
        // The kernels in the fit of the presets; its models did not include transformers and recurrent networks.
        return layer.macs() / roofline.macsPerSecond()
                + layer.parameterBytes() / roofline.weightBytesPerSecond()
                + (OperatorKinds.isKernel(layer.operator()) ? roofline.secondsPerKernel() : 0);
    }

    private static Map<String, Roofline> presetRooflines() {
        Map<String, Roofline> presets = new LinkedHashMap<>();
        preset(presets, DevicePresets.RASPBERRY_PI_3B_PLUS, 9, 3.6, 1.063);
        preset(presets, DevicePresets.RASPBERRY_PI_3B, 8, Double.POSITIVE_INFINITY, 1.199);
        preset(presets, DevicePresets.RASPBERRY_PI_4B, 29, 6.2, 0.819);
        preset(presets, DevicePresets.RASPBERRY_PI_5, 144, 17.1, 0.126);
        preset(presets, DevicePresets.PIXEL_2, 37, Double.POSITIVE_INFINITY, 0.354);
        preset(presets, DevicePresets.SNAPDRAGON_855_PLUS, 248, 22.8, 0.046);
        preset(presets, DevicePresets.RYZEN_V1605B, 92.4, 19.0, 0.074);
        preset(presets, DevicePresets.JETSON_NANO_CPU, 38, 4.1, 0.436);
        preset(presets, DevicePresets.JETSON_NANO_GPU, 66, 4.4, 0.113);
        preset(presets, DevicePresets.JETSON_TX2_NX_GPU, 396, 15.5, 0.106);
        preset(presets, DevicePresets.JETSON_AGX_XAVIER_CPU, 248, 24.9, 0.153);
        preset(presets, DevicePresets.JETSON_AGX_XAVIER_GPU, 641, 41.6, 0.054);
        preset(presets, DevicePresets.CORE_I7_13700K, 624, 97, 0.034);
        preset(presets, DevicePresets.RTX_2080, 3546, 155, 0.034);
        preset(presets, DevicePresets.AWS_C5_4XLARGE, 470, 99, 0.062);
        preset(presets, DevicePresets.TESLA_T4_FP32, 5108, 237, 0.020);
        preset(presets, DevicePresets.TESLA_T4_FP16, 13097, 183, 0.023);
        preset(presets, DevicePresets.TESLA_V100, 23600, 268, 0.037);
        return presets;
    }

    private static void preset(
            Map<String, Roofline> presets,
            DevicePresets preset,
            double gigaMacsPerSecond,
            double gigabytesPerSecond,
            double millisecondsPerKernel) {
        presets.put(
                preset.preset(),
                new Roofline(gigaMacsPerSecond * 1e9, gigabytesPerSecond * 1e9, millisecondsPerKernel * 1e-3));
    }
}
