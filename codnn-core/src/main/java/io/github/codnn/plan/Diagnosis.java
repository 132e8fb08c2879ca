package io.github.codnn.plan;

import io.github.codnn.scenario.StagesPerDevice;
import java.util.ArrayList;
import java.util.List;

/** Lists every constraint that an evaluated placement breaks, with a message. Allocates, unlike the evaluation. */
final class Diagnosis {

    private final CompiledScenario compiled;
    private final ScenarioArrays arrays;
    private final BatchCosts costs;
    private final Evaluation evaluation;
    private final List<Violation> violations = new ArrayList<>();

    Diagnosis(CompiledScenario compiled, Evaluation evaluation) {
        this.compiled = compiled;
        arrays = compiled.arrays();
        costs = compiled.costs();
        this.evaluation = evaluation;
    }

    List<Violation> violations(int[] placement) {
        violations.clear();
        if (evaluation.feasible()) {
            return List.of();
        }
        for (int task = 0; task < arrays.taskCount; task++) {
            deadline(task);
            places(task, placement);
            links(task, placement);
            stages(task);
        }
        memory();
        double excess = costs.deviceCountViolation(evaluation.devicesUsed());
        if (excess > 0) {
            int most = arrays.scenario.rules().maxDevices();
            add(
                    Violation.Constraint.DEVICES,
                    "",
                    excess,
                    evaluation.devicesUsed() + " devices run layers, but at most " + most + " may");
        }
        return List.copyOf(violations);
    }

    private void deadline(int task) {
        double lateness = evaluation.lateness(task);
        if (lateness > 0) {
            boolean onResponse = costs.isDeadlineOnResponse(task);
            double actual = onResponse ? evaluation.responseSeconds(task) : evaluation.meanSeconds(task);
            add(
                    Violation.Constraint.DEADLINE,
                    name(task),
                    lateness,
                    "Task '" + name(task) + "' takes " + actual + " s "
                            + (onResponse ? "to respond" : "a frame on average") + ", its deadline is "
                            + costs.deadlineSeconds(task) + " s");
        }
    }

    private void places(int task, int[] placement) {
        for (int layer = arrays.firstLayer[task]; layer < arrays.firstLayer[task + 1]; layer++) {
            int pinned = arrays.pinned[layer];
            int group = arrays.colocated[layer];
            String where = "Layer '" + layerName(task, layer) + "' of task '" + name(task) + "' is on '"
                    + device(placement[layer]) + "', but ";
            if (arrays.forbidden[layer * arrays.deviceCount + placement[layer]]) {
                add(Violation.Constraint.FORBIDDEN, name(task), 1, where + "cannot run there");
            }
            if (pinned >= 0 && pinned != placement[layer]) {
                add(Violation.Constraint.PINNED, name(task), 1, where + "must be on '" + device(pinned) + "'");
            }
            if (group >= 0 && placement[group] != placement[layer]) {
                add(
                        Violation.Constraint.COLOCATED,
                        name(task),
                        1,
                        where + "must be with layer '" + layerName(task, group) + "' on '" + device(placement[group])
                                + "'");
            }
        }
    }

    private void links(int task, int[] placement) {
        for (int tensor = arrays.firstTensor[task]; tensor < arrays.firstTensor[task + 1]; tensor++) {
            int producer = arrays.producer[tensor];
            int from = producer < 0 ? arrays.source[task] : placement[producer];
            boolean[] needs = new boolean[arrays.deviceCount];
            for (int consumer : arrays.consumers[tensor]) {
                needs[placement[consumer]] = true;
            }
            if (arrays.delivered[tensor] && arrays.sink[task] >= 0) {
                needs[arrays.sink[task]] = true;
            }
            for (int to = 0; to < needs.length && from >= 0; to++) {
                if (needs[to] && compiled.transferSeconds(tensor, from, to) == Double.POSITIVE_INFINITY) {
                    add(
                            Violation.Constraint.LINK,
                            name(task),
                            1,
                            "Task '" + name(task) + "' must send from '" + device(from) + "' to '" + device(to)
                                    + "', but no link leads there");
                }
            }
        }
    }

    private void stages(int task) {
        if (arrays.scenario.rules().stagesPerDevice() == StagesPerDevice.ONE && evaluation.cyclicDevices(task) > 0) {
            int devices = evaluation.cyclicDevices(task);
            add(
                    Violation.Constraint.STAGES,
                    name(task),
                    devices,
                    "Frames of task '" + name(task) + "' come back to devices that they have left, " + devices
                            + " times, but each device may run one stage only");
        }
    }

    private void memory() {
        for (int device = 0; device < arrays.deviceCount; device++) {
            long needed = evaluation.memoryBytes(device);
            double excess = costs.memoryViolation(device, (double) needed);
            if (excess > 0) {
                long limit = arrays.scenario.platform().devices().get(device).memoryBytes();
                add(
                        Violation.Constraint.MEMORY,
                        device(device),
                        excess,
                        "Device '" + device(device) + "' needs " + needed + " bytes, but has " + limit);
            }
        }
    }

    private void add(Violation.Constraint constraint, String subject, double amount, String message) {
        violations.add(new Violation(constraint, subject, amount, message));
    }

    private String name(int task) {
        return arrays.scenario.workload().tasks().get(task).name();
    }

    private String layerName(int task, int layer) {
        return arrays.scenario
                .workload()
                .tasks()
                .get(task)
                .graph()
                .layers()
                .get(layer - arrays.firstLayer[task])
                .name();
    }

    private String device(int device) {
        return arrays.scenario.platform().devices().get(device).name();
    }
}
