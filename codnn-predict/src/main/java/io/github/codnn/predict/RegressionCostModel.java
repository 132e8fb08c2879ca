package io.github.codnn.predict;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Predicts from regressions, one for each kind of device. Energy is the device's active power times the time.
 *
 * <p>Saved as readable JSON, with a version and with the report of each fit. Immutable and thread-safe.
 */
public final class RegressionCostModel implements CostModel {

    private final Map<String, LayerRegression> byDeviceKind;

    RegressionCostModel(Map<String, LayerRegression> byDeviceKind) {
        this.byDeviceKind = Checks.copyInOrder(byDeviceKind);
    }

    /**
     * Makes a model of one kind of device.
     *
     * @param deviceKind the kind of device, as of {@link Device#kind()}
     * @param regression what layers take on it
     * @return the model
     */
    public static RegressionCostModel of(String deviceKind, LayerRegression regression) {
        return new RegressionCostModel(Map.of()).with(deviceKind, regression);
    }

    /**
     * Returns this model with one kind of device added or replaced.
     *
     * @param deviceKind the kind of device
     * @param regression what layers take on it
     * @return the changed model
     */
    public RegressionCostModel with(String deviceKind, LayerRegression regression) {
        Checks.notBlank(deviceKind, "The kind of device");
        Map<String, LayerRegression> changed = new LinkedHashMap<>(byDeviceKind);
        changed.put(deviceKind, regression);
        return new RegressionCostModel(changed);
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
        double seconds = regression.predict(layer).seconds();
        return new Cost(seconds, seconds * device.activeWatts());
    }

    /**
     * Writes the model as JSON; an existing file is replaced.
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
        return RegressionJson.read(file);
    }
}
