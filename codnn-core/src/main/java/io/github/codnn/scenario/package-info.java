/**
 * The input of planning: tasks with their networks, devices, costs and rules, and placements of layers on devices.
 *
 * <p>Start from {@link io.github.codnn.scenario.Scenario}. Depends on {@code graph}, {@code platform} and {@code cost}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.scenario;

import org.jspecify.annotations.NullMarked;
