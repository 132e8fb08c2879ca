/**
 * What a search is: the problem, what is minimised, when to stop, what comes out, and how far from optimal it can be.
 *
 * <p>Start from {@link io.github.codnn.optimize.Strategy} and {@link io.github.codnn.optimize.OffloadingProblem}. Depends
 * on codnn-core only.
 */
@NullMarked
package io.github.codnn.optimize;

import org.jspecify.annotations.NullMarked;
