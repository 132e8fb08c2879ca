package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server that answers the Open Inference Protocol over gRPC: ServerLive, ServerReady, ModelReady, ServerMetadata,
 * ModelMetadata and ModelInfer. There is no encryption; put a proxy before it where the network is not yours.
 *
 * <p>It runs threads of its own from {@link #start} to {@link #close}, and takes at most
 * {@link ServerSettings#maxOpenRequests} times {@link ServerSettings#maxRequestBytes} of memory for requests. Requests
 * of one model run one after the other; each model uses the threads that it was loaded with.
 */
public final class ModelServer implements AutoCloseable {

    private static final long CLOSE_SECONDS = 5;

    private final ServedModels models;
    private final Server server;
    private final ExecutorService executor;

    private ModelServer(ServedModels models, Server server, ExecutorService executor) {
        this.models = models;
        this.server = server;
        this.executor = executor;
    }

    /**
     * Starts a server.
     *
     * @param models what it offers; closed with the server, also if it cannot start
     * @param settings how it listens
     * @return the server, to be closed
     * @throws CodnnException if it cannot listen at that address
     */
    public static ModelServer start(ServedModels models, ServerSettings settings) {
        ExecutorService executor =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
                .executor(executor)
                .maxInboundMessageSize(settings.maxRequestBytes())
                .intercept(new RequestLimit(settings.maxOpenRequests()))
                .addService(new InferenceService(models.byName()))
                .build();
        try {
            return new ModelServer(models, server.start(), executor);
        } catch (IOException | RuntimeException e) {
            executor.shutdownNow();
            models.close();
            throw new CodnnException(
                    "Cannot listen on " + settings.host() + ":" + settings.port()
                            + ". Is the port taken, or the address not of this machine? " + e.getMessage(),
                    e);
        }
    }

    /**
     * Returns the port on which the server listens.
     *
     * @return the port
     */
    public int port() {
        return server.getPort();
    }

    /**
     * Returns the names of the models.
     *
     * @return the names, in order
     */
    public Set<String> modelNames() {
        return models.byName().keySet();
    }

    /**
     * Waits until the server is closed.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitClose() throws InterruptedException {
        server.awaitTermination();
    }

    /** Refuses new requests, lets those that run end for up to 5 s, and frees the models. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            executor.shutdownNow();
            models.close();
        }
    }
}
