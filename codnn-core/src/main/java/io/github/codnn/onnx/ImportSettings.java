package io.github.codnn.onnx;

import io.github.codnn.internal.Checks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the caller of a reader has set.
 *
 * @param dimensions the extents of open dimensions by name
 * @param otherwise the extent of all other open dimensions
 * @param isDefaultChosen whether the caller chose that extent
 * @param inputShapes the shapes of inputs by name
 * @param inputValues the values of inputs by name
 */
record ImportSettings(
        Map<String, Long> dimensions,
        long otherwise,
        boolean isDefaultChosen,
        Map<String, List<Long>> inputShapes,
        Map<String, List<Double>> inputValues) {

    static final ImportSettings DEFAULTS = new ImportSettings(Map.of(), 1, false, Map.of(), Map.of());

    ImportSettings {
        dimensions = Checks.copyInOrder(dimensions);
        inputShapes = Checks.copyInOrder(inputShapes);
        inputValues = Checks.copyInOrder(inputValues);
    }

    ImportSettings withDimension(String name, long extent) {
        return new ImportSettings(with(dimensions, name, extent), otherwise, isDefaultChosen, inputShapes, inputValues);
    }

    ImportSettings withOtherDimensions(long extent) {
        return new ImportSettings(dimensions, extent, true, inputShapes, inputValues);
    }

    ImportSettings withInputShape(String input, List<Long> shape) {
        return new ImportSettings(
                dimensions, otherwise, isDefaultChosen, with(inputShapes, input, List.copyOf(shape)), inputValues);
    }

    ImportSettings withInputValue(String input, List<Double> values) {
        return new ImportSettings(
                dimensions, otherwise, isDefaultChosen, inputShapes, with(inputValues, input, List.copyOf(values)));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
