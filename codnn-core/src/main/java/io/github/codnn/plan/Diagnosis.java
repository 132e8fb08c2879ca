package io.github.codnn.plan;

import io.github.codnn.platform.Device;
import io.github.codnn.scenario.StagesPerDevice;
import java.util.ArrayList;
import java.util.List;

/** Names every constraint that an evaluated placement breaks; made for people, hence apart from the fast passes. */
final class Diagnosis {

    private final CompiledScenario compiled;
    private final Evaluation evaluation;
    private final List<Violation> violations = new ArrayList<>();

    Diagnosis(CompiledScenario compiled, Evaluation evaluation) {
        this.compiled = compiled;
        this.evaluation = evaluation;
    }

    List<Violation> violations(int[] placement) {
        violations.clear();
        if (evaluation.feasible()) {
            return List.of();
        }
        for (int task = 0; task < compiled.taskCount; task++) {
            deadline(task);
            places(task, placement);
            links(task, placement);
            stages(task);
        }
        memory();
        int most = compiled.scenario.rules().maxDevices();
        if (evaluation.devicesUsed() > most) {
            add(
                    Violation.Constraint.DEVICES,
                    (double) (evaluation.devicesUsed() - most) / most,
                    evaluation.devicesUsed() + " devices run layers, but at most " + most + " may");
        }
        return List.copyOf(violations);
    }

    private void deadline(int task) {
        double lateness = evaluation.lateness(task);
        if (lateness > 0) {
            boolean onResponse = compiled.deadlineOnResponse[task];
            double actual = onResponse ? evaluation.responseSeconds(task) : evaluation.meanSeconds(task);
            add(
                    Violation.Constraint.DEADLINE,
                    lateness,
                    "Task '" + name(task) + "' takes " + actual + " s "
                            + (onResponse ? "to respond" : "a frame on average") + ", its deadline is "
                            + compiled.deadlineSeconds[task] + " s");
        }
    }

    private void places(int task, int[] placement) {
        for (int layer = compiled.firstLayer[task]; layer < compiled.firstLayer[task + 1]; layer++) {
            int pinned = compiled.pinned[layer];
            int group = compiled.colocated[layer];
            String where = "Layer '" + layerName(task, layer) + "' of task '" + name(task) + "' is on '"
                    + device(placement[layer]) + "', but ";
            if (pinned >= 0 && pinned != placement[layer]) {
                add(Violation.Constraint.PINNED, 1, where + "must be on '" + device(pinned) + "'");
            }
            if (group >= 0 && placement[group] != placement[layer]) {
                add(
                        Violation.Constraint.COLOCATED,
                        1,
                        where + "must be with layer '" + layerName(task, group) + "' on '" + device(placement[group])
                                + "'");
            }
        }
    }

    private void links(int task, int[] placement) {
        for (int tensor = compiled.firstTensor[task]; tensor < compiled.firstTensor[task + 1]; tensor++) {
            int producer = compiled.producer[tensor];
            int from = producer < 0 ? compiled.source[task] : placement[producer];
            boolean[] needs = new boolean[compiled.deviceCount];
            for (int consumer : compiled.consumers[tensor]) {
                needs[placement[consumer]] = true;
            }
            if (compiled.delivered[tensor] && compiled.sink[task] >= 0) {
                needs[compiled.sink[task]] = true;
            }
            for (int to = 0; to < needs.length && from >= 0; to++) {
                if (needs[to] && compiled.transferSeconds(tensor, from, to) == Double.POSITIVE_INFINITY) {
                    add(
                            Violation.Constraint.LINK,
                            1,
                            "Task '" + name(task) + "' must send from '" + device(from) + "' to '" + device(to)
                                    + "', but no link leads there");
                }
            }
        }
    }

    private void stages(int task) {
        if (compiled.scenario.rules().stagesPerDevice() == StagesPerDevice.ONE && evaluation.cyclicDevices(task) > 0) {
            int devices = evaluation.cyclicDevices(task);
            add(
                    Violation.Constraint.STAGES,
                    devices,
                    "Frames of task '" + name(task) + "' come back to devices that they have left, " + devices
                            + " times, but each device may run one stage only");
        }
    }

    private void memory() {
        for (int device = 0; device < compiled.deviceCount; device++) {
            long limit = compiled.memoryBytes[device];
            long needed = limit == Device.UNLIMITED_MEMORY ? 0 : evaluation.memoryBytes(device);
            if (needed > limit) {
                add(
                        Violation.Constraint.MEMORY,
                        (double) (needed - limit) / limit,
                        "Device '" + device(device) + "' needs " + needed + " bytes, but has " + limit);
            }
        }
    }

    private void add(Violation.Constraint constraint, double amount, String message) {
        violations.add(new Violation(constraint, amount, message));
    }

    private String name(int task) {
        return compiled.scenario.workload().tasks().get(task).name();
    }

    private String layerName(int task, int layer) {
        return compiled.scenario
                .workload()
                .tasks()
                .get(task)
                .graph()
                .layers()
                .get(layer - compiled.firstLayer[task])
                .name();
    }

    private String device(int device) {
        return compiled.scenario.platform().devices().get(device).name();
    }
}
