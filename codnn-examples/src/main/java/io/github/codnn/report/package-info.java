/**
 * Reports of plans, comparisons, fronts, runs and fits: one HTML file to look at.
 *
 * <p>Start from {@link io.github.codnn.report.PlanReport}. What is reported is gathered into sections first, then
 * rendered. Depends on {@code chart} for charts and markup, and on Eclipse ELK, which is loaded when a network is
 * drawn.
 */
@NullMarked
package io.github.codnn.report;

import org.jspecify.annotations.NullMarked;
