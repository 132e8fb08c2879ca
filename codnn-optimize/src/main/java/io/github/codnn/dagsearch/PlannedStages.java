package io.github.codnn.dagsearch;

/** A sequence of stages on devices. */
final class PlannedStages {

    private final int[] stageOf; // [node]
    private final int[] deviceOfStage;

    /** Makes the sequence of the down-sets where stages end and of their devices. */
    PlannedStages(DagModel model, DownSets sets, int[] ends, int[] deviceOfStage) {
        this.deviceOfStage = deviceOfStage;
        stageOf = new int[model.size];
        int[] nodes = new int[model.size];
        for (int stage = 0; stage < ends.length; stage++) {
            int count = sets.nodesBetween(stage == 0 ? 0 : ends[stage - 1], ends[stage], nodes, 0);
            for (int index = 0; index < count; index++) {
                stageOf[nodes[index]] = stage;
            }
        }
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
