/**
 * Plans and bounds of the period of one graph on tens of devices: slices of topological orders, and prices of devices.
 *
 * <p>Not for users: {@code Auto} asks it. Start from {@code PricedSlices}. Depends on {@code dagsearch}, {@code
 * optimize}, {@code problem} and codnn-core.
 */
@NullMarked
package io.github.codnn.slicing;

import org.jspecify.annotations.NullMarked;
