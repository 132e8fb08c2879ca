/**
 * Measures the current load of devices and the current speed of links.
 *
 * <p>Start from {@link io.github.codnn.monitor.PlatformSnapshot}, which makes an up-to-date platform from the
 * observations of {@link io.github.codnn.monitor.ResourceMonitor} and
 * {@link io.github.codnn.monitor.BandwidthEstimator}. Depends on {@code platform}, {@code cost} and {@code graph}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.monitor;

import org.jspecify.annotations.NullMarked;
