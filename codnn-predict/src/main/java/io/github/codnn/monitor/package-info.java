/**
 * How busy devices and how fast links are right now.
 *
 * <p>Start from {@link io.github.codnn.monitor.PlatformSnapshot}, which makes an up-to-date platform of what {@link
 * io.github.codnn.monitor.ResourceMonitor} and {@link io.github.codnn.monitor.BandwidthEstimator} tell. Depends on
 * {@code platform}, {@code cost} and {@code graph}.
 */
@NullMarked
package io.github.codnn.monitor;

import org.jspecify.annotations.NullMarked;
