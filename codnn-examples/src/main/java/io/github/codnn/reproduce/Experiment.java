package io.github.codnn.reproduce;

/** Tests one claim of the paper. */
@FunctionalInterface
interface Experiment {

    /**
     * Runs the experiment.
     *
     * @param effort the limits of its work
     * @return the finding; the same for the same effort
     */
    Finding run(Effort effort);
}
