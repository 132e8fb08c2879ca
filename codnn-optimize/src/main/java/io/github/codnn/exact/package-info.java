/**
 * Exact searches: proven optima of chains and graphs, and exact Pareto fronts.
 *
 * <p>Start from {@link io.github.codnn.exact.Exact}. The engines are the packages {@code chainsearch}, {@code
 * dagsearch} and {@code frontsearch}. Depends on them, {@code closest}, {@code pipeline}, {@code optimize}, {@code
 * problem} and codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.exact;

import org.jspecify.annotations.NullMarked;
