/**
 * How the library is used: one class an example, each with a {@code main} that the tests run.
 *
 * <p>Start from {@link io.github.codnn.examples.Quickstart}.
 */
@NullMarked
package io.github.codnn.examples;

import org.jspecify.annotations.NullMarked;
