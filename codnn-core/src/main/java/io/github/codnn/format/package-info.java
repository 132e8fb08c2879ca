/**
 * Model, platform, problem and plan files: readers and writers.
 *
 * <p>Start from {@link io.github.codnn.format.ImportedModel}, what every reader of networks returns. Every reader answers
 * bad input with one {@link io.github.codnn.CodnnException} that names the file, the place in it and the reason. Depends
 * on {@code graph}, {@code zoo}, {@code platform}, {@code cost} and {@code plan}.
 */
@NullMarked
package io.github.codnn.format;

import org.jspecify.annotations.NullMarked;
