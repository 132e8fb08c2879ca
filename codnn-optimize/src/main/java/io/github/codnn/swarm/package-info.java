/**
 * Particle swarms for one task and for many tasks, and the local search that improves their plans.
 *
 * <p>Start from {@link io.github.codnn.swarm.Dbpso}. Depends on {@code baseline}, {@code chainsearch}, {@code
 * pipeline}, {@code optimize}, {@code problem} and codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.swarm;

import org.jspecify.annotations.NullMarked;
