package io.github.codnn.frontsearch;

import io.github.codnn.chainsearch.ChainPath;
import io.github.codnn.chainsearch.PathBuilder;
import java.util.Arrays;

/** Expanded stages, each with its predecessor: enough to read paths back after their labels have been released. */
final class StageLog {

    private int[] predecessors = new int[1024];
    private int[] starts = new int[1024];
    private byte[] deviceClasses = new byte[1024];
    private int size;

    /** Adds a stage and returns it; {@code predecessor} is -1 for the first one of a path. */
    int add(int predecessor, int start, int deviceClass) {
        if (size == predecessors.length) {
            int capacity = Math.multiplyExact(size, 2);
            predecessors = Arrays.copyOf(predecessors, capacity);
            starts = Arrays.copyOf(starts, capacity);
            deviceClasses = Arrays.copyOf(deviceClasses, capacity);
        }
        predecessors[size] = predecessor;
        starts[size] = start;
        deviceClasses[size] = (byte) deviceClass;
        return size++;
    }

    int size() {
        return size;
    }

    /** Returns the path that ends with a stage. */
    ChainPath path(int last, int layers) {
        PathBuilder path = new PathBuilder();
        int end = layers;
        for (int stage = last; stage >= 0; stage = predecessors[stage]) {
            path.prepend(deviceClasses[stage], end);
            end = starts[stage];
        }
        return path.build();
    }
}
