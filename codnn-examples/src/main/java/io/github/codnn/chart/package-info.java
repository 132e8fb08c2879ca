/**
 * Charts as SVG, written without fonts, windows or optional libraries; start from
 * {@link io.github.codnn.chart.LineChart}.
 */
@NullMarked
package io.github.codnn.chart;

import org.jspecify.annotations.NullMarked;
