/** Plans a running pipeline again when it loses a device. Start from {@link io.github.codnn.replan.Replanner}. */
@NullMarked
package io.github.codnn.replan;

import org.jspecify.annotations.NullMarked;
