package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Fits the times of layers: one regression for each kind of layer, and a general one over all kinds for operators
 * without measurements.
 *
 * <p>Immutable and thread-safe; equal measurements produce equal regressions. Fitting n rows of p features takes O(n
 * p^2) time.
 *
 * @param features the features, {@link LayerFeatures#FULL} by default
 * @param method the method of the fit, {@link FitMethod#RELATIVE_NON_NEGATIVE} by default
 * @param boosted whether boosted trees correct the linear prediction by a factor; false by default, because trees are
 *     hard to interpret and do not extrapolate
 */
public record RegressionTrainer(LayerFeatures features, FitMethod method, boolean boosted) {

    /** A fit omits features that fewer rows have, because their weights would be random. */
    private static final int LEAST_ROWS_OF_FEATURE = 3;

    private static final RegressionTrainer DEFAULTS =
            new RegressionTrainer(LayerFeatures.FULL, FitMethod.RELATIVE_NON_NEGATIVE, false);

    /** Checks the components. */
    public RegressionTrainer {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(method, "method");
    }

    /**
     * Returns the trainer with all settings at their defaults.
     *
     * @return the trainer
     */
    public static RegressionTrainer withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns this trainer with other features.
     *
     * @param newFeatures the features
     * @return the changed trainer
     */
    public RegressionTrainer withFeatures(LayerFeatures newFeatures) {
        return new RegressionTrainer(newFeatures, method, boosted);
    }

    /**
     * Returns this trainer with another method of fitting.
     *
     * @param newMethod the method of the fit
     * @return the changed trainer
     */
    public RegressionTrainer withMethod(FitMethod newMethod) {
        return new RegressionTrainer(features, newMethod, boosted);
    }

    /**
     * Returns this trainer with or without a boosted correction.
     *
     * @param newBoosted whether boosted trees correct the linear prediction
     * @return the changed trainer
     */
    public RegressionTrainer withBoosted(boolean newBoosted) {
        return new RegressionTrainer(features, method, newBoosted);
    }

    /**
     * Fits all rows.
     *
     * @param measurements the measured layers, all from one device
     * @return the regression, without a report of its accuracy
     * @throws IllegalArgumentException if there is no row
     */
    public LayerRegression fit(Measurements measurements) {
        List<Measurement> rows = Checks.notEmpty(measurements.rows(), "measurement to fit");
        Map<String, KindRegression> byKind = new LinkedHashMap<>();
        byKind(rows).forEach((kind, ofKind) -> byKind.put(kind, fitKind(features.of(OperatorFamily.of(kind)), ofKind)));
        KindRegression general = fitKind(GeneralFeatures.ALL, rows);
        return new LayerRegression(this, byKind, general, Adjustment.NONE, Optional.empty());
    }

    /**
     * Fits all rows and reports the accuracy of the same settings on held-out rows.
     *
     * @param measurements the measured layers, all from one device
     * @param folds the number of folds, at least 2
     * @param seed the seed of the folds
     * @return the regression with its report
     * @throws IllegalArgumentException if there is no row or {@code folds} is less than 2
     */
    public LayerRegression fit(Measurements measurements, int folds, long seed) {
        return fit(measurements)
                .withReport(crossValidate(measurements, folds, seed).report());
    }

    /**
     * Predicts every row by a fit without it. The rows of each kind are shuffled and distributed evenly over the folds.
     *
     * @param measurements the measured layers, all from one device
     * @param folds the number of folds, at least 2; kinds with fewer rows have as many folds as rows
     * @param seed the seed of the folds
     * @return the predictions and their accuracy
     * @throws IllegalArgumentException if there is no row or {@code folds} is less than 2
     */
    public CrossValidation crossValidate(Measurements measurements, int folds, long seed) {
        if (folds < 2) {
            throw new IllegalArgumentException("folds must be at least 2, but is " + folds);
        }
        List<Measurement> rows = Checks.notEmpty(measurements.rows(), "measurement to fit");
        RandomGenerator random = Seeds.generator(seed);
        List<HeldOut> heldOut = new ArrayList<>(rows.size());
        List<OperatorFit> fits = new ArrayList<>();
        byKind(rows).forEach((kind, ofKind) -> {
            if (ofKind.size() > 1) {
                List<Feature> columns = features.of(OperatorFamily.of(kind));
                List<HeldOut> predicted = predictHeldOut(columns, ofKind, Math.min(folds, ofKind.size()), random);
                heldOut.addAll(predicted);
                fits.add(
                        OperatorFit.of(kind, predicted, fitKind(columns, ofKind).size()));
            }
        });
        return new CrossValidation(new FitReport(features, method, boosted, folds, seed, fits), heldOut);
    }

    private List<HeldOut> predictHeldOut(
            List<Feature> columns, List<Measurement> rows, int folds, RandomGenerator random) {
        int[] foldOf = deal(rows.size(), folds, random);
        HeldOut[] predicted = new HeldOut[rows.size()];
        for (int fold = 0; fold < folds; fold++) {
            List<Measurement> seen = new ArrayList<>();
            for (int row = 0; row < foldOf.length; row++) {
                if (foldOf[row] != fold) {
                    seen.add(rows.get(row));
                }
            }
            KindRegression regression = fitKind(columns, seen);
            for (int row = 0; row < foldOf.length; row++) {
                if (foldOf[row] == fold) {
                    Measurement measurement = rows.get(row);
                    double seconds = regression.seconds(LayerWork.of(measurement.layer()));
                    predicted[row] = new HeldOut(measurement, seconds);
                }
            }
        }
        return List.of(predicted);
    }

    /** Distributes rows evenly over folds in a random order. */
    static int[] deal(int rows, int folds, RandomGenerator random) {
        int[] foldOf = new int[rows];
        for (int row = 0; row < rows; row++) {
            foldOf[row] = row % folds;
        }
        for (int row = rows - 1; row > 0; row--) {
            int other = random.nextInt(row + 1);
            int fold = foldOf[row];
            foldOf[row] = foldOf[other];
            foldOf[other] = fold;
        }
        return foldOf;
    }

    private KindRegression fitKind(List<Feature> columns, List<Measurement> rows) {
        List<LayerWork> works =
                rows.stream().map(row -> LayerWork.of(row.layer())).toList();
        double[][] values = new double[rows.size()][];
        for (int row = 0; row < values.length; row++) {
            values[row] = LayerFeatures.values(columns, works.get(row));
        }
        double[] seconds = rows.stream().mapToDouble(Measurement::seconds).toArray();
        double[] weights = method == FitMethod.ORDINARY
                ? LeastSquares.ordinary(values, seconds)
                : relativeNonNegative(values, seconds);
        KindRegression linear = new KindRegression(columns, weights, WorkRange.of(works), Optional.empty());
        return boosted ? boost(linear, works, seconds) : linear;
    }

    private static double[] relativeNonNegative(double[][] values, double[] seconds) {
        double[] target = new double[seconds.length];
        double[][] relative = new double[seconds.length][];
        boolean[] used = usedOften(values);
        for (int row = 0; row < seconds.length; row++) {
            target[row] = 1;
            relative[row] = new double[used.length];
            for (int column = 0; column < used.length; column++) {
                relative[row][column] = used[column] ? values[row][column] / seconds[row] : 0;
            }
        }
        return LeastSquares.nonNegative(relative, target);
    }

    private static boolean[] usedOften(double[][] values) {
        boolean[] used = new boolean[values[0].length];
        int needed = Math.min(LEAST_ROWS_OF_FEATURE, values.length);
        for (int column = 0; column < used.length; column++) {
            int count = 0;
            for (double[] row : values) {
                count += row[column] != 0 ? 1 : 0;
            }
            used[column] = count >= needed;
        }
        return used;
    }

    private static KindRegression boost(KindRegression linear, List<LayerWork> works, double[] seconds) {
        double[][] inputs = new double[seconds.length][];
        double[] target = new double[seconds.length];
        for (int row = 0; row < seconds.length; row++) {
            inputs[row] = BoostedTrees.inputs(works.get(row));
            double predicted = linear.seconds(works.get(row));
            // No factor can correct a linear part of zero.
            target[row] = predicted > 0 ? Math.log(seconds[row] / predicted) : 0;
        }
        return linear.withBoost(BoostedTrees.fit(inputs, target));
    }

    private static Map<String, List<Measurement>> byKind(List<Measurement> rows) {
        Map<String, List<Measurement>> byKind = new LinkedHashMap<>();
        for (Measurement row : rows) {
            byKind.computeIfAbsent(row.kind(), any -> new ArrayList<>()).add(row);
        }
        return byKind;
    }
}
