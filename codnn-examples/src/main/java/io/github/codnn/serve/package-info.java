/**
 * Serves models and pipelines with the Open Inference Protocol over gRPC, and calls those that others serve.
 *
 * <p>The protocol is version 2 of what Triton, OpenVINO Model Server, MLServer and KServe speak. Each stage of a
 * pipeline can be replaced by such a server, or be called from its clients.
 *
 * <p>Start from {@link io.github.codnn.serve.ModelServer}. Depends on the library only.
 */
@NullMarked
package io.github.codnn.serve;

import org.jspecify.annotations.NullMarked;
