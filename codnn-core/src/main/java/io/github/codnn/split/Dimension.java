package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One dimension of a tensor that goes into or out of a stage: an extent, or a name for an extent that each frame may
 * choose. Dimensions of one name have one extent within a frame.
 *
 * @param extent the extent, zero or greater; empty if each frame may choose it
 * @param name the name of a dimension without a fixed extent; empty text if it has an extent or no name
 */
public record Dimension(OptionalLong extent, String name) {

    /** Checks the components. */
    public Dimension {
        Objects.requireNonNull(name, "name");
        extent.ifPresent(value -> Checks.nonNegative(value, "A dimension"));
        if (extent.isPresent() && !name.isEmpty()) {
            throw new IllegalArgumentException(
                    "A dimension has an extent or a name, but this has " + extent.getAsLong() + " and '" + name + "'");
        }
    }

    /**
     * Makes a dimension of fixed extent.
     *
     * @param extent the extent, zero or greater
     * @return the dimension
     */
    public static Dimension of(long extent) {
        return new Dimension(OptionalLong.of(extent), "");
    }

    /**
     * Makes a dimension that each frame may choose.
     *
     * @param name its name, such as {@code batch}; empty if it has none
     * @return the dimension
     */
    public static Dimension named(String name) {
        return new Dimension(OptionalLong.empty(), name);
    }

    /** Returns the extent, or the name, or {@code ?} if there is neither. */
    @Override
    public String toString() {
        return extent.isPresent() ? Long.toString(extent.getAsLong()) : name.isEmpty() ? "?" : name;
    }
}
