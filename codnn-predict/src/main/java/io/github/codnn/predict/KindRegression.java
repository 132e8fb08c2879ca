package io.github.codnn.predict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fitted weights of one kind of layer, and the range of work in the fit. */
final class KindRegression {

    private final List<Feature> features;
    private final double[] weights;
    private final WorkRange range;
    private final Optional<BoostedTrees> boost;

    /**
     * Makes a regression; uses the weights without a copy.
     *
     * @param features the features
     * @param weights one weight for each feature, in seconds per unit of the feature
     * @param range the range of work in the fit
     * @param boost the boosted correction, if there is one
     */
    KindRegression(List<Feature> features, double[] weights, WorkRange range, Optional<BoostedTrees> boost) {
        this.features = features;
        this.weights = weights;
        this.range = range;
        this.boost = boost;
    }

    KindRegression withBoost(BoostedTrees trees) {
        return new KindRegression(features, weights, range, Optional.of(trees));
    }

    WorkRange range() {
        return range;
    }

    Optional<BoostedTrees> boost() {
        return boost;
    }

    double seconds(LayerWork work) {
        double seconds = 0;
        for (int column = 0; column < weights.length; column++) {
            double weight = weights[column];
            if (weight != 0) {
                seconds += weight * features.get(column).value(work);
            }
        }
        double linear = Math.max(0, seconds);
        return boost.isPresent() ? linear * Math.exp(boost.get().predict(BoostedTrees.inputs(work))) : linear;
    }

    Map<String, Double> weightsByName() {
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int column = 0; column < weights.length; column++) {
            if (weights[column] != 0) {
                byName.put(features.get(column).name(), weights[column]);
            }
        }
        return byName;
    }

    /** The number of weights other than zero, without the constant. */
    int size() {
        int size = 0;
        for (int column = 1; column < weights.length; column++) {
            size += weights[column] != 0 ? 1 : 0;
        }
        return size;
    }
}
