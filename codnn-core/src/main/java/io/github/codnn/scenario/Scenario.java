package io.github.codnn.scenario;

import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A planning problem without its objective: the tasks, the platform, the costs and the rules.
 *
 * <p>{@code ScenarioBytes} sends a scenario to another machine. Immutable and thread-safe if its cost model is.
 *
 * @param name the name of the scenario, not blank
 * @param workload the tasks
 * @param platform the devices and links
 * @param costModel the times and energies of layers and transfers
 * @param rules the rules for all devices
 */
public record Scenario(String name, Workload workload, Platform platform, CostModel costModel, Rules rules) {

    /**
     * The rules for all devices.
     *
     * @param transfers whether devices compute while they transfer
     * @param stagesPerDevice how many stages of a task a device may run
     * @param memory what counts against a device's memory
     * @param maxDevices the greatest number of devices that may run layers, at least 1
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
         * Overlapped transfers, one stage per device, parameters and activations, any number of devices; only the
         * devices that take part wait at idle power. The {@code with} methods change one rule each.
         */
        public static final Rules DEFAULT = new Rules(
                TransferMode.OVERLAPPED,
                StagesPerDevice.ONE,
                MemoryModel.PARAMETERS_AND_ACTIVATIONS,
                Integer.MAX_VALUE,
                IdlePolicy.PARTICIPATING);

        /** Checks the components. */
        public Rules {
            Objects.requireNonNull(transfers, "transfers");
            Objects.requireNonNull(stagesPerDevice, "stagesPerDevice");
            Objects.requireNonNull(memory, "memory");
            Checks.positive(maxDevices, "The greatest number of devices");
            Objects.requireNonNull(idle, "idle");
        }

        /**
         * Returns these rules with another transfer mode.
         *
         * @param mode whether devices compute while they transfer
         * @return the changed rules
         */
        public Rules withTransfers(TransferMode mode) {
            return new Rules(mode, stagesPerDevice, memory, maxDevices, idle);
        }

        /**
         * Returns these rules with another limit on stages.
         *
         * @param stages how many stages of a task a device may run
         * @return the changed rules
         */
        public Rules withStagesPerDevice(StagesPerDevice stages) {
            return new Rules(transfers, stages, memory, maxDevices, idle);
        }

        /**
         * Returns these rules with another memory model.
         *
         * @param model what counts against a device's memory
         * @return the changed rules
         */
        public Rules withMemory(MemoryModel model) {
            return new Rules(transfers, stagesPerDevice, model, maxDevices, idle);
        }

        /**
         * Returns these rules with another limit on devices.
         *
         * @param limit the greatest number of devices that may run layers, at least 1
         * @return the changed rules
         */
        public Rules withMaxDevices(int limit) {
            return new Rules(transfers, stagesPerDevice, memory, limit, idle);
        }

        /**
         * Returns these rules with another idle policy.
         *
         * @param policy which devices wait at idle power
         * @return the changed rules
         */
        public Rules withIdle(IdlePolicy policy) {
            return new Rules(transfers, stagesPerDevice, memory, maxDevices, policy);
        }
    }

    /** Checks the components. */
    public Scenario {
        Checks.notBlank(name, "A scenario's name");
        Objects.requireNonNull(costModel, "costModel");
        Objects.requireNonNull(rules, "rules");
        Set<String> devices = names(platform);
        for (Task task : workload.tasks()) {
            task.source().ifPresent(device -> checkDevice(device, devices, platform));
            task.sink().ifPresent(device -> checkDevice(device, devices, platform));
            task.pinned().values().forEach(device -> checkDevice(device, devices, platform));
        }
    }

    private static Set<String> names(Platform platform) {
        return platform.devices().stream().map(Device::name).collect(Collectors.toSet());
    }

    /** Asks the platform, which takes time in proportion to its devices, only for its message. */
    private static void checkDevice(String device, Set<String> known, Platform platform) {
        if (!known.contains(device)) {
            platform.indexOf(device);
        }
    }

    /**
     * Makes a scenario with {@link Rules#DEFAULT}.
     *
     * @param name the name
     * @param workload the tasks
     * @param platform the devices and links
     * @param costModel the times and energies of layers and transfers
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
     * Returns this scenario with another transfer mode.
     *
     * @param transfers whether devices compute while they transfer
     * @return the changed scenario
     */
    public Scenario withTransfers(TransferMode transfers) {
        return withRules(rules.withTransfers(transfers));
    }

    /**
     * Returns this scenario with another limit on stages.
     *
     * @param stages how many stages of a task a device may run
     * @return the changed scenario
     */
    public Scenario withStagesPerDevice(StagesPerDevice stages) {
        return withRules(rules.withStagesPerDevice(stages));
    }

    /**
     * Returns this scenario with another memory model.
     *
     * @param memory what counts against a device's memory
     * @return the changed scenario
     */
    public Scenario withMemory(MemoryModel memory) {
        return withRules(rules.withMemory(memory));
    }

    /**
     * Returns this scenario with another limit on devices.
     *
     * @param limit the greatest number of devices that may run layers, at least 1
     * @return the changed scenario
     */
    public Scenario withMaxDevices(int limit) {
        return withRules(rules.withMaxDevices(limit));
    }

    /**
     * Returns this scenario with another idle policy.
     *
     * @param idle which devices wait at idle power
     * @return the changed scenario
     */
    public Scenario withIdle(IdlePolicy idle) {
        return withRules(rules.withIdle(idle));
    }

    /**
     * Returns this scenario with another cost model.
     *
     * @param model the times and energies of layers and transfers
     * @return the changed scenario
     */
    public Scenario withCostModel(CostModel model) {
        return new Scenario(name, workload, platform, model, rules);
    }

    /**
     * Returns this scenario with other rules.
     *
     * @param newRules the rules for all devices
     * @return the changed scenario
     */
    public Scenario withRules(Rules newRules) {
        return new Scenario(name, workload, platform, costModel, newRules);
    }

    /**
     * Checks that a placement assigns each layer of each task to a device of the platform, and nothing else.
     *
     * @param placement the placement
     * @throws IllegalArgumentException naming the first task, layer or device that does not fit
     */
    public void check(Placement placement) {
        Set<String> known = names(platform);
        for (Task task : workload.tasks()) {
            Map<String, String> devices = placement.of(task.name());
            task.graph().layers().forEach(layer -> {
                String device = devices.get(layer.name());
                if (device == null) {
                    throw new IllegalArgumentException("The placement has no device for layer '" + layer.name()
                            + "' of task '" + task.name() + "'");
                }
                checkDevice(device, known, platform);
            });
            devices.keySet().forEach(task.graph()::indexOf);
        }
        if (placement.deviceByLayer().size() > workload.tasks().size()) {
            throw new IllegalArgumentException("The placement names tasks "
                    + Checks.some(placement.deviceByLayer().keySet(), 8) + ", but the workload has "
                    + Checks.some(workload.tasks().stream().map(Task::name).toList(), 8));
        }
    }

    /**
     * Returns what the readers of the networks assumed or left out.
     *
     * @return the notices of all networks, each once; with several tasks, each begins with the name of its task
     */
    public List<String> notices() {
        Set<String> notices = new LinkedHashSet<>();
        boolean single = workload.tasks().size() == 1;
        workload.tasks()
                .forEach(task -> task.graph()
                        .notices()
                        .forEach(notice -> notices.add(single ? notice : task.name() + ": " + notice)));
        return List.copyOf(notices);
    }

    /**
     * Returns the names of all devices.
     *
     * @return the names in platform order
     */
    public List<String> deviceNames() {
        return platform.devices().stream().map(Device::name).toList();
    }
}
