/**
 * The exact search of one graph: least period, by depth-first search over down-sets and by dynamic programming over
 * them.
 *
 * <p>Not for users: the engine behind {@code ExactDag}. Start from {@code DagSearch} and {@code
 * SuffixSearch}. Depends on {@code optimize}, {@code problem} and codnn-core.
 */
@NullMarked
package io.github.codnn.dagsearch;

import org.jspecify.annotations.NullMarked;
