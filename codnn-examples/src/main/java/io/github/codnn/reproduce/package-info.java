/**
 * The CoDNN paper's claims put to the test, each beside what this library measures; start from
 * {@link io.github.codnn.reproduce.Reproduction}.
 */
@NullMarked
package io.github.codnn.reproduce;

import org.jspecify.annotations.NullMarked;
