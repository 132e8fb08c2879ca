/**
 * The evaluation of placements: period, response time, energy, price, memory and violations, in closed form.
 *
 * <p>Start from {@link io.github.codnn.plan.PlanEvaluator}, which makes a {@link io.github.codnn.plan.Plan} of a
 * placement. Depends on {@code graph}, {@code platform}, {@code cost} and {@code scenario}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.plan;

import org.jspecify.annotations.NullMarked;
