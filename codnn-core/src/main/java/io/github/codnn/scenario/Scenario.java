package io.github.codnn.scenario;

import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that decides what a placement gives: the tasks, the platform, the costs and the rules.
 *
 * <p>Can be written to a stream if its cost model can; {@code CompiledScenario.tabulated} makes one that can.
 *
 * @param name the name of the scenario, not blank
 * @param workload the tasks
 * @param platform the devices and links
 * @param costModel what layers and transfers cost
 * @param rules what holds on every device
 */
public record Scenario(String name, Workload workload, Platform platform, CostModel costModel, Rules rules)
        implements Serializable {

    /**
     * What holds on every device.
     *
     * @param transfers whether devices compute while they transfer
     * @param stagesPerDevice how often a frame may come to a device
     * @param memory what counts against a device's memory
     * @param maxDevices on how many devices layers may run at the most, at least 1
     * @param idle which devices wait at idle power
     */
    public record Rules(
            TransferMode transfers,
            StagesPerDevice stagesPerDevice,
            MemoryModel memory,
            int maxDevices,
            IdlePolicy idle)
            implements Serializable {

        /**
         * Overlapped transfers, one stage per device, parameters and activations, any number of devices; those that
         * take part wait at idle power.
         */
        public static final Rules DEFAULT = new Rules(
                TransferMode.OVERLAPPED,
                StagesPerDevice.ONE,
                MemoryModel.PARAMETERS_AND_ACTIVATIONS,
                Integer.MAX_VALUE);

        /** Checks the components. */
        public Rules {
            Objects.requireNonNull(transfers, "transfers");
            Objects.requireNonNull(stagesPerDevice, "stagesPerDevice");
            Objects.requireNonNull(memory, "memory");
            Checks.positive(maxDevices, "The greatest number of devices");
            Objects.requireNonNull(idle, "idle");
        }

        /**
         * Makes rules under which devices that take no part take no energy.
         *
         * @param transfers whether devices compute while they transfer
         * @param stagesPerDevice how often a frame may come to a device
         * @param memory what counts against a device's memory
         * @param maxDevices on how many devices layers may run at the most, at least 1
         */
        public Rules(TransferMode transfers, StagesPerDevice stagesPerDevice, MemoryModel memory, int maxDevices) {
            this(transfers, stagesPerDevice, memory, maxDevices, IdlePolicy.PARTICIPATING);
        }
    }

    /** Checks the components. */
    public Scenario {
        Checks.notBlank(name, "A scenario's name");
        Objects.requireNonNull(costModel, "costModel");
        Objects.requireNonNull(rules, "rules");
        for (Task task : workload.tasks()) {
            task.source().ifPresent(platform::indexOf);
            task.sink().ifPresent(platform::indexOf);
            task.pinned().values().forEach(platform::indexOf);
        }
    }

    /**
     * Makes a scenario with the default rules.
     *
     * @param name the name
     * @param workload the tasks
     * @param platform the devices and links
     * @param costModel what layers and transfers cost
     * @return the scenario
     */
    public static Scenario of(String name, Workload workload, Platform platform, CostModel costModel) {
        return new Scenario(name, workload, platform, costModel, Rules.DEFAULT);
    }

    /**
     * Makes a scenario of one task with the default rules and the costs of the presets. Its name is that of the task.
     *
     * @param task the task
     * @param platform the devices, each of a kind that {@link RooflineCostModel#withPresets()} knows, and the links
     * @return the scenario
     */
    public static Scenario of(Task task, Platform platform) {
        return of(task.name(), Workload.of(task), platform, RooflineCostModel.withPresets());
    }

    /**
     * Returns this scenario with another workload.
     *
     * @param newWorkload the tasks
     * @return the changed scenario
     */
    public Scenario withWorkload(Workload newWorkload) {
        return new Scenario(name, newWorkload, platform, costModel, rules);
    }

    /**
     * Returns this scenario on another platform.
     *
     * @param newPlatform the devices and links
     * @return the changed scenario
     */
    public Scenario withPlatform(Platform newPlatform) {
        return new Scenario(name, workload, newPlatform, costModel, rules);
    }

    /**
     * Returns this scenario with another way to transfer.
     *
     * @param transfers whether devices compute while they transfer
     * @return the changed scenario
     */
    public Scenario withTransfers(TransferMode transfers) {
        return withRules(
                new Rules(transfers, rules.stagesPerDevice(), rules.memory(), rules.maxDevices(), rules.idle()));
    }

    /**
     * Returns this scenario with another rule for stages.
     *
     * @param stages how often a frame may come to a device
     * @return the changed scenario
     */
    public Scenario withStagesPerDevice(StagesPerDevice stages) {
        return withRules(new Rules(rules.transfers(), stages, rules.memory(), rules.maxDevices(), rules.idle()));
    }

    /**
     * Returns this scenario with another account of memory.
     *
     * @param memory what counts against a device's memory
     * @return the changed scenario
     */
    public Scenario withMemory(MemoryModel memory) {
        return withRules(
                new Rules(rules.transfers(), rules.stagesPerDevice(), memory, rules.maxDevices(), rules.idle()));
    }

    /**
     * Returns this scenario with another limit on devices.
     *
     * @param most on how many devices layers may run at the most
     * @return the changed scenario
     */
    public Scenario withMaxDevices(int most) {
        return withRules(new Rules(rules.transfers(), rules.stagesPerDevice(), rules.memory(), most, rules.idle()));
    }

    /**
     * Returns this scenario with other devices waiting.
     *
     * @param idle which devices wait at idle power
     * @return the changed scenario
     */
    public Scenario withIdle(IdlePolicy idle) {
        return withRules(
                new Rules(rules.transfers(), rules.stagesPerDevice(), rules.memory(), rules.maxDevices(), idle));
    }

    /**
     * Returns this scenario with another cost model.
     *
     * @param model says what a layer costs on a device and a tensor on a link
     * @return the changed scenario
     */
    public Scenario withCostModel(CostModel model) {
        return new Scenario(name, workload, platform, model, rules);
    }

    private Scenario withRules(Rules newRules) {
        return new Scenario(name, workload, platform, costModel, newRules);
    }

    /**
     * Checks that a placement assigns each layer of each task to a device of the platform, and nothing else.
     *
     * @param placement the placement
     * @throws IllegalArgumentException naming the first task, layer or device that does not fit
     */
    public void check(Placement placement) {
        for (Task task : workload.tasks()) {
            Map<String, String> devices = placement.of(task.name());
            task.graph().layers().forEach(layer -> {
                String device = devices.get(layer.name());
                if (device == null) {
                    throw new IllegalArgumentException("The placement gives no device to layer '" + layer.name()
                            + "' of task '" + task.name() + "'");
                }
                platform.indexOf(device);
            });
            devices.keySet().forEach(task.graph()::indexOf);
        }
        if (placement.deviceByLayer().size() > workload.tasks().size()) {
            throw new IllegalArgumentException("The placement names tasks "
                    + placement.deviceByLayer().keySet() + ", but the workload has "
                    + workload.tasks().stream().map(Task::name).toList());
        }
    }

    /**
     * Returns the names of all devices.
     *
     * @return the names in platform order
     */
    public java.util.List<String> deviceNames() {
        return platform.devices().stream().map(Device::name).toList();
    }
}
