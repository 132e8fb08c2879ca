package io.github.codnn.optimize;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;

/**
 * Finds devices that can be swapped in every placement of a chain without changing any figure. Being swappable is an
 * equivalence, since a swap of the first and third device is made of swaps of neighbours; so classes are well defined.
 */
final class DeviceClasses {

    private final CompiledScenario compiled;
    private final Boundaries boundaries;
    private final int devices;

    DeviceClasses(CompiledScenario compiled, Boundaries boundaries) {
        this.compiled = compiled;
        this.boundaries = boundaries;
        devices = compiled.deviceCount();
    }

    /** Returns the class of each device, numbered from 0 by first device. */
    int[] classOf() {
        int[] classOf = new int[devices];
        int[] first = new int[devices];
        int classes = 0;
        for (int device = 0; device < devices; device++) {
            int found = 0;
            while (found < classes && !areEqual(first[found], device)) {
                found++;
            }
            if (found == classes) {
                first[classes++] = device;
            }
            classOf[device] = found;
        }
        return classOf;
    }

    private boolean areEqual(int one, int other) {
        return !isNamed(one) && !isNamed(other) && haveEqualFigures(one, other) && haveEqualLinks(one, other);
    }

    /** Tells whether the problem speaks of this very device. */
    private boolean isNamed(int device) {
        boolean named = compiled.source(0) == device || compiled.sink(0) == device;
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
                && device.pricePerSecond() == candidate.pricePerSecond();
        for (int layer = 0; equal && layer < compiled.layerCount(); layer++) {
            equal = compiled.seconds(layer, one) == compiled.seconds(layer, other)
                    && compiled.joules(layer, one) == compiled.joules(layer, other);
        }
        return equal;
    }

    private boolean haveEqualLinks(int one, int other) {
        boolean equal = boundaries.uploadSeconds(one) == boundaries.uploadSeconds(other)
                && boundaries.uploadJoules(one) == boundaries.uploadJoules(other)
                && boundaries.returnSeconds(one) == boundaries.returnSeconds(other)
                && boundaries.returnJoules(one) == boundaries.returnJoules(other);
        for (int kind = 0; equal && kind < boundaries.kinds(); kind++) {
            equal = isSame(kind, one, other, other, one);
            for (int third = 0; equal && third < devices; third++) {
                equal = third == one
                        || third == other
                        || (isSame(kind, one, third, other, third) && isSame(kind, third, one, third, other));
            }
        }
        return equal;
    }

    private boolean isSame(int kind, int from, int to, int otherFrom, int otherTo) {
        return boundaries.kindSeconds(kind, from, to) == boundaries.kindSeconds(kind, otherFrom, otherTo)
                && boundaries.kindJoules(kind, from, to) == boundaries.kindJoules(kind, otherFrom, otherTo);
    }
}
