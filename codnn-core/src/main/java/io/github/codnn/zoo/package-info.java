/**
 * Standard networks, built in code, and a builder for other networks.
 *
 * <p>Start from {@link io.github.codnn.zoo.ModelZoo}. Depends on {@code graph} only.
 */
@NullMarked
package io.github.codnn.zoo;

import org.jspecify.annotations.NullMarked;
