package io.github.codnn.predict;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Predicts from regressions, one for each kind of device. The energy comes from the {@link PowerModel} of the kind of
 * device if there is one; otherwise it is the device's active power times the time.
 *
 * <p>Files are readable JSON with a version and the report of each fit. Immutable and thread-safe.
 */
public final class RegressionCostModel implements CostModel {

    private final Map<String, LayerRegression> byDeviceKind;
    private final Map<String, PowerModel> powers;

    RegressionCostModel(Map<String, LayerRegression> byDeviceKind, Map<String, PowerModel> powers) {
        this.byDeviceKind = Checks.copyInOrder(byDeviceKind);
        this.powers = Checks.copyInOrder(powers);
    }

    /**
     * Makes a model of one kind of device.
     *
     * @param deviceKind the kind of device, as of {@link Device#kind()}
     * @param regression the times of layers on it
     * @return the model
     */
    public static RegressionCostModel of(String deviceKind, LayerRegression regression) {
        return new RegressionCostModel(Map.of(), Map.of()).with(deviceKind, regression);
    }

    /**
     * Returns this model with one kind of device added or replaced.
     *
     * @param deviceKind the kind of device
     * @param regression the times of layers on it
     * @return the changed model
     */
    public RegressionCostModel with(String deviceKind, LayerRegression regression) {
        Checks.notBlank(deviceKind, "The kind of device");
        Map<String, LayerRegression> changed = new LinkedHashMap<>(byDeviceKind);
        changed.put(deviceKind, regression);
        return new RegressionCostModel(changed, powers);
    }

    /**
     * Returns this model with the energy of one kind of device added or replaced.
     *
     * @param deviceKind the kind of device, which must have a regression
     * @param power the energy of layers on it
     * @return the changed model
     */
    public RegressionCostModel withPower(String deviceKind, PowerModel power) {
        if (!byDeviceKind.containsKey(deviceKind)) {
            throw new IllegalArgumentException("There is no regression of device kind '" + deviceKind
                    + "'. Known kinds: " + byDeviceKind.keySet());
        }
        Map<String, PowerModel> changed = new LinkedHashMap<>(powers);
        changed.put(deviceKind, power);
        return new RegressionCostModel(byDeviceKind, changed);
    }

    /**
     * Finds the energy model of one kind of device.
     *
     * @param deviceKind the kind of device
     * @return the model, if there is one
     */
    public Optional<PowerModel> power(String deviceKind) {
        Objects.requireNonNull(deviceKind, "deviceKind");
        return Optional.ofNullable(powers.get(deviceKind));
    }

    /**
     * Returns the regressions.
     *
     * @return the regressions by kind of device
     */
    public Map<String, LayerRegression> regressions() {
        return byDeviceKind;
    }

    /**
     * Finds the regression of one kind of device.
     *
     * @param deviceKind the kind of device
     * @return the regression, if there is one
     */
    public Optional<LayerRegression> regression(String deviceKind) {
        Objects.requireNonNull(deviceKind, "deviceKind");
        return Optional.ofNullable(byDeviceKind.get(deviceKind));
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        LayerRegression regression = byDeviceKind.get(device.kind());
        if (regression == null) {
            throw new CodnnException(
                    "No regression is known for device '" + device.name() + "' of kind '" + device.kind()
                            + "'. Known kinds: " + Checks.some(byDeviceKind.keySet(), 20)
                            + ". Maybe profile the device and fit its measurements.");
        }
        if (layer.operator() instanceof Operator.Block block) {
            Cost sum = Cost.ZERO;
            for (Layer inner : block.body().layers()) {
                sum = sum.plus(compute(inner, device));
            }
            return sum;
        }
        double seconds = regression.predict(layer).seconds();
        PowerModel power = powers.get(device.kind());
        return new Cost(seconds, power == null ? seconds * device.activeWatts() : power.joules(layer, seconds));
    }

    /**
     * Tells whether the prediction of a layer is a guess: its kind was never measured and another kind or a rough fit
     * over all kinds stands in, or it has more or less work than every measured layer of its kind.
     */
    @Override
    public Optional<String> unknownWork(Layer layer, Device device) {
        LayerRegression regression = byDeviceKind.get(device.kind());
        if (regression == null || layer.operator() instanceof Operator.Block) {
            return CostModel.super.unknownWork(layer, device);
        }
        return regression.doubt(layer);
    }

    /**
     * Writes the model as JSON and replaces an existing file.
     *
     * @param file the file
     * @throws CodnnException if it cannot be written
     */
    public void write(Path file) {
        RegressionJson.write(this, file);
    }

    /**
     * Reads a model that {@link #write} wrote.
     *
     * @param file the file
     * @return the model
     * @throws CodnnException if the file cannot be read or is not such a model
     */
    public static RegressionCostModel read(Path file) {
        return RegressionReader.read(file);
    }
}
