package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.NearestNames;
import io.github.codnn.graph.Layer;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers that must run on a device, as {@code --pin LAYER=DEVICE} states them.
 *
 * @param devices the name of the device by layer
 */
record Pins(Map<String, String> devices) {

    Pins {
        devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
    }

    static Pins parse(List<String> texts) {
        Map<String, String> devices = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.lastIndexOf('=');
            if (equals <= 0 || equals == text.length() - 1) {
                throw new CodnnException("--pin " + text + ": write LAYER=DEVICE; codnn inspect lists the layers");
            }
            if (devices.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw new CodnnException("--pin " + text + ": the layer is pinned twice. Remove one");
            }
        }
        return new Pins(devices);
    }

    /** Pins the layers of all tasks that have them; the pins of other layers stay. */
    Scenario applyTo(Scenario scenario) {
        if (devices.isEmpty()) {
            return scenario;
        }
        devices.values().forEach(scenario.platform()::indexOf);
        List<String> layers = scenario.workload().tasks().stream()
                .flatMap(task -> task.graph().layers().stream())
                .map(Layer::name)
                .toList();
        devices.keySet().forEach(layer -> {
            if (!layers.contains(layer)) {
                throw new CodnnException("--pin " + layer + "=...: no task has a layer of that name."
                        + NearestNames.question(layer, layers) + " codnn inspect lists the layers");
            }
        });
        return scenario.withWorkload(new Workload(
                scenario.workload().tasks().stream().map(this::pinned).toList()));
    }

    private Task pinned(Task task) {
        Map<String, String> pinned = new LinkedHashMap<>(task.pinned());
        task.graph().layers().stream()
                .map(Layer::name)
                .filter(devices::containsKey)
                .forEach(layer -> pinned.put(layer, devices.getOrDefault(layer, "")));
        return task.withPinned(pinned);
    }
}
