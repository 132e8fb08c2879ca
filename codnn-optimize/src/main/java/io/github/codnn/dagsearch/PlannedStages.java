package io.github.codnn.dagsearch;

/** A sequence of stages on devices. */
final class PlannedStages {

    private final int[] stageOf; // [node]
    private final int[] deviceOfStage;

    PlannedStages(int[] stageOf, int[] deviceOfStage) {
        this.stageOf = stageOf;
        this.deviceOfStage = deviceOfStage;
    }

    int stageOf(int node) {
        return stageOf[node];
    }

    int deviceOf(int stage) {
        return deviceOfStage[stage];
    }

    /** Returns the number of stages. */
    int count() {
        return deviceOfStage.length;
    }
}
