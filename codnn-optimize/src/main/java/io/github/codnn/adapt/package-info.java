/**
 * Keeping a plan right when conditions change: what becomes of it, what limits it, when to move to another one.
 *
 * <p>Start from {@link io.github.codnn.adapt.WhatIf}. Depends on {@code planner}, {@code optimize}, {@code problem} and
 * codnn-core.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.adapt;

import org.jspecify.annotations.NullMarked;
