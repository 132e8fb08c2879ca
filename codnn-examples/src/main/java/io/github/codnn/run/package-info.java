/**
 * Runs a split network as a pipeline over several machines, with Hazelcast Jet as the engine.
 *
 * <p>Start from {@link io.github.codnn.run.PipelineRun}. Membership, transport, flow control and threads are the
 * engine's; this package says what each vertex does. Depends on {@code split},
 * {@code runtime} and {@code serve}.
 */
@NullMarked
package io.github.codnn.run;

import org.jspecify.annotations.NullMarked;
