/**
 * The standard networks, built in code, and the builder to write down others.
 *
 * <p>Start from {@link io.github.codnn.zoo.ModelZoo}. Depends on {@code graph} only.
 */
@NullMarked
package io.github.codnn.zoo;

import org.jspecify.annotations.NullMarked;
