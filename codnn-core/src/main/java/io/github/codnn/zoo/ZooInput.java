package io.github.codnn.zoo;

import io.github.codnn.internal.Checks;

/**
 * The batch and input size of a network of the zoo.
 *
 * @param batch the number of images or sequences in one pass, at least 1
 * @param size the height and width of the square image in pixels, or the length of the sequence in tokens, at least 1
 */
public record ZooInput(long batch, long size) {

    /** Checks the components. */
    public ZooInput {
        Checks.positive(batch, "The batch");
        Checks.positive(size, "The input size");
    }

    /**
     * Makes a single image or sequence.
     *
     * @param size its height and width in pixels, or its length in tokens
     * @return the input
     */
    public static ZooInput ofSize(long size) {
        return new ZooInput(1, size);
    }

    /**
     * Returns this input with another batch.
     *
     * @param number the number of images or sequences in one pass, at least 1
     * @return the changed input
     */
    public ZooInput withBatch(long number) {
        return new ZooInput(number, size);
    }

    /**
     * Returns this input with another size.
     *
     * @param extent the height and width in pixels, or the length in tokens, at least 1
     * @return the changed input
     */
    public ZooInput withSize(long extent) {
        return new ZooInput(batch, extent);
    }
}
