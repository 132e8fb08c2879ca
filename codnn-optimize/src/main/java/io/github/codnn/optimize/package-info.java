/**
 * What a search is: the interface of strategies, their options, stop rules and results.
 *
 * <p>Start from {@link io.github.codnn.optimize.Strategy}. Depends on {@code problem} and codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.optimize;

import org.jspecify.annotations.NullMarked;
