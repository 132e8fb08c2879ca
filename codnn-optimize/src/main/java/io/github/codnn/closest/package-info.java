/**
 * The plan that comes closest to keeping all constraints where no plan keeps them, and the least achievable value of
 * each broken constraint.
 *
 * <p>Start from {@link io.github.codnn.closest.ClosestPlan}. Not exported. Depends on {@code optimize},
 * {@code problem} and codnn-core.
 */
@NullMarked
package io.github.codnn.closest;

import org.jspecify.annotations.NullMarked;
