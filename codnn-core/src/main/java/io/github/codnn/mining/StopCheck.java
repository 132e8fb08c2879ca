package io.github.codnn.mining;

/** Checks whether the caller has cancelled mining or the time limit is reached. */
@FunctionalInterface
interface StopCheck {

    /** Throws {@link MiningStopped} if mining must end. */
    void check();
}
