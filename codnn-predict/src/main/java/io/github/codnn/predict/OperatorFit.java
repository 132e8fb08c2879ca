package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * The accuracy of predicted times, or of predicted energies, for one kind of layer. All shares and errors are
 * fractions: 0.08 is 8 %.
 *
 * @param operator the kind, as of {@link LayerFeatures#kindOf}
 * @param n the number of layers predicted
 * @param r2 the coefficient of determination in seconds or joules, at most 1; NaN if all are equal. It hides the
 *     errors of small layers: read it together with {@code mape}
 * @param adjustedR2 the same, adjusted for the number of weights; NaN if there are too few layers
 * @param mape the mean absolute relative error
 * @param within10 the share of layers predicted within 10 %
 * @param within20 the share of layers predicted within 20 %
 * @param noiseFloor the mean spread between series of passes of one layer, a lower limit of the error that can be
 *     expected
 */
public record OperatorFit(
        String operator,
        int n,
        double r2,
        double adjustedR2,
        double mape,
        double within10,
        double within20,
        double noiseFloor) {

    /** Checks the components. */
    public OperatorFit {
        Checks.notBlank(operator, "The operator of a fit");
        Checks.positive(n, "n");
        Checks.nonNegativeFinite(mape, "mape");
        Checks.inRange(within10, 0, 1, "within10");
        Checks.inRange(within20, 0, 1, "within20");
        Checks.nonNegativeFinite(noiseFloor, "noiseFloor");
    }

    /**
     * Compares predictions with measurements.
     *
     * @param operator the kind of the layers
     * @param predictions the measured layers with their predictions, at least one
     * @param weights the number of weights of the regression, without its constant
     * @return the figures
     */
    public static OperatorFit of(String operator, List<HeldOut> predictions, int weights) {
        return of(
                operator,
                predictions.stream().mapToDouble(HeldOut::measuredSeconds).toArray(),
                predictions.stream().mapToDouble(HeldOut::predictedSeconds).toArray(),
                predictions.stream()
                                .mapToDouble(row -> row.measurement().spread())
                                .sum()
                        / predictions.size(),
                weights);
    }

    static OperatorFit of(String operator, double[] measured, double[] predicted, double noise, int weights) {
        int n = measured.length;
        double mean = Arrays.stream(measured).sum() / n;
        double total = 0;
        double left = 0;
        double error = 0;
        int ten = 0;
        int twenty = 0;
        for (int row = 0; row < n; row++) {
            double relative = Math.abs(predicted[row] - measured[row]) / measured[row];
            total += square(measured[row] - mean);
            left += square(measured[row] - predicted[row]);
            error += relative;
            ten += relative <= 0.1 ? 1 : 0;
            twenty += relative <= 0.2 ? 1 : 0;
        }
        double r2 = total > 0 ? 1 - left / total : Double.NaN;
        int freedom = n - weights - 1;
        double adjusted = freedom > 0 ? 1 - (1 - r2) * (n - 1) / freedom : Double.NaN;
        return new OperatorFit(operator, n, r2, adjusted, error / n, (double) ten / n, (double) twenty / n, noise);
    }

    private static double square(double value) {
        return value * value;
    }
}
