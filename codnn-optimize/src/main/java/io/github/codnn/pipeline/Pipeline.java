package io.github.codnn.pipeline;

import java.util.Arrays;

/**
 * The stages of one task, each on a device of its own, and what they give for one frame; {@link Pipelines} measures it.
 */
public final class Pipeline {

    public int stages;
    public final int[] devices; // [stage]
    public final int[] ends; // [stage] the layer after its last, as the task counts them
    public final double[] seconds; // [stage] of computing
    final double[] bytes; // [stage] of memory
    double response;
    double computeJoules;
    double transferJoules;
    int impossible; // missing links, layers where they cannot be
    double violation; // missing links, layers on devices that the rules forbid
    int uses; // of devices, links and media; one may occur more than once
    final int[] resource; // [use] a device, or D + from * D + to, or D + D^2 + medium
    final double[] load; // [use] seconds

    Pipeline(int maxStages) {
        devices = new int[maxStages];
        ends = new int[maxStages];
        seconds = new double[maxStages];
        bytes = new double[maxStages];
        int maxUses = maxStages + 4 * (maxStages + 1); // each transfer on its link, medium, sender and receiver
        resource = new int[maxUses];
        load = new double[maxUses];
    }

    void use(int which, double time) {
        resource[uses] = which;
        load[uses++] = time;
    }

    public int start(int stage) {
        return stage == 0 ? 0 : ends[stage - 1];
    }

    /** Returns the stage on a device, or -1 if there is none. */
    public int stageOn(int device) {
        for (int stage = 0; stage < stages; stage++) {
            if (devices[stage] == device) {
                return stage;
            }
        }
        return -1;
    }

    /** Tells whether another pipeline has the same stages. */
    public boolean hasStagesOf(Pipeline other) {
        return Arrays.equals(devices, 0, stages, other.devices, 0, other.stages)
                && Arrays.equals(ends, 0, stages, other.ends, 0, other.stages);
    }

    public void copyStages(Pipeline other) {
        stages = other.stages;
        System.arraycopy(other.devices, 0, devices, 0, stages);
        System.arraycopy(other.ends, 0, ends, 0, stages);
    }

    public void insert(int stage, int device, int end) {
        System.arraycopy(devices, stage, devices, stage + 1, stages - stage);
        System.arraycopy(ends, stage, ends, stage + 1, stages - stage);
        devices[stage] = device;
        ends[stage] = end;
        stages++;
    }

    /** Takes a stage away; its layers go to the stage before or, if that is wanted or there is none, after it. */
    public void remove(int stage, boolean forward) {
        if (stage > 0 && !(forward && stage < stages - 1)) {
            ends[stage - 1] = ends[stage];
        }
        System.arraycopy(devices, stage + 1, devices, stage, stages - stage - 1);
        System.arraycopy(ends, stage + 1, ends, stage, stages - stage - 1);
        stages--;
    }
}
