/**
 * Helpers shared by the packages of this library; not part of its API and free to change at any time.
 *
 * <p>Depends on no other package of this library but its root.
 */
@NullMarked
package io.github.codnn.internal;

import org.jspecify.annotations.NullMarked;
