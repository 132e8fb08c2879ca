package io.github.codnn.profile;

/** States why a layer cannot run alone. */
final class UnsupportedLayerException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsupportedLayerException(String message) {
        super(message);
    }

    UnsupportedLayerException(String message, Throwable cause) {
        super(message, cause);
    }
}
