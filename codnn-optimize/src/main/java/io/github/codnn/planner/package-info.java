/**
 * The entry points: planners of a scenario, strategies for any problem, and all strategies by name.
 *
 * <p>Start from {@link io.github.codnn.planner.Planner}. Depends on {@code baseline}, {@code swarm}, {@code exact},
 * {@code closest}, {@code pipeline}, {@code optimize}, {@code problem} and codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.planner;

import org.jspecify.annotations.NullMarked;
