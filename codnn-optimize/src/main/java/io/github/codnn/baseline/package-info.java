/**
 * Classical and published strategies: one device, greedy, random, Neurosurgeon, DADS, genetic algorithms, tree search
 * and others.
 *
 * <p>Start from {@link io.github.codnn.baseline.Greedy}. Depends on {@code pipeline}, {@code optimize}, {@code problem}
 * and codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.baseline;

import org.jspecify.annotations.NullMarked;
