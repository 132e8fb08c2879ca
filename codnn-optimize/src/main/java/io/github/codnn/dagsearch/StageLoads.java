package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Arrays;
import java.util.Optional;

/**
 * The exact loads of devices, links and media of the stages of a {@link DagSearch}: each tensor is sent once to every
 * device that reads it, and to the sink. An {@link Evaluation} checks each complete plan.
 */
public final class StageLoads {

    private final DagModel model;
    private final CompiledScenario compiled;
    private final Evaluation evaluation;
    private final int devices;
    private final int[] deviceOf; // [node]
    private final double[][] loads; // [level] devices, then links, then media; before the stage of that level
    private final int[] received; // [tensor] stamp of the stage that has it
    private int stamp;
    private double period;

    public StageLoads(DagModel model, OffloadingProblem problem) {
        this.model = model;
        evaluation = problem.evaluator().newEvaluation();
        compiled = model.compiled;
        devices = compiled.deviceCount();
        deviceOf = new int[model.size];
        loads = new double[model.maxStages + 1][devices + devices * devices + compiled.mediumCount()];
        received = new int[compiled.tensorCount()];
    }

    void clear(double period) {
        this.period = period;
        Arrays.fill(loads[0], 0);
    }

    /**
     * Assigns the current stage of a state to a device, replaces what was on this level, and returns whether all loads
     * keep the period.
     */
    boolean put(int level, int deviceClass, int device, DagState state) {
        double[] now = loads[level + 1];
        System.arraycopy(loads[level], 0, now, 0, now.length);
        stamp++;
        for (int index = 0; index < state.stageSize(); index++) {
            int node = state.stageNode(index);
            deviceOf[node] = device;
            now[device] += model.seconds[deviceClass][node];
        }
        boolean fits = now[device] <= period * (1 + Tolerances.LOAD);
        for (int index = 0; index < state.stageSize() && fits; index++) {
            int node = state.stageNode(index);
            fits = receive(node, device, now) && returnResults(node, device, now);
        }
        return fits;
    }

    private boolean receive(int node, int device, double[] now) {
        boolean fits = true;
        for (int tensor : model.nodes.reads(node)) {
            int writer = model.nodes.writer(tensor);
            int from = writer < 0 ? compiled.source(0) : deviceOf[writer];
            boolean isReturned = compiled.isDelivered(tensor) && compiled.sink(0) == device;
            if (from >= 0 && from != device && received[tensor] != stamp && !isReturned) {
                received[tensor] = stamp;
                fits &= send(tensor, from, device, now);
            }
        }
        return fits;
    }

    private boolean returnResults(int node, int device, double[] now) {
        boolean fits = true;
        int sink = compiled.sink(0);
        if (sink >= 0 && sink != device) {
            for (int tensor : model.nodes.results(node)) {
                fits &= send(tensor, device, sink, now);
            }
        }
        return fits;
    }

    private boolean send(int tensor, int from, int to, double[] now) {
        double seconds = compiled.transferSeconds(tensor, from, to);
        if (seconds == Double.POSITIVE_INFINITY) {
            return false;
        }
        int link = devices + from * devices + to;
        now[link] += seconds;
        boolean fits = now[link] <= period * (1 + Tolerances.LOAD);
        int medium = compiled.medium(from, to);
        if (medium >= 0) {
            int shared = devices + devices * devices + medium;
            now[shared] += seconds;
            fits &= now[shared] <= period * (1 + Tolerances.LOAD);
        }
        if (model.blocking) {
            now[from] += seconds;
            now[to] += seconds;
            fits &= now[from] <= period * (1 + Tolerances.LOAD) && now[to] <= period * (1 + Tolerances.LOAD);
        }
        return fits;
    }

    /** Returns the plan of all stages if it is feasible and keeps the period. */
    Optional<int[]> plan() {
        int[] placement = model.placement(deviceOf);
        evaluation.evaluate(placement);
        boolean keeps = evaluation.feasible() && evaluation.periodSeconds() <= period * (1 + Tolerances.LOAD);
        return keeps ? Optional.of(placement) : Optional.empty();
    }
}
