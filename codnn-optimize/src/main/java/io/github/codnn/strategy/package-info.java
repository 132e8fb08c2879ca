/**
 * The strategies: each one class that names its source, an immutable settings object with {@code withDefaults()}.
 *
 * <p>Start from {@link io.github.codnn.optimize.Strategy}. Depends on {@code optimize} and codnn-core.
 */
@NullMarked
package io.github.codnn.strategy;

import org.jspecify.annotations.NullMarked;
