package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * A tensor and where it comes from.
 *
 * @param tensor the tensor
 * @param from the name of the stage that writes it, or {@link PipelineManifest#CALLER} if the caller gives it
 */
public record PipelineRoute(PipelineTensor tensor, String from) {

    /** Checks the components. */
    public PipelineRoute {
        Objects.requireNonNull(tensor, "tensor");
        Checks.notBlank(from, "The origin of tensor '" + tensor.name() + "'");
    }
}
