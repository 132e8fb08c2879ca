package io.github.codnn.chainsearch;

import io.github.codnn.pipeline.StageEvaluation;

/** The stages of a path: the class of each and where it ends. */
public final class ChainPath {

    final int[] classes; // [stage]
    final int[] ends; // [stage]
    private double period = Double.NaN;
    private double response = Double.NaN;

    ChainPath(int[] classes, int[] ends) {
        this.classes = classes;
        this.ends = ends;
    }

    /** Measures a path that uses no class too often. */
    void measure(ChainModel model, StageEvaluation evaluation) {
        evaluation.evaluate(classes.length, model.devices(classes), ends);
        period = evaluation.periodSeconds();
        response = evaluation.responseSeconds();
    }

    double period() {
        return period;
    }

    double response() {
        return response;
    }

    public int[] placement(ChainModel model) {
        return model.chain.placement(classes.length, model.devices(classes), ends);
    }
}
