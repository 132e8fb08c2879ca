/**
 * Numbers with units as people type them.
 *
 * <p>Start from {@link io.github.codnn.units.Units}. Depends on no other package.
 */
@NullMarked
package io.github.codnn.units;

import org.jspecify.annotations.NullMarked;
