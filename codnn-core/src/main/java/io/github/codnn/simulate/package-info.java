/**
 * Simulates a plan frame by frame with discrete events, as a check of the closed form that is independent of it.
 *
 * <p>Start from {@link io.github.codnn.simulate.PipelineSimulator}. Depends on {@code graph}, {@code platform}, {@code
 * cost}, {@code scenario} and {@code plan}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.simulate;

import org.jspecify.annotations.NullMarked;
