/**
 * The least cost of one network, by label setting over its blocks.
 *
 * <p>Not for users: the engine behind {@code ExactCost}. Start from {@code CostSearch}. Depends on {@code optimize},
 * {@code problem} and codnn-core.
 */
@NullMarked
package io.github.codnn.costsearch;

import org.jspecify.annotations.NullMarked;
