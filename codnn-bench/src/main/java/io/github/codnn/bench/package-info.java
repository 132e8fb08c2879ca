/**
 * Measures how fast the library is and how good its plans are, by itself and against other libraries.
 *
 * <p>Start from {@link io.github.codnn.bench.EvaluateBenchmark}.
 */
@NullMarked
package io.github.codnn.bench;

import org.jspecify.annotations.NullMarked;
