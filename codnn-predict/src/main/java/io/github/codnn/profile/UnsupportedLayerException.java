package io.github.codnn.profile;

/** Says why a layer cannot be run alone. */
final class UnsupportedLayerException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsupportedLayerException(String message) {
        super(message);
    }

    UnsupportedLayerException(String message, Throwable cause) {
        super(message, cause);
    }
}
