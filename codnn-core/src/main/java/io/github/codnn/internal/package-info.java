/**
 * Helpers shared by the packages of this library; not part of its API; they can change at any time.
 *
 * <p>Depends only on the root package.
 */
@NullMarked
package io.github.codnn.internal;

import org.jspecify.annotations.NullMarked;
