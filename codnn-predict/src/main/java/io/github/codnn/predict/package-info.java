/**
 * Predicts the costs of layers from measurements: regressions per kind of operator and their accuracy on unseen layers.
 *
 * <p>Start from {@link io.github.codnn.predict.RegressionTrainer}. Depends on {@code graph}, {@code platform} and
 * {@code cost}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.predict;

import org.jspecify.annotations.NullMarked;
