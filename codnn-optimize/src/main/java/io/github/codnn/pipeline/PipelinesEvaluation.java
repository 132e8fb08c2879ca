package io.github.codnn.pipeline;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.PlanMetrics;
import java.util.Arrays;

/**
 * The metrics of the pipelines of all tasks together: the same figures as {@code PlanEvaluator}'s up to rounding, in
 * O(K S + D) time for K tasks of S stages each. They depend on the stages only, not on earlier evaluations. Not
 * thread-safe; allocates nothing.
 */
public final class PipelinesEvaluation implements PlanMetrics {

    private final Pipelines problem;
    private final BatchCosts costs;
    private final double[] period; // [task]
    private final double[] response; // [task]
    private final double[] makespan; // [task]
    private final double[] load; // [device, link or medium] of all tasks, of those in use
    private final double[] busy; // [device]
    private final double[] bytes; // [device]
    private final boolean[] runsLayers; // [device]
    private final boolean hasSwitchOnJoules;
    private double computeJoules;
    private double idleJoules;
    private double transferJoules;
    private double switchOnJoules;
    private double price;
    private int impossible;
    private double violation;
    private int devicesUsed;

    public PipelinesEvaluation(Pipelines problem) {
        this.problem = problem;
        costs = problem.compiled.costs();
        period = new double[problem.tasks];
        response = new double[problem.tasks];
        makespan = new double[problem.tasks];
        load = new double[problem.devices * (problem.devices + 1) + problem.compiled.mediumCount()];
        busy = new double[problem.devices];
        bytes = new double[problem.devices];
        runsLayers = new boolean[problem.devices];
        hasSwitchOnJoules = costs.hasSwitchOnJoules();
    }

    /** Evaluates the pipelines of all tasks; afterwards this object returns their figures. */
    void evaluate(Pipeline[] tasks) {
        clear(tasks);
        for (int task = 0; task < tasks.length; task++) {
            add(tasks[task], costs.frames(task));
        }
        double latest = 0;
        for (int task = 0; task < tasks.length; task++) {
            period[task] = greatestLoad(tasks[task]);
            response[task] = tasks[task].response;
            makespan[task] = BatchCosts.makespanSeconds(costs.frames(task), period[task], response[task]);
            latest = makespan[task] > latest ? makespan[task] : latest;
            violation += costs.lateness(task, response[task], meanSeconds(task));
        }
        sumDevices(latest);
        if (hasSwitchOnJoules) {
            sumSwitchOn();
        }
    }

    private void clear(Pipeline[] tasks) {
        for (Pipeline pipeline : tasks) {
            for (int use = 0; use < pipeline.uses; use++) {
                load[pipeline.resource[use]] = 0;
            }
        }
        Arrays.fill(busy, 0);
        Arrays.fill(bytes, 0);
        Arrays.fill(runsLayers, false);
        computeJoules = 0;
        transferJoules = 0;
        impossible = 0;
        violation = 0;
    }

    private void add(Pipeline pipeline, double count) {
        for (int use = 0; use < pipeline.uses; use++) {
            load[pipeline.resource[use]] += pipeline.load[use];
        }
        for (int stage = 0; stage < pipeline.stages; stage++) {
            int device = pipeline.devices[stage];
            busy[device] += count * pipeline.seconds[stage];
            bytes[device] += pipeline.bytes[stage];
            runsLayers[device] = true;
        }
        computeJoules += count * pipeline.computeJoules;
        transferJoules += count * pipeline.transferJoules;
        violation += pipeline.violation;
        impossible += pipeline.impossible;
    }

    private double greatestLoad(Pipeline pipeline) {
        double greatest = 0;
        for (int use = 0; use < pipeline.uses; use++) {
            double total = load[pipeline.resource[use]];
            greatest = total > greatest ? total : greatest;
        }
        return greatest;
    }

    private void sumDevices(double latest) {
        idleJoules = 0;
        price = 0;
        devicesUsed = 0;
        for (int device = 0; device < busy.length; device++) {
            price += costs.price(device, busy[device]);
            devicesUsed += runsLayers[device] ? 1 : 0;
            idleJoules += costs.idleJoules(device, runsLayers[device], latest, busy[device]);
            violation += costs.memoryViolation(device, bytes[device]);
        }
        violation += costs.deviceCountViolation(devicesUsed);
    }

    private void sumSwitchOn() {
        switchOnJoules = 0;
        for (int device = 0; device < busy.length; device++) {
            switchOnJoules += costs.switchOnJoules(device, runsLayers[device]);
        }
    }

    /** Writes pipelines as a placement. */
    public void write(Pipeline[] tasks, int[] placement) {
        for (int task = 0; task < tasks.length; task++) {
            int first = problem.compiled.firstLayer(task);
            int start = 0;
            for (int stage = 0; stage < tasks[task].stages; stage++) {
                Arrays.fill(placement, first + start, first + tasks[task].ends[stage], tasks[task].devices[stage]);
                start = tasks[task].ends[stage];
            }
        }
    }

    @Override
    public int taskCount() {
        return period.length;
    }

    @Override
    public double periodSeconds(int task) {
        return period[task];
    }

    @Override
    public double responseSeconds(int task) {
        return response[task];
    }

    @Override
    public double makespanSeconds(int task) {
        return makespan[task];
    }

    @Override
    public double meanSeconds(int task) {
        return makespan[task] / costs.frames(task);
    }

    @Override
    public double meanSeconds() {
        return costs.meanSeconds(makespan);
    }

    @Override
    public double computeJoules() {
        return computeJoules;
    }

    @Override
    public double idleJoules() {
        return idleJoules;
    }

    @Override
    public double transferJoules() {
        return transferJoules;
    }

    @Override
    public double switchOnJoules() {
        return switchOnJoules;
    }

    @Override
    public double price() {
        return price;
    }

    @Override
    public int devicesUsed() {
        return devicesUsed;
    }

    @Override
    public int impossible() {
        return impossible;
    }

    @Override
    public double violation() {
        return violation;
    }
}
