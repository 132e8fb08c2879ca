/**
 * The exact Pareto front of one chain, by label setting.
 *
 * <p>Not for users: the engine behind {@code ExactPareto}. Start from {@code ParetoLabelSetting}. Depends on {@code
 * chainsearch}, {@code pipeline}, {@code optimize}, {@code problem} and codnn-core.
 */
@NullMarked
package io.github.codnn.frontsearch;

import org.jspecify.annotations.NullMarked;
