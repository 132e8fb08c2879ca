package io.github.codnn.simulate;

import io.github.codnn.internal.Checks;
import io.github.codnn.plan.OpenedBlocks;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the frames of a workload through a placement as discrete events: the independent check of {@link PlanEvaluator},
 * and the answer where frames must wait for each other.
 *
 * <p><b>Rules.</b> Frames of a task enter one period apart (the period of {@link PlanMetrics}), unless told otherwise.
 * Within a frame each device and link does its work in the order that {@link PlanMetrics} defines. Between frames a
 * device or link that becomes free goes on with the frame that it served last, if more of that is ready; otherwise the
 * turn passes to the next task, in the order of the workload, that has something ready, and there to its oldest frame;
 * nothing waits while what it needs is free. Where transfers block devices, the frame that entered first has the first
 * right to each device and link, and they are kept for it until it can have all that it needs together. Nothing is
 * interrupted, and queues are unlimited.
 *
 * <p><b>One task.</b> Let {@code s(o)} be the start of operation {@code o} of a single frame, R the response time, P
 * the period, and let resource r be busy with that frame from {@code b(r)} to {@code e(r)}.
 * <ol>
 *   <li><em>A frame that enters at time a never has {@code o} done before {@code a + s(o)} and its duration</em>: the
 *       operations before it, in the data and in the order of each resource, are the same as in a single frame. So the
 *       makespan of n frames is at least {@code (n - 1) P + R}: {@link PlanMetrics#makespanSeconds()} is a lower bound.
 *   <li><em>If {@code e(r) - b(r) <= P} for every resource, it is equal.</em> By induction on time, {@code o} of frame
 *       f starts at {@code f P + s(o)}: by 1 not earlier; and then its resource r is free, because frame f - 1 has left
 *       it at {@code (f - 1) P + e(r) <= f P + b(r)} and frame f + 1 cannot use it before
 *       {@code (f + 1) P + b(r) >= f P + e(r)}. The completions are then P apart from the first to the last.
 *   <li><em>A chain without bypass that comes to every device and link once fulfils this:</em> what it does there
 *       follows without a gap, so that {@code e(r) - b(r)} is the load of r, which is at most P. With
 *       {@link TransferMode#BLOCKING} a device that receives, computes and sends is one such visit; a source that
 *       uploads and later takes back the results is two.
 * </ol>
 *
 * <p><b>Shared devices.</b> Let {@code l(r)} be the load of task k on r, {@code L(r)} that of all tasks. With
 * {@link TransferMode#OVERLAPPED}, for a task k that is a chain without bypass which comes to every device and link
 * once, whatever the other tasks are, every frame has a response time between {@code R} and
 * {@code R + sum of (L(r) - l(r))} over the resources r of task k, and its makespan is above the closed form by no more
 * than that sum.
 * <ol>
 *   <li>When frame f of task k is ready at r and frame f - 1 has left, every other task gets at most one turn before
 *       it, and a turn is a part of one frame, hence takes at most that task's load. So f leaves r no later than
 *       {@code L(r)} after both: {@code c(f, r) <= max(c(f, before r), c(f - 1, r)) + L(r)}.
 *   <li>Frames enter P apart and {@code P >= L(r)} for every r of task k, so by induction over f and r
 *       {@code c(f, r) <= f P + sum of L} over the resources up to r. All of them sum up to {@code R + sum of (L - l)},
 *       because R is the sum of the {@code l} on such a chain.
 * </ol>
 * For other tasks, and where transfers block devices, only the lower bound holds: there the period of the closed form
 * itself can be out of reach. (Three devices that send to each other in turn block each other in pairs, so that a frame
 * takes three transfers, but each device has only two to do.)
 *
 * <p>A simulation of n frames with m operations each takes O(n m log(n m)) time, and memory for the frames that are on
 * their way at the same time. Exact up to rounding and deterministic. Immutable and thread-safe.
 */
public final class PipelineSimulator {

    private final Scenario scenario;
    private final boolean backlogged;
    private final Map<String, Double> interArrivalSeconds;

    private PipelineSimulator(Scenario scenario, boolean backlogged, Map<String, Double> interArrivalSeconds) {
        this.scenario = scenario;
        this.backlogged = backlogged;
        this.interArrivalSeconds = Checks.copyInOrder(interArrivalSeconds);
    }

    /**
     * Makes a simulator in which frames of a task enter one period apart.
     *
     * @param scenario what to simulate placements in
     * @return the simulator
     */
    public static PipelineSimulator of(Scenario scenario) {
        return new PipelineSimulator(scenario, false, Map.of());
    }

    /**
     * Returns this simulator with all frames there from the start, except those of tasks with an inter-arrival time of
     * their own.
     *
     * @return the changed simulator
     */
    public PipelineSimulator backlogged() {
        return new PipelineSimulator(scenario, true, interArrivalSeconds);
    }

    /**
     * Returns this simulator with the frames of one task entering at another pace.
     *
     * @param task the name of the task
     * @param seconds the time between the entries of two frames, zero or greater and finite
     * @return the changed simulator
     * @throws IllegalArgumentException if there is no such task
     */
    public PipelineSimulator withInterArrivalSeconds(String task, double seconds) {
        Checks.nonNegativeFinite(seconds, "The inter-arrival time of task '" + task + "'");
        if (scenario.workload().tasks().stream().noneMatch(each -> each.name().equals(task))) {
            throw new IllegalArgumentException("The workload has no task '" + task + "'. It has "
                    + scenario.workload().tasks().stream().map(Task::name).toList());
        }
        Map<String, Double> changed = new LinkedHashMap<>(interArrivalSeconds);
        changed.put(task, seconds);
        return new PipelineSimulator(scenario, backlogged, changed);
    }

    /**
     * Simulates all frames of all tasks.
     *
     * @param placement where every layer runs
     * @return what was seen
     * @throws IllegalArgumentException if the placement does not fit the scenario
     * @throws io.github.codnn.CodnnException if a transfer needs a link that does not exist
     */
    public Simulation simulate(Placement placement) {
        scenario.check(placement);
        OpenedBlocks blocks = OpenedBlocks.of(scenario);
        List<Task> tasks = blocks.scenario().workload().tasks();
        Placement places = blocks.placement(placement);
        List<List<FrameOperations.Operation>> operations = tasks.stream()
                .map(task -> FrameOperations.of(scenario, task, places))
                .toList();
        int devices = scenario.platform().devices().size();
        double[] load = new double[FrameOperations.link(devices, 0, devices)];
        operations.forEach(each -> each.forEach(operation -> {
            for (int resource : operation.resources()) {
                load[resource] += operation.seconds();
            }
        }));
        double[] pace = new double[tasks.size()];
        for (int task = 0; task < pace.length; task++) {
            Double own = interArrivalSeconds.get(tasks.get(task).name());
            double period = backlogged ? 0 : greatestLoad(operations.get(task), load);
            pace[task] = own == null ? period : own;
        }
        SimulationRun run = new SimulationRun(scenario, operations, pace);
        run.run();
        return summary(run, operations, pace);
    }

    private static double greatestLoad(List<FrameOperations.Operation> operations, double[] load) {
        double greatest = 0;
        for (FrameOperations.Operation operation : operations) {
            for (int resource : operation.resources()) {
                greatest = Math.max(greatest, load[resource]);
            }
        }
        return greatest;
    }

    private Simulation summary(SimulationRun run, List<List<FrameOperations.Operation>> operations, double[] pace) {
        List<Task> tasks = scenario.workload().tasks();
        List<Device> devices = scenario.platform().devices();
        double[] computeSeconds = new double[devices.size()];
        boolean[] takesPart = new boolean[devices.size()];
        double computeJoules = 0;
        double transferJoules = 0;
        List<Simulation.TaskRun> runs = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            long frames = tasks.get(task).frames();
            for (FrameOperations.Operation operation : operations.get(task)) {
                if (operation.isTransfer()) {
                    transferJoules += frames * operation.joules();
                } else {
                    computeJoules += frames * operation.joules();
                    computeSeconds[operation.resources().get(0)] += frames * operation.seconds();
                    takesPart[operation.resources().get(0)] = true;
                }
            }
            tasks.get(task)
                    .source()
                    .ifPresent(end -> takesPart[scenario.platform().indexOf(end)] = true);
            tasks.get(task)
                    .sink()
                    .ifPresent(end -> takesPart[scenario.platform().indexOf(end)] = true);
            runs.add(run.taskRun(task, pace[task]));
        }
        double makespan = run.makespan();
        double idleJoules = 0;
        double switchOnJoules = 0;
        for (int device = 0; device < devices.size(); device++) {
            switchOnJoules += takesPart[device] ? devices.get(device).switchOnJoules() : 0;
            if (takesPart[device] || scenario.rules().idle() == IdlePolicy.ALL) {
                idleJoules += devices.get(device).idleWatts() * Math.max(0, makespan - computeSeconds[device]);
            }
        }
        return new Simulation(
                runs, uses(run, takesPart), makespan, computeJoules, idleJoules, transferJoules, switchOnJoules);
    }

    private List<Simulation.ResourceUse> uses(SimulationRun run, boolean[] takesPart) {
        List<String> names = scenario.deviceNames();
        List<Simulation.ResourceUse> uses = new ArrayList<>();
        for (int device = 0; device < names.size(); device++) {
            if (takesPart[device]) {
                uses.add(use(names.get(device), device, run));
            }
        }
        for (int from = 0; from < names.size(); from++) {
            for (int to = 0; to < names.size(); to++) {
                int link = FrameOperations.link(from, to, names.size());
                if (run.isUsed(link)) {
                    uses.add(use(names.get(from) + " -> " + names.get(to), link, run));
                }
            }
        }
        return uses;
    }

    private static Simulation.ResourceUse use(String name, int resource, SimulationRun run) {
        double busy = run.busySeconds(resource);
        return new Simulation.ResourceUse(name, busy, run.makespan() > 0 ? busy / run.makespan() : 0);
    }
}
