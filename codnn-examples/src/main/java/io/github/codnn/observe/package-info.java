/**
 * What a running pipeline observes: transfers, probes of idle links, and the load and memory of workers.
 *
 * <p>Start from {@link io.github.codnn.observe.Adaptation}. {@link io.github.codnn.observe.PlatformObserver} makes a
 * platform of what members report, {@link io.github.codnn.observe.LinkSchedule} says how fast emulated links really
 * are, and {@link io.github.codnn.observe.Watch} decides what follows.
 */
@NullMarked
package io.github.codnn.observe;

import org.jspecify.annotations.NullMarked;
