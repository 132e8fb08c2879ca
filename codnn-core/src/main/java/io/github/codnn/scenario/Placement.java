package io.github.codnn.scenario;

import io.github.codnn.internal.Checks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The device of every layer. Immutable and thread-safe.
 *
 * @param deviceByLayer by name of the task and name of the layer, the name of the device; keeps the order of insertion
 */
public record Placement(Map<String, Map<String, String>> deviceByLayer) {

    /** Copies the components. */
    public Placement {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        deviceByLayer.forEach((task, devices) -> copy.put(task, Checks.copyInOrder(devices)));
        deviceByLayer = Checks.copyInOrder(copy);
    }

    /**
     * Places every layer of every task on one device.
     *
     * @param workload the tasks
     * @param device the name of the device
     * @return the placement
     */
    public static Placement allOn(Workload workload, String device) {
        Map<String, Map<String, String>> tasks = new LinkedHashMap<>();
        for (Task task : workload.tasks()) {
            Map<String, String> layers = new LinkedHashMap<>();
            task.graph().layers().forEach(layer -> layers.put(layer.name(), device));
            tasks.put(task.name(), layers);
        }
        return new Placement(tasks);
    }

    /**
     * Returns the devices of the layers of one task.
     *
     * @param task the name of the task
     * @return the name of the device of every layer
     * @throws IllegalArgumentException if this placement has no such task
     */
    public Map<String, String> of(String task) {
        Map<String, String> devices = deviceByLayer.get(task);
        if (devices == null) {
            throw new IllegalArgumentException("The placement has no task '" + task + "'. It has ["
                    + Checks.some(deviceByLayer.keySet(), 8) + "]");
        }
        return devices;
    }
}
