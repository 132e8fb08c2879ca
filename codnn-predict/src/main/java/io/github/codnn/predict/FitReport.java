package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The accuracy of a regression on unseen layers, by cross-validation.
 *
 * @param features the features that were used
 * @param method the method of the fit
 * @param boosted whether the fit included a boosted correction
 * @param folds the number of folds, each predicted by a fit to the others
 * @param seed the seed of the folds: equal seeds produce equal folds for all features and methods
 * @param operators the figures by kind of layer, in order of the kinds' first appearance
 */
public record FitReport(
        LayerFeatures features, FitMethod method, boolean boosted, int folds, long seed, List<OperatorFit> operators) {

    /** Checks and copies the components. */
    public FitReport {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(method, "method");
        Checks.positive(folds, "folds");
        operators = List.copyOf(operators);
    }

    /**
     * Finds the figures of one kind.
     *
     * @param kind the kind, as of {@link LayerFeatures#kindOf}
     * @return the figures, or nothing if no layer of that kind was held out
     */
    public Optional<OperatorFit> operator(String kind) {
        Objects.requireNonNull(kind, "kind");
        return operators.stream().filter(fit -> fit.operator().equals(kind)).findFirst();
    }
}
