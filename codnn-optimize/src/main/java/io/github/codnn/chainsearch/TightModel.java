package io.github.codnn.chainsearch;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.Evaluation;
import java.util.Optional;

/**
 * Models without layers and transfers that take longer than a whole known plan, for searches of the best times only.
 * The searches subtract sums of times, which loses small times beside large ones; where a problem has both, this leaves
 * the large ones out, so that rounding stays far below the times that decide.
 */
public final class TightModel {

    private static final int MAX_ROUNDS = 8;
    private static final double GAIN = 1e3;

    private TightModel() {}

    /**
     * Returns the model for a search of the best times.
     *
     * @param model a model of the whole problem
     * @param run receives the plans that are found on the way
     * @param signal tells when to stop
     * @return the same model, unless its times are of mixed magnitude
     */
    public static ChainModel of(ChainModel model, SearchRun run, StopSignal signal) {
        ChainModel tight = model;
        double longest = Double.POSITIVE_INFINITY;
        Evaluation evaluation = model.chain.problem().evaluator().newEvaluation();
        for (int round = 0; round < MAX_ROUNDS && tight.isMixed() && !signal.isRaised(); round++) {
            Optional<ChainPath> fastest =
                    ChainOracle.relaxing(tight, signal).fastestWithin(Double.MAX_VALUE, Double.POSITIVE_INFINITY);
            if (fastest.isEmpty()) {
                return tight;
            }
            int[] placement = fastest.get().placement(tight);
            run.offer(placement);
            evaluation.evaluate(placement);
            double response = evaluation.responseSeconds() * (1 + 1e-9);
            if (response * GAIN > longest || tight.greatestSeconds() <= response) {
                return tight;
            }
            longest = response;
            tight = new ChainModel(model.chain, longest);
        }
        return tight;
    }
}
