/**
 * Reads and writes platform, problem and plan files, which are JSON.
 *
 * <p>Start from {@link io.github.codnn.json.PlanJson}. A file that cannot be read gives one {@link
 * io.github.codnn.CodnnException} that names the file, the field and the reason. Depends on {@code graph}, {@code
 * platform}, {@code cost}, {@code scenario} and {@code plan}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.json;

import org.jspecify.annotations.NullMarked;
