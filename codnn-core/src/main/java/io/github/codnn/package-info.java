/**
 * What all packages share: {@link io.github.codnn.CodnnException}, the one family of errors about input.
 *
 * <p>Start from {@code io.github.codnn.graph.LayerGraph} for models, {@code io.github.codnn.scenario.Scenario} for
 * planning problems. Depends on nothing.
 */
@NullMarked
package io.github.codnn;

import org.jspecify.annotations.NullMarked;
