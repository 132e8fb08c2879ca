/**
 * What is to run, where it runs, and what that gives: tasks, placements, plans, and their evaluation.
 *
 * <p>Start from {@link io.github.codnn.plan.Scenario}, the problem, and {@link io.github.codnn.plan.PlanEvaluator}, which
 * tells what a placement gives. Depends on {@code graph}, {@code platform} and {@code cost}.
 */
@NullMarked
package io.github.codnn.plan;

import org.jspecify.annotations.NullMarked;
