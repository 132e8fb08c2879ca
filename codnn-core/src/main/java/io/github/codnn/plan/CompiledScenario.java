package io.github.codnn.plan;

import io.github.codnn.CodnnException;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import java.util.Optional;

/**
 * A scenario with indices instead of names and all costs computed in advance, for fast searches.
 *
 * <p>Layers of all tasks are numbered one after the other, each task's in topological order; tensors likewise; devices
 * as on the platform. A placement is an array with the device index of every layer.
 *
 * <p>Immutable and thread-safe. Compiling takes O(L D + X K + D^2) time and memory for L layers, D devices, X different
 * tensor sizes and K links; every method takes O(1) time unless stated otherwise.
 */
public final class CompiledScenario {

    private final ScenarioArrays arrays;
    private final BatchCosts costs;
    private final Optional<CompiledScenario> opened;
    private final int[] owners; // [layer of the opened scenario] layer here

    private CompiledScenario(Scenario scenario, OpenedBlocks blocks) {
        arrays = new ScenarioArrays(scenario);
        costs = BatchCosts.of(scenario);
        owners = blocks.owners();
        opened = blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new CompiledScenario(blocks.scenario(), OpenedBlocks.of(blocks.scenario())));
        opened.ifPresent(layers -> arrays.raiseActivations(owners, layers.arrays));
    }

    /**
     * Compiles a scenario: asks its cost model for all costs.
     *
     * @param scenario the scenario
     * @return its compiled form
     * @throws CodnnException if the cost model has no cost for a layer on a device
     */
    public static CompiledScenario of(Scenario scenario) {
        return new CompiledScenario(scenario, OpenedBlocks.of(scenario));
    }

    /** {@return the scenario that was compiled} */
    public Scenario scenario() {
        return arrays.scenario;
    }

    /**
     * Returns a scenario whose cost model is replaced by a table of the costs of its own layers and tensors on its own
     * devices and links. Asks the model O(L D + X K) times, for L layers, D devices, X tensor sizes and K links.
     *
     * @param scenario the scenario
     * @return a scenario that compiles to the same figures, bit for bit, and whose cost model has no other costs
     * @throws CodnnException if a cost is missing
     */
    public static Scenario tabulated(Scenario scenario) {
        return scenario.costModel() instanceof CostTable ? scenario : scenario.withCostModel(CostTable.of(scenario));
    }

    /**
     * Returns the scenario that is evaluated: this one, but with layers instead of blocks that read or write a tensor
     * between their first and their last layer. Such a block neither waits for inputs that it needs late nor delays
     * outputs that it writes early, so its times are those of its layers. Every other block counts as a single layer.
     *
     * @return the scenario with such blocks opened and their layers colocated; this one if there are none
     */
    public CompiledScenario opened() {
        return opened.orElse(this);
    }

    ScenarioArrays arrays() {
        return arrays;
    }

    /**
     * Returns the rules for the cost of a batch.
     *
     * @return the rules for idle power, switching on, price, deadlines, memory and number of devices
     */
    public BatchCosts costs() {
        return costs;
    }

    /** Writes where the layers of {@link #opened()} run. */
    void open(int[] placement, int[] openedPlacement) {
        for (int layer = 0; layer < openedPlacement.length; layer++) {
            openedPlacement[layer] = placement[owners[layer]];
        }
    }

    /** {@return the number of tasks, at least 1} */
    public int taskCount() {
        return arrays.taskCount;
    }

    /** {@return the number of devices, at least 1} */
    public int deviceCount() {
        return arrays.deviceCount;
    }

    /** {@return the number of layers of all tasks, the length of a placement} */
    public int layerCount() {
        return arrays.layerCount;
    }

    /**
     * Returns the first layer of a task.
     *
     * @param task the task, or {@link #taskCount()} for the end of the last one
     * @return the index of its first layer
     */
    public int firstLayer(int task) {
        return arrays.firstLayer[task];
    }

    /**
     * Returns the time of a layer.
     *
     * @param layer the layer
     * @param device the device
     * @return seconds; infinite if the layer cannot run there
     */
    public double seconds(int layer, int device) {
        int entry = layer * arrays.deviceCount + device;
        return arrays.forbidden[entry] ? Double.POSITIVE_INFINITY : arrays.seconds[entry];
    }

    /**
     * Tells whether a layer may run on a device.
     *
     * @param layer the layer
     * @param device the device
     * @return whether it can run there and is not pinned elsewhere
     */
    public boolean isAllowed(int layer, int device) {
        return !arrays.forbidden[layer * arrays.deviceCount + device]
                && (arrays.pinned[layer] < 0 || arrays.pinned[layer] == device);
    }

    /** {@return whether any layer cannot run on some device, so that {@link #seconds} is infinite} */
    public boolean hasForbidden() {
        return arrays.hasForbidden;
    }

    /**
     * Returns the energy of a layer.
     *
     * @param layer the layer
     * @param device the device
     * @return joules, including the idle power of the device during that time; 0 if the layer cannot run there
     */
    public double joules(int layer, int device) {
        return arrays.joules[layer * arrays.deviceCount + device];
    }

    /**
     * Returns the size of the parameters of a layer.
     *
     * @param layer the layer
     * @return bytes, at most 2^46
     */
    public long parameterBytes(int layer) {
        return arrays.parameterBytes[layer];
    }

    /**
     * Returns the peak size of the tensors alive while a layer runs, if no other layer reads its inputs. For a block
     * that is {@link #opened()} this is a lower bound.
     *
     * @param layer the layer
     * @return bytes
     */
    public long activationBytes(int layer) {
        return arrays.activationBytes[layer];
    }

    /**
     * Returns the device on which a layer must run.
     *
     * @param layer the layer
     * @return the device, or -1 if it may run anywhere
     */
    public int pinned(int layer) {
        return arrays.pinned[layer];
    }

    /**
     * Returns the layer with which a layer must run on one device.
     *
     * @param layer the layer
     * @return the first layer of its group, possibly itself, or -1 if it is in none
     */
    public int colocated(int layer) {
        return arrays.colocated[layer];
    }

    /**
     * Tells whether a task's network is a chain without inputs or results that bypass layers
     * ({@link io.github.codnn.graph.LayerGraph#hasBypass()}), so that only the tensors that the layer before a cut
     * writes cross it.
     *
     * @param task the task
     * @return whether it is
     */
    public boolean isChain(int task) {
        return arrays.chain[task];
    }

    /** {@return the number of tensors of all tasks} */
    public int tensorCount() {
        return arrays.tensorCount;
    }

    /**
     * Returns the first tensor of a task.
     *
     * @param task the task, or {@link #taskCount()} for the end of the last one
     * @return the index of its first tensor; the inputs of the network come first
     */
    public int firstTensor(int task) {
        return arrays.firstTensor[task];
    }

    /**
     * Returns the layer that writes a tensor.
     *
     * @param tensor the tensor
     * @return the layer, or -1 for an input of the task
     */
    public int producer(int tensor) {
        return arrays.producer[tensor];
    }

    /**
     * Returns the layers that read a tensor.
     *
     * @param tensor the tensor
     * @return a copy of their indices, each once, in topological order
     */
    public int[] consumers(int tensor) {
        return arrays.consumers[tensor].clone();
    }

    /**
     * Tells whether a tensor is a result of its task.
     *
     * @param tensor the tensor
     * @return whether it is sent to the task's sink
     */
    public boolean isDelivered(int tensor) {
        return arrays.delivered[tensor];
    }

    /**
     * Returns the size of a tensor.
     *
     * @param tensor the tensor
     * @return bytes
     */
    public long tensorBytes(int tensor) {
        return arrays.tensorBytes[tensor];
    }

    /**
     * Returns the transfer kind of a tensor.
     *
     * @param tensor the tensor
     * @return a number; tensors with the same one take the same time and energy between every two devices
     */
    public int transferKind(int tensor) {
        return arrays.transferTable[tensor];
    }

    /** {@return for each sender and each receiver, row by row, the number of their link; links have the same costs} */
    public int[] links() {
        return arrays.linkOf.clone();
    }

    /**
     * Returns the time to send a tensor.
     *
     * @param tensor the tensor
     * @param from the sender
     * @param to the receiver
     * @return seconds; 0 from a device to itself, infinite where there is no link
     */
    public double transferSeconds(int tensor, int from, int to) {
        return arrays.transferSeconds[arrays.transferTable[tensor] + arrays.linkOf[from * arrays.deviceCount + to]];
    }

    /**
     * Returns the energy to send a tensor.
     *
     * @param tensor the tensor
     * @param from the sender
     * @param to the receiver
     * @return joules at both ends; 0 from a device to itself and where there is no link
     */
    public double transferJoules(int tensor, int from, int to) {
        return arrays.transferJoules[arrays.transferTable[tensor] + arrays.linkOf[from * arrays.deviceCount + to]];
    }

    /**
     * Returns the number of resources that several links share: half duplex media, and each direction of full duplex
     * ones. What a single pair of devices uses alone is not among them, as it is as busy as their link.
     *
     * @return the number, 0 if every link has a way of its own
     */
    public int mediumCount() {
        return arrays.mediumCount;
    }

    /**
     * Returns what the transfers from one device to another share with those of other links.
     *
     * @param from the sender
     * @param to the receiver
     * @return the shared resource, from 0, or -1 if there is none
     */
    public int medium(int from, int to) {
        return arrays.medium[from * arrays.deviceCount + to];
    }

    /**
     * Returns the source of the frames of a task.
     *
     * @param task the task
     * @return the device, or -1 if uploads are free
     */
    public int source(int task) {
        return arrays.source[task];
    }

    /**
     * Returns the sink of the results of a task.
     *
     * @param task the task
     * @return the device, or -1 if returns are free
     */
    public int sink(int task) {
        return arrays.sink[task];
    }

    /**
     * Tells whether a device takes part in every plan.
     *
     * @param device the device
     * @return whether it is the source or the sink of a task
     */
    public boolean isEnd(int device) {
        return costs.isEnd(device);
    }

    /**
     * Tells whether a device waits at idle power in every plan.
     *
     * @param device the device
     * @return whether it does so even if it runs no layers: it is the source or the sink of a task, or all devices wait
     *     ({@link IdlePolicy#ALL})
     */
    public boolean alwaysWaits(int device) {
        return costs.alwaysWaits(device);
    }

    /**
     * Returns the number of frames of a task.
     *
     * @param task the task
     * @return the number of frames, at least 1
     */
    public long frames(int task) {
        return arrays.frames[task];
    }

    /**
     * Returns the deadline of a task.
     *
     * @param task the task
     * @return seconds, infinite if it has none
     */
    public double deadlineSeconds(int task) {
        return costs.deadlineSeconds(task);
    }

    /**
     * Tells what the deadline of a task limits.
     *
     * @param task the task
     * @return true for the response time, false for the mean time
     */
    public boolean isDeadlineOnResponse(int task) {
        return costs.isDeadlineOnResponse(task);
    }
}
