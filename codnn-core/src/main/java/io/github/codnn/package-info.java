/**
 * What all packages share: {@link io.github.codnn.CodnnException}, the one family of errors about input, and {@link
 * io.github.codnn.WholeFiles}, which writes files whole or not at all.
 *
 * <p>Start from {@code io.github.codnn.graph.LayerGraph} for models, {@code io.github.codnn.scenario.Scenario} for
 * planning problems. Depends on nothing.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn;

import org.jspecify.annotations.NullMarked;
