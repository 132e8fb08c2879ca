/**
 * What layers and transfers cost, predicted or measured.
 *
 * <p>Start from {@link io.github.codnn.cost.CostModel}. Depends on {@code graph} and {@code platform}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.cost;

import org.jspecify.annotations.NullMarked;
