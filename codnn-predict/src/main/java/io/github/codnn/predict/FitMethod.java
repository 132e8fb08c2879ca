package io.github.codnn.predict;

/** How the weights of a regression are found. */
public enum FitMethod {
    /**
     * Least squares of the relative error with no weight below zero: small layers count as much as large ones, and no
     * layer is predicted below zero or faster for being larger. The default.
     */
    RELATIVE_NON_NEGATIVE,
    /**
     * Ordinary least squares of the error in seconds, as in the papers. Large layers rule the fit; predictions below
     * zero are cut off at zero.
     */
    ORDINARY
}
