/**
 * The {@code codnn} command line.
 *
 * <p>Start from {@link io.github.codnn.cli.Codnn}. Depends on everything but the benchmarks.
 */
@NullMarked
package io.github.codnn.cli;

import org.jspecify.annotations.NullMarked;
