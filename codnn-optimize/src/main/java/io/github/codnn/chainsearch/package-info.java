/**
 * The exact search of one chain: least period, then least response time, by dynamic programming over cuts and devices.
 *
 * <p>Not for users: the engine behind {@code ExactPipeline}. Start from {@code ChainSearch}. Depends on {@code
 * pipeline}, {@code optimize}, {@code problem} and codnn-core.
 */
@NullMarked
package io.github.codnn.chainsearch;

import org.jspecify.annotations.NullMarked;
