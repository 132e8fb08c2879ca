package io.github.codnn.runtime;

import java.util.List;

/**
 * What a comparison of a split model with the whole one has found.
 *
 * @param frames how many random frames were run
 * @param outputs the outputs that were compared, in the order of the model
 * @param different the outputs that were not equal bit for bit in every frame, with optimisation off
 * @param constant the outputs that were the same in all frames, although their inputs differed: comparing them proves
 *     little
 * @param greatestDifference the greatest difference between an element of the whole model's output and the same one of
 *     the stages', with optimisation on: 0 if they are equal; infinite if one is NaN or another shape and the other is
 *     not
 */
public record SplitVerification(
        int frames, List<String> outputs, List<String> different, List<String> constant, double greatestDifference) {

    /** Copies the components. */
    public SplitVerification {
        outputs = List.copyOf(outputs);
        different = List.copyOf(different);
        constant = List.copyOf(constant);
    }

    /**
     * Tells whether the stages give exactly what the whole model gives.
     *
     * @return whether all outputs are equal bit for bit with optimisation off
     */
    public boolean isEqual() {
        return different.isEmpty();
    }
}
