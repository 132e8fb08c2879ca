package io.github.codnn.mining;

/** Asks whether mining must end for a reason outside the search: cancelled by the caller, or time over. */
@FunctionalInterface
interface StopCheck {

    /** Throws {@link MiningStopped} if so. */
    void check();
}
