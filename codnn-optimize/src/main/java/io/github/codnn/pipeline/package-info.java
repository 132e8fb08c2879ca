/**
 * What stages, cuts and pipelines of several tasks cost, and how searches move and repair them.
 *
 * <p>Not for users: the engine that several strategies share. Start from {@code Scorer}. Depends on {@code optimize},
 * {@code problem} and codnn-core.
 */
@NullMarked
package io.github.codnn.pipeline;

import org.jspecify.annotations.NullMarked;
