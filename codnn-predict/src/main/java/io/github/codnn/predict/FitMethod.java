package io.github.codnn.predict;

/** The method that fits the weights of a regression. */
public enum FitMethod {
    /**
     * Least squares of the relative error with weights of zero or greater: small layers count as much as large ones, no
     * prediction is below zero, and no larger layer is predicted to be faster. The default.
     */
    RELATIVE_NON_NEGATIVE,
    /**
     * Ordinary least squares of the error in seconds, as in the papers. Large layers dominate the fit; predictions
     * below zero are replaced by zero.
     */
    ORDINARY
}
