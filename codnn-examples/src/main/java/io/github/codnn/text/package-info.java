/**
 * Texts for people: tables, figures with units, plans, fronts and runs.
 *
 * <p>Start from {@link io.github.codnn.text.PlanText}. Depends on {@code run}, whose reports it renders.
 */
@NullMarked
package io.github.codnn.text;

import org.jspecify.annotations.NullMarked;
