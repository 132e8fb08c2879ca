/**
 * Problems, fitness functions, and lower bounds that no plan can beat.
 *
 * <p>Start from {@link io.github.codnn.problem.OffloadingProblem}. {@code DeviceClasses}, {@code CutTensors} and {@code
 * FractionalKnapsack} are public for sister packages only. Depends on codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.problem;

import org.jspecify.annotations.NullMarked;
