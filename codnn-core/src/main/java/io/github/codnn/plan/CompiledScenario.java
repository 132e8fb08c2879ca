package io.github.codnn.plan;

import io.github.codnn.CodnnException;

/**
 * A scenario as flat arrays: what strategies read, so that no search asks the cost model or a map twice.
 *
 * <p>Layers of all tasks are numbered one after the other, each task's in topological order; tensors likewise; devices as
 * on the platform. A placement is an array with the device index of every layer.
 *
 * <p>Immutable and thread-safe. Compiling takes O(L D + X D^2) time and memory for L layers, D devices and X different
 * tensor sizes; every look-up takes O(1).
 */
public final class CompiledScenario extends ScenarioArrays {

    private CompiledScenario(Scenario scenario) {
        super(scenario);
    }

    /**
     * Asks the cost model for everything that a scenario needs.
     *
     * @param scenario the scenario
     * @return its compiled form
     * @throws CodnnException if the cost model has no cost for a layer on a device, or a layer is pinned where the frames
     *     cannot get to
     */
    public static CompiledScenario of(Scenario scenario) {
        CompiledScenario compiled = new CompiledScenario(scenario);
        compiled.checkReachable();
        return compiled;
    }

    /**
     * Returns what this was compiled from.
     *
     * @return the scenario
     */
    public Scenario scenario() {
        return scenario;
    }

    /**
     * Returns the number of tasks.
     *
     * @return the number of tasks, at least 1
     */
    public int taskCount() {
        return taskCount;
    }

    /**
     * Returns the number of devices.
     *
     * @return the number of devices, at least 1
     */
    public int deviceCount() {
        return deviceCount;
    }

    /**
     * Returns the number of layers of all tasks.
     *
     * @return the length of a placement
     */
    public int layerCount() {
        return layerCount;
    }

    /**
     * Returns the first layer of a task.
     *
     * @param task the task, or {@link #taskCount()} for the end of the last one
     * @return the index of its first layer
     */
    public int firstLayer(int task) {
        return firstLayer[task];
    }

    /**
     * Returns the time of a layer.
     *
     * @param layer the layer
     * @param device the device
     * @return seconds
     */
    public double seconds(int layer, int device) {
        return seconds[layer * deviceCount + device];
    }

    /**
     * Returns the energy of a layer.
     *
     * @param layer the layer
     * @param device the device
     * @return joules, with the idle power of the device during that time
     */
    public double joules(int layer, int device) {
        return joules[layer * deviceCount + device];
    }

    /**
     * Returns the size of the parameters of a layer.
     *
     * @param layer the layer
     * @return bytes
     */
    public long parameterBytes(int layer) {
        return parameterBytes[layer];
    }

    /**
     * Returns the greatest number of bytes of tensors alive while a layer runs, if its inputs are needed nowhere else.
     *
     * @param layer the layer
     * @return bytes
     */
    public long activationBytes(int layer) {
        return activationBytes[layer];
    }

    /**
     * Returns where a layer must run.
     *
     * @param layer the layer
     * @return the device, or -1 if it may run anywhere
     */
    public int pinned(int layer) {
        return pinned[layer];
    }

    /**
     * Returns with which layer a layer must run.
     *
     * @param layer the layer
     * @return the first layer of its group, possibly itself, or -1 if it is in none
     */
    public int colocated(int layer) {
        return colocated[layer];
    }

    /**
     * Tells whether a task's network is a chain.
     *
     * @param task the task
     * @return whether it is
     */
    public boolean isChain(int task) {
        return chain[task];
    }

    /**
     * Returns the number of tensors of all tasks.
     *
     * @return the number of tensors
     */
    public int tensorCount() {
        return tensorCount;
    }

    /**
     * Returns the first tensor of a task.
     *
     * @param task the task, or {@link #taskCount()} for the end of the last one
     * @return the index of its first tensor; the inputs of the network come first
     */
    public int firstTensor(int task) {
        return firstTensor[task];
    }

    /**
     * Returns the layer that writes a tensor.
     *
     * @param tensor the tensor
     * @return the layer, or -1 for an input of the task
     */
    public int producer(int tensor) {
        return producer[tensor];
    }

    /**
     * Returns the layers that read a tensor.
     *
     * @param tensor the tensor
     * @return a copy of their indices, each once, in topological order
     */
    public int[] consumers(int tensor) {
        return consumers[tensor].clone();
    }

    /**
     * Tells whether a tensor is a result of its task.
     *
     * @param tensor the tensor
     * @return whether it is sent to the task's sink
     */
    public boolean isDelivered(int tensor) {
        return delivered[tensor];
    }

    /**
     * Returns the size of a tensor.
     *
     * @param tensor the tensor
     * @return bytes
     */
    public long tensorBytes(int tensor) {
        return tensorBytes[tensor];
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
        return transferSeconds[transferTable[tensor] + from * deviceCount + to];
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
        return transferJoules[transferTable[tensor] + from * deviceCount + to];
    }

    /**
     * Returns where the frames of a task arise.
     *
     * @param task the task
     * @return the device, or -1 if uploads are free
     */
    public int source(int task) {
        return source[task];
    }

    /**
     * Returns where the results of a task go.
     *
     * @param task the task
     * @return the device, or -1 if returns are free
     */
    public int sink(int task) {
        return sink[task];
    }

    /**
     * Returns the number of frames of a task.
     *
     * @param task the task
     * @return the number of frames, at least 1
     */
    public long frames(int task) {
        return frames[task];
    }

    /**
     * Returns the deadline of a task.
     *
     * @param task the task
     * @return seconds, infinite if it has none
     */
    public double deadlineSeconds(int task) {
        return deadlineSeconds[task];
    }

    /**
     * Tells what the deadline of a task limits.
     *
     * @param task the task
     * @return true for the response time, false for the mean time
     */
    public boolean isDeadlineOnResponse(int task) {
        return deadlineOnResponse[task];
    }
}
