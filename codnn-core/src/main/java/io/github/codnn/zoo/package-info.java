/**
 * Standard networks, built in code, and a builder for other networks.
 *
 * <p>Start from {@link io.github.codnn.zoo.ModelZoo}. Depends on {@code graph} only.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.zoo;

import org.jspecify.annotations.NullMarked;
