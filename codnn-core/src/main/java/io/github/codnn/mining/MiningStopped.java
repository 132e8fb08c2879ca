package io.github.codnn.mining;

/**
 * Leaves the middle of a search when the run has to end; never seen by callers of the library. An exception, so that
 * the recursive search carries no flag through every level; without stack trace, since it is no error.
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
