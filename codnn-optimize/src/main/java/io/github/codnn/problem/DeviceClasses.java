package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds devices that can be swapped in every placement without changing any figure. Being swappable is an equivalence,
 * since swaps of a first and a second device and of the second and a third one give a swap of the first and the third;
 * so classes are well defined.
 */
public final class DeviceClasses {

    private final CompiledScenario compiled;
    private final int devices;

    private DeviceClasses(CompiledScenario compiled) {
        this.compiled = compiled;
        devices = compiled.deviceCount();
    }

    /**
     * Finds the classes of equal devices, in O(L C D + X C D^2) time for L layers, X tensors, D devices and C classes.
     *
     * @param compiled the scenario
     * @return for each class its devices in platform order, the classes in the order of their first devices
     */
    public static List<List<Integer>> of(CompiledScenario compiled) {
        return new DeviceClasses(compiled).classes();
    }

    private List<List<Integer>> classes() {
        List<List<Integer>> classes = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            int found = 0;
            while (found < classes.size() && !areEqual(classes.get(found).get(0), device)) {
                found++;
            }
            if (found == classes.size()) {
                classes.add(new ArrayList<>());
            }
            classes.get(found).add(device);
        }
        return classes.stream().map(List::copyOf).toList();
    }

    private boolean areEqual(int one, int other) {
        return haveEqualFigures(one, other) && !isNamed(one) && !isNamed(other) && haveEqualLinks(one, other);
    }

    /** Tells whether the problem names this device: as a source, as a sink or in a pin. */
    private boolean isNamed(int device) {
        boolean named = false;
        for (int task = 0; task < compiled.taskCount(); task++) {
            named |= compiled.source(task) == device || compiled.sink(task) == device;
        }
        for (int layer = 0; layer < compiled.layerCount(); layer++) {
            named |= compiled.pinned(layer) == device;
        }
        return named;
    }

    private boolean haveEqualFigures(int one, int other) {
        Device device = compiled.scenario().platform().devices().get(one);
        Device candidate = compiled.scenario().platform().devices().get(other);
        boolean equal = device.memoryBytes() == candidate.memoryBytes()
                && device.idleWatts() == candidate.idleWatts()
                && device.pricePerSecond() == candidate.pricePerSecond()
                && device.switchOnJoules() == candidate.switchOnJoules();
        for (int layer = 0; equal && layer < compiled.layerCount(); layer++) {
            equal = compiled.seconds(layer, one) == compiled.seconds(layer, other)
                    && compiled.joules(layer, one) == compiled.joules(layer, other);
        }
        return equal;
    }

    private boolean haveEqualLinks(int one, int other) {
        boolean equal = shareEqually(one, other);
        for (int tensor = 0; equal && tensor < compiled.tensorCount(); tensor++) {
            equal = isSame(tensor, one, other, other, one);
            for (int third = 0; equal && third < devices; third++) {
                equal = third == one
                        || third == other
                        || (isSame(tensor, one, third, other, third) && isSame(tensor, third, one, third, other));
            }
        }
        return equal;
    }

    /** Tells whether the links of both devices share the same media. */
    private boolean shareEqually(int one, int other) {
        boolean equal = compiled.mediumCount() == 0 || compiled.medium(one, other) == compiled.medium(other, one);
        for (int third = 0; equal && compiled.mediumCount() > 0 && third < devices; third++) {
            equal = third == one
                    || third == other
                    || (compiled.medium(one, third) == compiled.medium(other, third)
                            && compiled.medium(third, one) == compiled.medium(third, other));
        }
        return equal;
    }

    private boolean isSame(int tensor, int from, int to, int otherFrom, int otherTo) {
        return compiled.transferSeconds(tensor, from, to) == compiled.transferSeconds(tensor, otherFrom, otherTo)
                && compiled.transferJoules(tensor, from, to) == compiled.transferJoules(tensor, otherFrom, otherTo);
    }
}
