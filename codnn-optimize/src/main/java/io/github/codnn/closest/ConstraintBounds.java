package io.github.codnn.closest;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.Violation.Constraint;
import java.util.Optional;

/**
 * Lower bounds, over all ways to place the other layers, of what a partial placement violates, and of the quantity of a
 * freed constraint. Not thread-safe.
 */
final class ConstraintBounds {

    final PartialPlacement partial;
    private final CompiledScenario compiled;
    private final BatchCosts costs;
    private final Optional<Relaxation> relaxation;
    private final ResponseTails tails;
    private final boolean hasMemoryLimits;
    private final boolean hasDeadlines;
    private final boolean countsLimits;
    private final boolean countsPhysical;
    private final double[] bytesAfter; // [depth] of the layers that are not placed
    private final double[] workAfter; // [layer] least seconds of the rest of the task from there on
    private double greatestMemory; // of any device, in bytes
    private int impossible;
    private double violation;
    private double quantity;

    /** With a relaxation, its constraint does not count, and its quantity is bounded. */
    ConstraintBounds(CompiledScenario compiled, Optional<Relaxation> relaxation, boolean tolerant) {
        this.compiled = compiled;
        this.relaxation = relaxation;
        costs = compiled.costs();
        tails = new ResponseTails(compiled, tolerant);
        partial = new PartialPlacement(compiled, tails, ClosestPlan.isSmall(compiled) ? compiled.layerCount() : 0);
        hasMemoryLimits = costs.hasMemoryLimits();
        hasDeadlines = costs.hasDeadlines() && partial.isTimed;
        countsLimits = relaxation.map(Relaxation::countsLimits).orElse(true);
        countsPhysical = relaxation.map(Relaxation::countsPhysical).orElse(true);
        bytesAfter = new double[partial.layers + 1];
        workAfter = new double[partial.layers + 1];
        for (int layer = partial.layers - 1; layer >= 0; layer--) {
            boolean last = layer + 1 == partial.layers || partial.task[layer + 1] != partial.task[layer];
            bytesAfter[layer] = bytesAfter[layer + 1] + compiled.parameterBytes(layer);
            workAfter[layer] = (last ? 0 : workAfter[layer + 1]) + tails.leastSeconds(layer);
        }
        for (int device = 0; device < partial.devices; device++) {
            greatestMemory = Math.max(greatestMemory, costs.memoryBytes(device));
        }
    }

    int impossible() {
        return impossible;
    }

    double violation() {
        return violation;
    }

    double quantity() {
        return quantity;
    }

    /** Bounds all placements that begin with the layers placed up to a depth. */
    void bound(int depth) {
        impossible = 0;
        violation = 0;
        quantity = 0;
        int task = depth == 0 ? 0 : partial.task[depth - 1];
        count(Constraint.LINK, partial.links[depth], true);
        count(Constraint.PINNED, partial.pins[depth], true);
        count(Constraint.FORBIDDEN, partial.forbidden[depth], true);
        count(Constraint.COLOCATED, partial.apart[depth], false);
        count(Constraint.STAGES, partial.returns[depth] + partial.cyclicDevices(depth), false);
        int used = Long.bitCount(partial.used[depth]);
        if (frees(Constraint.DEVICES, 0)) {
            quantity = used;
        } else if (countsLimits) {
            violation += costs.deviceCountViolation(used);
        }
        if (hasMemoryLimits) {
            addMemory(depth);
        }
        if (hasDeadlines) {
            addLateness(depth, task);
        }
    }

    private boolean frees(Constraint constraint, int index) {
        return relaxation.isPresent() && relaxation.get().frees(constraint, index);
    }

    /** Counts are those of all tasks together. */
    private void count(Constraint constraint, int count, boolean isPhysical) {
        if (frees(constraint, 0)) {
            quantity = count;
            return;
        }
        if (isPhysical ? countsPhysical : countsLimits) {
            violation += count;
            impossible += isPhysical ? count : 0;
        }
    }

    private void addMemory(int depth) {
        double room = 0;
        int freed = -1;
        for (int device = 0; device < partial.devices; device++) {
            int entry = depth * partial.devices + device;
            double needed = partial.bytes[entry] + partial.peak[entry];
            if (frees(Constraint.MEMORY, device)) {
                freed = device;
                quantity = needed;
            } else {
                violation += countsLimits ? costs.memoryViolation(device, needed) : 0;
                room += Math.max(0, costs.memoryBytes(device) - needed);
            }
        }
        double rest = bytesAfter[depth] - room;
        if (rest > 0 && countsLimits) {
            quantity += freed >= 0 ? rest : 0;
            violation += freed >= 0 ? 0 : rest / greatestMemory;
        }
    }

    private void addLateness(int depth, int current) {
        for (int task = 0; task < compiled.taskCount(); task++) {
            boolean isFreed = frees(Constraint.DEADLINE, task);
            if (compiled.deadlineSeconds(task) == Double.POSITIVE_INFINITY || !(isFreed || countsLimits)) {
                continue;
            }
            double response = depth == 0 || task > current
                    ? tails.of(task)
                    : Math.max(
                            tails.of(task),
                            task < current ? partial.responseOfClosedTask[task] : partial.response[depth]);
            double mean = compiled.isDeadlineOnResponse(task)
                    ? 0
                    : BatchCosts.meanSeconds(costs.frames(task), period(depth, task, current), response);
            if (isFreed) {
                quantity = compiled.isDeadlineOnResponse(task) ? response : mean;
            } else {
                violation += costs.lateness(task, response, mean);
            }
        }
    }

    /** Bounds the period of a task: its devices have all their loads, and someone does the mean of its work. */
    private double period(int depth, int task, int current) {
        boolean isOpen = depth > 0 && task == current;
        boolean isClosed = depth > 0 && task < current;
        double rest = isOpen && depth < compiled.firstLayer(task + 1) ? workAfter[depth] : 0;
        double work = isClosed ? 0 : isOpen ? partial.work[depth] + rest : workAfter[compiled.firstLayer(task)];
        double slowest = isClosed ? partial.slowestOfClosedTask[task] : isOpen ? partial.slowest[depth] : 0;
        double period = Math.max(work / partial.devices, slowest);
        long used = isClosed ? partial.touchedByClosedTask[task] : isOpen ? partial.touched[depth] : 0;
        for (long left = used; left != 0; left &= left - 1) {
            period = Math.max(period, partial.load[depth * partial.devices + Long.numberOfTrailingZeros(left)]);
        }
        return period;
    }
}
