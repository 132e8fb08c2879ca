/**
 * Problems with proven optima, to compare planners on.
 *
 * <p>Start from {@link io.github.codnn.benchmark.BenchmarkProblem}. Depends on {@code problem} and codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.benchmark;

import org.jspecify.annotations.NullMarked;
