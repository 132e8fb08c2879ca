package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model is served: {@code HOST:PORT} or {@code HOST:PORT/MODEL}.
 *
 * @param host a name or an address; an IPv6 address in brackets
 * @param port the port
 * @param model the name of the model there; that of the stage if empty
 */
public record Endpoint(String host, int port, Optional<String> model) {

    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]]+):([0-9]{1,5})(?:/(\\S+))?");

    /** Checks the components. */
    public Endpoint {
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("The port must lie within 1 and 65535, but is " + port);
        }
    }

    /**
     * Reads an endpoint.
     *
     * @param text {@code HOST:PORT} or {@code HOST:PORT/MODEL}
     * @return the endpoint
     * @throws CodnnException if the text is no such thing
     */
    public static Endpoint parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new CodnnException("'" + text + "' is no endpoint. Give HOST:PORT or HOST:PORT/MODEL");
        }
        try {
            return new Endpoint(
                    matcher.group(1), Integer.parseInt(matcher.group(2)), Optional.ofNullable(matcher.group(3)));
        } catch (IllegalArgumentException e) {
            throw new CodnnException("'" + text + "' is no endpoint. " + e.getMessage(), e);
        }
    }

    /** Returns what gRPC calls the target. */
    String target() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return target() + model.map(name -> "/" + name).orElse("");
    }
}
