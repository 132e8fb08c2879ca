package io.github.codnn.predict;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The energy of layers on one kind of device, fitted to measured joules: {@code watts * seconds + joulesPerMac * MACs +
 * joulesPerByte * bytes moved}, for each kind of layer. The first term is the power of the device for any work,
 * including idle power; the others are the additional energy of the work.
 *
 * <p>It refines {@link io.github.codnn.platform.Device#activeWatts()}, one power for all layers, which is used if no
 * joules were measured. The power of links is {@link io.github.codnn.platform.RadioPower}. Y. Kang et al.
 * (Neurosurgeon, ASPLOS 2017) also fit power for each kind of layer.
 *
 * <p>Immutable and thread-safe.
 *
 * @param general the rates over all kinds, for kinds without measured joules
 * @param byKind the rates of each kind, as of {@link LayerFeatures#kindOf}, with enough measured joules
 */
public record PowerModel(Rates general, Map<String, Rates> byKind) {

    /** A kind with fewer measured joules uses the general rates. */
    private static final int LEAST_ROWS_OF_KIND = 6;

    private static final int RATES = 3;

    /**
     * The rates of one kind of layer, each zero or greater.
     *
     * @param watts the power over the whole time
     * @param joulesPerMac the additional energy of a multiply-accumulate
     * @param joulesPerByte the additional energy of a byte of input, output or weights
     */
    public record Rates(double watts, double joulesPerMac, double joulesPerByte) {

        /** Checks the components. */
        public Rates {
            Checks.nonNegativeFinite(watts, "watts");
            Checks.nonNegativeFinite(joulesPerMac, "joulesPerMac");
            Checks.nonNegativeFinite(joulesPerByte, "joulesPerByte");
        }

        double joules(Layer layer, double seconds) {
            return watts * seconds + joulesPerMac * layer.macs() + joulesPerByte * bytes(layer);
        }
    }

    /** Checks and copies the components. */
    public PowerModel {
        Objects.requireNonNull(general, "general");
        byKind = Checks.copyInOrder(byKind);
    }

    /**
     * Fits the rates by least squares of the relative error, with rates of zero or greater.
     *
     * @param measurements measured layers, at least one of them with joules; layers without joules are ignored
     * @return the model
     * @throws IllegalArgumentException if no joules were measured
     */
    public static PowerModel fit(Measurements measurements) {
        Map<String, List<Measurement>> byKind = new LinkedHashMap<>();
        List<Measurement> all = new ArrayList<>();
        for (Measurement row : measurements.rows()) {
            if (row.joules().isPresent()) {
                all.add(row);
                byKind.computeIfAbsent(row.kind(), any -> new ArrayList<>()).add(row);
            }
        }
        Checks.notEmpty(all, "measurement with joules");
        Map<String, Rates> rates = new LinkedHashMap<>();
        byKind.forEach((kind, rows) -> {
            if (rows.size() >= LEAST_ROWS_OF_KIND) {
                rates.put(kind, rates(rows));
            }
        });
        return new PowerModel(rates(all), rates);
    }

    /**
     * Predicts the energy of one pass of a layer.
     *
     * @param layer the layer, not a block
     * @param seconds its time
     * @return the energy in joules, including idle power
     */
    public double joules(Layer layer, double seconds) {
        if (layer.operator() instanceof Operator.Block) {
            throw new IllegalArgumentException(
                    "'" + layer.name() + "' is a block. Maybe predict its inner layers, each with its own time");
        }
        return byKind.getOrDefault(LayerFeatures.kindOf(layer), general).joules(layer, seconds);
    }

    /**
     * Predicts the energy of every layer by rates fitted without it, from its time as it was predicted without it, too.
     * The rows with joules are distributed over as many folds as those of the times, with the same seed.
     *
     * @param times the predicted times
     * @return the accuracy in joules of each kind of layer; empty if fewer than two rows have joules. The noise floor
     *     is that of the times, because the spread of energies is not measured
     */
    public static List<OperatorFit> accuracy(CrossValidation times) {
        Map<String, List<HeldOut>> byKind = new LinkedHashMap<>();
        times.heldOut().stream()
                .filter(row -> row.measurement().joules().isPresent())
                .forEach(row -> byKind.computeIfAbsent(row.measurement().kind(), any -> new ArrayList<>())
                        .add(row));
        List<HeldOut> rows = byKind.values().stream().flatMap(List::stream).toList();
        if (rows.size() < 2) {
            return List.of();
        }
        int folds = Math.min(times.report().folds(), rows.size());
        double[] predicted =
                predict(rows, folds, foldsOf(byKind, folds, times.report().seed()));
        List<OperatorFit> fits = new ArrayList<>();
        int start = 0;
        for (Map.Entry<String, List<HeldOut>> kind : byKind.entrySet()) {
            int end = start + kind.getValue().size();
            fits.add(fit(kind.getKey(), kind.getValue(), Arrays.copyOfRange(predicted, start, end)));
            start = end;
        }
        return List.copyOf(fits);
    }

    /** Kinds follow each other around the folds, so that no fold is empty and none has all rows. */
    private static int[] foldsOf(Map<String, List<HeldOut>> byKind, int folds, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        IntStream.Builder all = IntStream.builder();
        int start = 0;
        for (List<HeldOut> rows : byKind.values()) {
            for (int fold : RegressionTrainer.deal(rows.size(), folds, random)) {
                all.add((fold + start) % folds);
            }
            start += rows.size();
        }
        return all.build().toArray();
    }

    private static double[] predict(List<HeldOut> rows, int folds, int[] foldOf) {
        double[] joules = new double[foldOf.length];
        for (int fold = 0; fold < folds; fold++) {
            List<Measurement> seen = new ArrayList<>();
            for (int row = 0; row < foldOf.length; row++) {
                if (foldOf[row] != fold) {
                    seen.add(rows.get(row).measurement());
                }
            }
            PowerModel model = fit(Measurements.of(seen));
            for (int row = 0; row < foldOf.length; row++) {
                if (foldOf[row] == fold) {
                    HeldOut time = rows.get(row);
                    joules[row] = model.joules(time.measurement().layer(), time.predictedSeconds());
                }
            }
        }
        return joules;
    }

    private static OperatorFit fit(String kind, List<HeldOut> rows, double[] predicted) {
        double[] measured = rows.stream()
                .mapToDouble(row -> row.measurement().joules().orElseThrow())
                .toArray();
        double noise =
                rows.stream().mapToDouble(row -> row.measurement().spread()).sum() / measured.length;
        return OperatorFit.of(kind, measured, predicted, noise, RATES);
    }

    private static Rates rates(List<Measurement> rows) {
        double[][] relative = new double[rows.size()][];
        double[] target = new double[rows.size()];
        for (int row = 0; row < target.length; row++) {
            Measurement m = rows.get(row);
            double joules = m.joules().orElseThrow();
            relative[row] = new double[] {m.seconds() / joules, m.layer().macs() / joules, bytes(m.layer()) / joules};
            target[row] = 1;
        }
        double[] weights = LeastSquares.nonNegative(relative, target);
        return new Rates(weights[0], weights[1], weights[2]);
    }

    private static double bytes(Layer layer) {
        return (double) layer.inputBytes() + layer.outputBytes() + layer.parameterBytes();
    }
}
