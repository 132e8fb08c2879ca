package io.github.codnn.mining;

/**
 * Ends a search in progress when mining has to end; never reaches callers of the library. An exception, so that the
 * recursive search needs no flag at every level; without stack trace, because it is not an error.
 */
final class MiningStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final MiningEnd reason;

    MiningStopped(MiningEnd reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    MiningEnd reason() {
        return reason;
    }
}
