package io.github.codnn.chainsearch;

import java.util.ArrayList;
import java.util.List;

/** Assembles a path from its last stage to its first. */
public final class PathBuilder {

    private final List<Integer> classes = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    public void prepend(int deviceClass, int end) {
        classes.add(0, deviceClass);
        ends.add(0, end);
    }

    public ChainPath build() {
        return new ChainPath(
                classes.stream().mapToInt(deviceClass -> deviceClass).toArray(),
                ends.stream().mapToInt(end -> end).toArray());
    }
}
