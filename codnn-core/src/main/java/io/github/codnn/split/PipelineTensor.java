package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A tensor that goes into or out of a stage or of the whole pipeline.
 *
 * @param name its name in the ONNX files, the same on both sides of a cut; not blank
 * @param type the type of its elements
 * @param shape its dimensions, outermost first, none for a scalar; empty if the rank is unknown
 * @param plannedShape of an input of the pipeline with open dimensions, the extents that the plan was made with;
 *     otherwise empty
 */
public record PipelineTensor(
        String name, TensorType type, Optional<List<Dimension>> shape, Optional<List<Long>> plannedShape) {

    /** Checks and copies the components. */
    public PipelineTensor {
        Checks.notBlank(name, "A tensor's name");
        Objects.requireNonNull(type, "type");
        shape = shape.map(List::copyOf);
        plannedShape = plannedShape.map(List::copyOf);
        for (long extent : plannedShape.orElse(List.of())) {
            Checks.nonNegative(extent, "A planned extent of tensor '" + name + "'");
        }
        if (plannedShape.isPresent() && !allows(shape, plannedShape.get())) {
            throw new IllegalArgumentException("Tensor '" + name + "' has shape " + shape.orElseThrow()
                    + ", but is planned with " + plannedShape.get());
        }
    }

    /**
     * Makes a tensor without a planned shape.
     *
     * @param name its name, not blank
     * @param type the type of its elements
     * @param shape its dimensions, outermost first; empty if the rank is unknown
     */
    public PipelineTensor(String name, TensorType type, Optional<List<Dimension>> shape) {
        this(name, type, shape, Optional.empty());
    }

    /**
     * Tells whether a tensor of some extents may be given for this one.
     *
     * @param extents the extents, outermost first
     * @return whether the rank and all fixed extents agree
     */
    public boolean allows(List<Long> extents) {
        return allows(shape, extents);
    }

    private static boolean allows(Optional<List<Dimension>> shape, List<Long> extents) {
        if (shape.isEmpty()) {
            return true;
        }
        if (shape.get().size() != extents.size()) {
            return false;
        }
        for (int axis = 0; axis < extents.size(); axis++) {
            OptionalLong fixed = shape.get().get(axis).extent();
            if (fixed.isPresent() && fixed.getAsLong() != extents.get(axis)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns this tensor with the extents that a plan was made with; nothing is added where all are fixed or the
     * declared shape does not allow them.
     *
     * @param extents the extents, outermost first
     * @return the changed tensor
     */
    public PipelineTensor withPlannedShape(List<Long> extents) {
        boolean isFixed = shape.isPresent()
                && shape.get().stream().allMatch(each -> each.extent().isPresent());
        return isFixed || !allows(extents) ? this : new PipelineTensor(name, type, shape, Optional.of(extents));
    }

    /**
     * Makes a tensor of known extents.
     *
     * @param name its name, not blank
     * @param type the type of its elements
     * @param extents its extents, outermost first
     * @return the tensor
     */
    public static PipelineTensor of(String name, TensorType type, long... extents) {
        return new PipelineTensor(
                name,
                type,
                Optional.of(Arrays.stream(extents).mapToObj(Dimension::of).toList()));
    }
}
