package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.DeviceClasses;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.TransferMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A problem of one task whose network is a chain, seen as a pipeline: stages of contiguous layers, each on a device of
 * its own, and cuts between them. Cut {@code c} lies before layer {@code c}; the transfer of a cut sums all tensors
 * that cross it.
 *
 * <p>Where the scenario allows one stage per device only, this view describes every feasible placement; otherwise only
 * those in which no device runs two stages.
 *
 * <p>Immutable and thread-safe. Made in O(L D^2) time for L layers and D devices; memory O(L D + X D^2) for X different
 * boundaries; every look-up takes O(1).
 */
public final class StageCosts {

    private final OffloadingProblem problem;
    private final CompiledScenario compiled;
    private final int layers;
    private final int devices;
    private final boolean blocking;
    private final RangeSums[] seconds; // [device] of layers
    private final RangeSums[] joules; // [device] of layers
    private final int[][] forbiddenBefore; // [device][layer] how many layers before cannot run there
    private final Boundaries boundaries;
    private final StageMemory memory;
    private final int[][] furthestEnd; // [device][start]
    private final boolean[] cutAllowed; // [cut]
    private final List<List<Integer>> classes;
    private final int[] classOf; // [device]

    private StageCosts(OffloadingProblem problem) {
        this.problem = problem;
        compiled = problem.compiled();
        layers = compiled.layerCount();
        devices = compiled.deviceCount();
        blocking = compiled.scenario().rules().transfers() == TransferMode.BLOCKING;
        seconds = new RangeSums[devices];
        joules = new RangeSums[devices];
        forbiddenBefore = new int[devices][layers + 1];
        for (int device = 0; device < devices; device++) {
            sumLayers(device);
        }
        boundaries = new Boundaries(compiled);
        memory = new StageMemory(
                compiled, compiled.scenario().rules().memory() == MemoryModel.PARAMETERS_AND_ACTIVATIONS);
        furthestEnd = StageLimits.furthestEnds(compiled, memory);
        cutAllowed = StageLimits.allowedCuts(compiled);
        classes = DeviceClasses.of(compiled);
        classOf = new int[devices];
        for (int deviceClass = 0; deviceClass < classes.size(); deviceClass++) {
            for (int device : classes.get(deviceClass)) {
                classOf[device] = deviceClass;
            }
        }
    }

    private void sumLayers(int device) {
        double[] times = new double[layers];
        double[] energies = new double[layers];
        for (int layer = 0; layer < layers; layer++) {
            double time = compiled.seconds(layer, device);
            boolean runs = time < Double.POSITIVE_INFINITY;
            forbiddenBefore[device][layer + 1] = forbiddenBefore[device][layer] + (runs ? 0 : 1);
            times[layer] = runs ? time : 0;
            energies[layer] = compiled.joules(layer, device);
        }
        seconds[device] = new RangeSums(times);
        joules[device] = new RangeSums(energies);
    }

    /**
     * Looks at a problem as a pipeline. The view is made once for each problem.
     *
     * @param problem the problem
     * @return the view, or nothing if there are several tasks, or the network is not a chain or has inputs or results
     *     that pass by layers, so that the cost of a stage is not all in its layers and its two cuts
     */
    public static Optional<StageCosts> of(OffloadingProblem problem) {
        return problem.derived(StageCosts.class, StageCosts::view);
    }

    private static Optional<StageCosts> view(OffloadingProblem problem) {
        CompiledScenario compiled = problem.compiled();
        boolean fits = compiled.taskCount() == 1
                && compiled.isChain(0)
                && compiled.layerCount() > 0
                && compiled.opened() == compiled;
        for (int tensor = 0; fits && tensor < compiled.tensorCount(); tensor++) {
            // An input that is a result as well goes from source to sink past every stage.
            fits = compiled.producer(tensor) >= 0 || !compiled.isDelivered(tensor);
        }
        return fits ? Optional.of(new StageCosts(problem)) : Optional.empty();
    }

    /** {@return the problem} */
    public OffloadingProblem problem() {
        return problem;
    }

    /** {@return the number of layers, at least 1} */
    public int layers() {
        return layers;
    }

    /** {@return the number of devices, at least 1} */
    public int devices() {
        return devices;
    }

    /**
     * Tells whether transfers occupy their sender and receiver.
     *
     * @return whether the transfer mode is {@link TransferMode#BLOCKING}
     */
    public boolean isBlocking() {
        return blocking;
    }

    /** {@return the least of devices, layers and the rule on devices} */
    public int maxStages() {
        return Math.min(Math.min(devices, layers), compiled.scenario().rules().maxDevices());
    }

    /**
     * Returns the time of a stage.
     *
     * @param device the device
     * @param start the first layer of the stage
     * @param end the layer after its last
     * @return seconds; layers that cannot run there count 0
     */
    public double seconds(int device, int start, int end) {
        return seconds[device].sum(start, end);
    }

    /**
     * Returns the energy of a stage.
     *
     * @param device the device
     * @param start the first layer of the stage
     * @param end the layer after its last
     * @return joules of one frame
     */
    public double joules(int device, int start, int end) {
        return joules[device].sum(start, end);
    }

    /**
     * Returns the time of the layers before one. Differences of two lose small times beside large ones: for stages use
     * {@link #seconds}.
     *
     * @param device the device
     * @param layer the layer, or {@link #layers()}
     * @return seconds
     */
    public double prefixSeconds(int device, int layer) {
        return seconds[device].before(layer);
    }

    /**
     * Returns the energy of the layers before one; see {@link #prefixSeconds}.
     *
     * @param device the device
     * @param layer the layer, or {@link #layers()}
     * @return joules
     */
    public double prefixJoules(int device, int layer) {
        return joules[device].before(layer);
    }

    /**
     * Tells whether the times or energies of layers are of mixed magnitude.
     *
     * @return whether differences of prefix sums are inaccurate
     */
    public boolean isMixed() {
        boolean mixed = false;
        for (int device = 0; device < devices; device++) {
            mixed |= seconds[device].isMixed() || joules[device].isMixed();
        }
        return mixed;
    }

    /**
     * Returns how many layers of a stage cannot run on a device. They count no time and no energy.
     *
     * @param device the device
     * @param start the first layer of the stage
     * @param end the layer after its last
     * @return the number of layers
     */
    int forbidden(int device, int start, int end) {
        return forbiddenBefore[device][end] - forbiddenBefore[device][start];
    }

    /**
     * Returns the time to send what crosses a cut.
     *
     * @param cut the cut, from 1 to {@code layers() - 1}
     * @param from the sender
     * @param to the receiver
     * @return seconds; 0 from a device to itself, infinite where there is no link
     */
    public double transferSeconds(int cut, int from, int to) {
        return boundaries.seconds(cut, from, to);
    }

    /**
     * Returns the energy to send what crosses a cut.
     *
     * @param cut the cut, from 1 to {@code layers() - 1}
     * @param from the sender
     * @param to the receiver
     * @return joules at both ends; 0 from a device to itself and where there is no link
     */
    public double transferJoules(int cut, int from, int to) {
        return boundaries.joules(cut, from, to);
    }

    /**
     * Tells which cuts have the same transfers.
     *
     * @param cut the cut, from 1 to {@code layers() - 1}
     * @return a number; cuts with the same one have transfers that take the same time and energy between every two
     *     devices
     */
    public int boundaryKind(int cut) {
        return boundaries.kind(cut);
    }

    /**
     * Returns the number of tensors that cross a cut.
     *
     * @param cut the cut; 0 for the inputs of the network, {@link #layers()} for its results
     * @return the number of tensors
     */
    int tensorsAt(int cut) {
        return boundaries.tensors(cut);
    }

    /** {@return the device, or -1 if uploads are free} */
    public int source() {
        return compiled.source(0);
    }

    /** {@return the device, or -1 if returns are free} */
    public int sink() {
        return compiled.sink(0);
    }

    /**
     * Returns the time to bring a frame to the device of the first stage.
     *
     * @param device that device
     * @return seconds; 0 if it is the source or uploads are free, infinite where there is no link
     */
    public double uploadSeconds(int device) {
        return boundaries.uploadSeconds(device);
    }

    /**
     * Returns the energy to bring a frame to the device of the first stage.
     *
     * @param device that device
     * @return joules at both ends
     */
    public double uploadJoules(int device) {
        return boundaries.uploadJoules(device);
    }

    /**
     * Returns the time to bring the results from the device of the last stage to the sink.
     *
     * @param device that device
     * @return seconds; 0 if it is the sink or returns are free, infinite where there is no link
     */
    public double returnSeconds(int device) {
        return boundaries.returnSeconds(device);
    }

    /**
     * Returns the energy to bring the results from the device of the last stage to the sink.
     *
     * @param device that device
     * @return joules at both ends
     */
    public double returnJoules(int device) {
        return boundaries.returnJoules(device);
    }

    /**
     * Returns how far a stage may reach: memory and layers pinned elsewhere limit it.
     *
     * @param device the device
     * @param start the first layer of the stage
     * @return the greatest end (exclusive); {@code start} itself if not even one layer may run there. Every shorter
     *     stage may run there, too
     */
    public int furthestEnd(int device, int start) {
        return furthestEnd[device][start];
    }

    /**
     * Tells whether a stage may end at a cut: colocated layers, and layers pinned to one device, must not be separated.
     *
     * @param cut the cut, from 0 to {@link #layers()}
     * @return whether it may
     */
    public boolean isCutAllowed(int cut) {
        return cutAllowed[cut];
    }

    /**
     * Tells which devices are equal: they can be swapped in every placement without changing any figure.
     *
     * @param device the device
     * @return its class, numbered from 0 by first device
     */
    public int classOf(int device) {
        return classOf[device];
    }

    /** {@return for each class its devices in platform order} */
    public List<List<Integer>> classes() {
        return classes;
    }

    /**
     * Returns the bytes that a stage needs.
     *
     * @param start its first layer
     * @param end the layer after its last, greater than {@code start}
     * @return bytes, by the rules of the scenario; {@link Long#MAX_VALUE} on overflow
     */
    long memoryBytes(int start, int end) {
        return memory.bytes(start, end);
    }

    /**
     * Writes stages as a placement.
     *
     * @param stages the number of stages
     * @param stageDevices the device of each stage
     * @param ends for each stage the layer after its last
     * @return the device of every layer
     */
    public int[] placement(int stages, int[] stageDevices, int[] ends) {
        int[] placement = new int[layers];
        int start = 0;
        for (int stage = 0; stage < stages; stage++) {
            Arrays.fill(placement, start, ends[stage], stageDevices[stage]);
            start = ends[stage];
        }
        return placement;
    }

    /**
     * Makes the working memory of one thread that evaluates stages.
     *
     * @return an evaluation, to be filled by {@link StageEvaluation#evaluate}
     */
    public StageEvaluation newEvaluation() {
        return new StageEvaluation(this, true);
    }

    /**
     * Makes the same for searches that give each link a way of its own: periods are lower bounds where links share
     * media.
     *
     * @return an evaluation, to be filled by {@link StageEvaluation#evaluate}
     */
    public StageEvaluation newEvaluationWithoutMedia() {
        return new StageEvaluation(this, false);
    }
}
