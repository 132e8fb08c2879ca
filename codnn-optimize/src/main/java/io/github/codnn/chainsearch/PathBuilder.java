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

    /** What a search remembers of its stages, enough to go back from each to the one before. */
    interface History {

        /** Returns where a stage starts that ends at a cut; {@code before} is what was used before it. */
        int start(int before, int deviceClass, int end);

        /** Returns the class of a stage that ends at {@code start} and that the class may follow; -1 for none. */
        int predecessor(int before, int deviceClass, int start);
    }

    /**
     * Reads a path back from its last stage.
     *
     * @param stride what a stage of each class adds to what is used
     * @param used what is used with the last stage
     */
    static ChainPath readBack(History history, int[] stride, int used, int lastClass, int layers) {
        PathBuilder path = new PathBuilder();
        int before = used - stride[lastClass];
        int deviceClass = lastClass;
        int end = layers;
        while (true) {
            int start = history.start(before, deviceClass, end);
            path.prepend(deviceClass, end);
            if (start == 0) {
                return path.build();
            }
            int predecessor = history.predecessor(before, deviceClass, start);
            if (predecessor < 0) {
                throw new IllegalStateException(
                        "A stage on class " + deviceClass + " starts at cut " + start + " after nothing");
            }
            before -= stride[predecessor];
            deviceClass = predecessor;
            end = start;
        }
    }

    public ChainPath build() {
        return new ChainPath(
                classes.stream().mapToInt(deviceClass -> deviceClass).toArray(),
                ends.stream().mapToInt(end -> end).toArray());
    }
}
