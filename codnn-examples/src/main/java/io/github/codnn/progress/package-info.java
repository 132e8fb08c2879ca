/**
 * Progress bars of commands.
 *
 * <p>Start from {@link io.github.codnn.progress.StepBar}. Depends on no other package.
 */
@NullMarked
package io.github.codnn.progress;

import org.jspecify.annotations.NullMarked;
