/**
 * Charts as SVG, written without fonts, windows or optional libraries.
 *
 * <p>Start from {@link io.github.codnn.chart.LineChart}. Depends on no other package.
 */
@NullMarked
package io.github.codnn.chart;

import org.jspecify.annotations.NullMarked;
