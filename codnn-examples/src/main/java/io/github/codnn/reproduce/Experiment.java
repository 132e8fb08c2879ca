package io.github.codnn.reproduce;

/** Puts one claim of the paper to the test. */
@FunctionalInterface
interface Experiment {

    /**
     * Runs the experiment.
     *
     * @param effort how much work it may take
     * @return the finding; the same for the same effort
     */
    Finding run(Effort effort);
}
