/**
 * Compares the claims of the CoDNN paper with what this library measures.
 *
 * <p>Start from {@link io.github.codnn.reproduce.Reproduction}. Depends on {@code chart} and the library.
 */
@NullMarked
package io.github.codnn.reproduce;

import org.jspecify.annotations.NullMarked;
