package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;

/** A request that cannot be answered, with its status code. */
final class RequestException extends CodnnException {

    private static final long serialVersionUID = 1L;

    /** A status travels in a header, which must be short. */
    private static final int MAX_DESCRIPTION = 1000; // characters

    private final transient Status status;

    RequestException(Status status) {
        super(Objects.requireNonNullElse(
                status.getDescription(), status.getCode().name()));
        this.status = status;
    }

    static RequestException notFound(String message) {
        return new RequestException(Status.NOT_FOUND.withDescription(message));
    }

    static RequestException invalid(String message) {
        return new RequestException(Status.INVALID_ARGUMENT.withDescription(message));
    }

    /** Returns what a client is told of a failure. */
    static Status statusOf(Throwable failure) {
        if (failure instanceof RequestException known) {
            return shortened(known.status);
        }
        if (failure instanceof StatusRuntimeException known) {
            return shortened(known.getStatus());
        }
        String message = failure instanceof CodnnException ? failure.getMessage() : failure.toString();
        return shortened(Status.INTERNAL.withDescription(message).withCause(failure));
    }

    private static Status shortened(Status status) {
        String description = status.getDescription();
        return description == null || description.length() <= MAX_DESCRIPTION
                ? status
                : status.withDescription(description.substring(0, MAX_DESCRIPTION) + " ...");
    }
}
