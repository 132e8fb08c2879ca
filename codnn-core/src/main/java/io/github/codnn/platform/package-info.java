/**
 * Devices, the links between them, and presets with their sources.
 *
 * <p>Start from {@link io.github.codnn.platform.Platform}. Depends on no other package of this library but its root and
 * {@code internal}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.platform;

import org.jspecify.annotations.NullMarked;
