/**
 * Turns a split model into what other servers read: starting points to edit, not finished deployments.
 *
 * <p>Start from {@link io.github.codnn.export.TritonRepository} or {@link io.github.codnn.export.KserveGraph}. Depends
 * on the library only.
 */
@NullMarked
package io.github.codnn.export;

import org.jspecify.annotations.NullMarked;
