package io.github.codnn.simulate;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.plan.OpenedBlocks;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Simulates the frames of a workload under a placement as discrete events: an independent check of
 * {@link PlanEvaluator}, and the exact times where frames wait for each other.
 *
 * <p><b>Rules.</b> Frames of a task enter one period apart (the period of {@link PlanMetrics}) by default. Within a
 * frame each device and link serves operations in the order that {@link PlanMetrics} defines. A device or link that
 * becomes free continues with the frame that it served last, if another operation of that frame is ready. Otherwise it
 * serves the oldest frame of the next task, in the order of the workload, that has a ready operation. No operation
 * waits while its resources are free. If transfers block devices, the frame that entered first has priority on each
 * device and link; they stay reserved for it until all resources that the operation needs are free. Operations are not
 * preempted, and queues are unlimited. Where links share a {@link io.github.codnn.platform.Medium}, all that is said
 * about a link holds for the medium instead.
 *
 * <p><b>One task.</b> Let {@code s(o)} be the start of operation {@code o} of a single frame, R the response time, P
 * the period, and let resource r be busy with that frame from {@code b(r)} to {@code e(r)}.
 * <ol>
 *   <li><em>A frame that enters at time a never completes {@code o} before {@code a + s(o)} plus its duration</em>: the
 *       operations before it, by data and by the order of each resource, are the same as in a single frame. So the
 *       makespan of n frames is at least {@code (n - 1) P + R}: {@link PlanMetrics#makespanSeconds()} is a lower bound.
 *   <li><em>If {@code e(r) - b(r) <= P} for every resource, it is equal.</em> By induction on time, {@code o} of frame
 *       f starts at {@code f P + s(o)}: by 1 not earlier; and then its resource r is free, because frame f - 1 left it
 *       at {@code (f - 1) P + e(r) <= f P + b(r)} and frame f + 1 cannot use it before
 *       {@code (f + 1) P + b(r) >= f P + e(r)}. The completions are then P apart from the first to the last.
 *   <li><em>A chain without bypass that visits every device and link once satisfies this:</em> its operations there
 *       follow without a gap, so {@code e(r) - b(r)} is the load of r, which is at most P. With
 *       {@link TransferMode#BLOCKING} a device that receives, computes and sends is one such visit; a source that
 *       uploads and later receives the results is two.
 * </ol>
 *
 * <p><b>Shared devices.</b> Let {@code l(r)} be the load of task k on r, {@code L(r)} that of all tasks. With
 * {@link TransferMode#OVERLAPPED}, for a task k that is a chain without bypass and visits every device and link
 * once, whatever the other tasks are, every frame has a response time between {@code R} and
 * {@code R + sum of (L(r) - l(r))} over the resources r of task k, and its makespan exceeds the closed form by at
 * most that sum.
 * <ol>
 *   <li>When frame f of task k is ready at r and frame f - 1 has left, every other task has at most one turn before it,
 *       and a turn is a part of one frame, so it takes at most that task's load. So f leaves r no later than
 *       {@code L(r)} after both: {@code c(f, r) <= max(c(f, before r), c(f - 1, r)) + L(r)}.
 *   <li>Frames enter P apart and {@code P >= L(r)} for every r of task k, so by induction over f and r
 *       {@code c(f, r) <= f P + sum of L} over the resources up to r. All of them sum up to {@code R + sum of (L - l)},
 *       because R is the sum of the {@code l} on such a chain.
 * </ol>
 * For other tasks, and where transfers block devices, only the lower bound holds: there the period of the closed form
 * itself may not be attainable. (Three devices that send to each other in a ring block each other in pairs, so a frame
 * takes the time of three transfers, although each device has only two; {@link StaticOrder} is the best order there.)
 *
 * <p>A simulation of n frames with m operations each takes O(n m log(n m)) time, and memory for the frames that are in
 * progress at the same time. Exact up to rounding and deterministic. Immutable and thread-safe.
 */
public final class PipelineSimulator {

    /** More would take minutes. */
    private static final long MAX_OPERATIONS = 20_000_000;

    /** More would need gigabytes, because the frames wait at the same time. */
    private static final long MAX_OPERATIONS_TOGETHER = 2_000_000;

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
     * @param scenario the scenario
     * @return the simulator
     */
    public static PipelineSimulator of(Scenario scenario) {
        Objects.requireNonNull(scenario, "scenario");
        return new PipelineSimulator(scenario, false, Map.of());
    }

    /**
     * Returns this simulator with all frames present from the start, except those of tasks with their own inter-arrival
     * time.
     *
     * @return the changed simulator
     */
    public PipelineSimulator backlogged() {
        return new PipelineSimulator(scenario, true, interArrivalSeconds);
    }

    /**
     * Returns this simulator with another inter-arrival time for one task.
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
     * @param placement the device of every layer
     * @return the observed times and energies
     * @throws IllegalArgumentException if the placement does not fit the scenario
     * @throws CodnnException if a transfer needs a link that does not exist, or the frames have more than 20 million
     *     operations, or those that enter together more than 2 million
     */
    public Simulation simulate(Placement placement) {
        return run(placement, (frame, operation, begin) -> {});
    }

    /**
     * Simulates all frames of all tasks and tells what each device, link and medium does when.
     *
     * @param placement the device of every layer
     * @param listener hears of every layer and transfer that takes time, in the order of the clock but for those that
     *     start together; called by this thread
     * @return the observed times and energies
     * @throws IllegalArgumentException if the placement does not fit the scenario
     * @throws CodnnException as {@link #simulate(Placement)}
     */
    public Simulation simulate(Placement placement, Consumer<Activity> listener) {
        Objects.requireNonNull(listener, "listener");
        List<String> names = FrameOperations.names(scenario.platform());
        return run(placement, (frame, operation, begin) -> listener.accept(activity(frame, operation, begin, names)));
    }

    private Simulation run(Placement placement, SimulationRun.Served served) {
        scenario.check(placement);
        return run(operations(placement), served);
    }

    private List<List<FrameOperations.Operation>> operations(Placement placement) {
        OpenedBlocks blocks = OpenedBlocks.of(scenario);
        Placement places = blocks.placement(placement);
        return blocks.scenario().workload().tasks().stream()
                .map(task -> FrameOperations.of(scenario, task, places))
                .toList();
    }

    /**
     * Simulates the first frames of each task. Layers that a device runs without a gap are one operation, so that more
     * frames can be simulated.
     *
     * @param scenario the scenario
     * @param placement the device of every layer
     * @param frames how many frames of each task to simulate at most
     * @param most about how many operations all frames together may have, though two frames of each task are simulated
     * @return the observed times and energies of these frames
     */
    static Simulation simulateFirst(Scenario scenario, Placement placement, long frames, long most) {
        List<List<FrameOperations.Operation>> operations = of(scenario).operations(placement);
        if (scenario.rules().transfers() == TransferMode.OVERLAPPED) {
            operations = StageOperations.of(operations);
        }
        long ofAFrame = Math.max(1, operations.stream().mapToLong(List::size).sum());
        long count = Math.max(2, Math.min(frames, most / ofAFrame));
        List<Task> few = scenario.workload().tasks().stream()
                .map(task -> task.withFrames(Math.min(count, task.frames())))
                .toList();
        return of(scenario.withWorkload(new Workload(few))).run(operations, (frame, operation, begin) -> {});
    }

    private Simulation run(List<List<FrameOperations.Operation>> operations, SimulationRun.Served served) {
        double[] pace = pace(operations);
        checkSize(operations, pace);
        SimulationRun run = new SimulationRun(scenario, operations, pace, served);
        run.run();
        return SimulationSummary.of(scenario, operations, run);
    }

    private Activity activity(Frame frame, int index, double begin, List<String> names) {
        FrameOperations.Operation operation = frame.task.operations[index];
        return new Activity(
                scenario.workload().tasks().get(frame.task.index).name(),
                frame.number,
                operation.name(),
                operation.isTransfer(),
                operation.resources().stream().map(names::get).toList(),
                begin,
                begin + operation.seconds());
    }

    private void checkSize(List<List<FrameOperations.Operation>> operations, double[] pace) {
        double all = 0;
        double together = 0;
        for (int task = 0; task < pace.length; task++) {
            double count = (double) scenario.workload().tasks().get(task).frames()
                    * operations.get(task).size();
            all += count;
            together += pace[task] == 0 ? count : 0;
        }
        if (all > MAX_OPERATIONS || together > MAX_OPERATIONS_TOGETHER) {
            throw new CodnnException(String.format(
                    Locale.ROOT,
                    "A simulation has at most %,d operations, layers and transfers of all frames, and at most %,d of"
                            + " frames that enter together, but here are %,.0f and %,.0f. Simulate fewer frames",
                    MAX_OPERATIONS,
                    MAX_OPERATIONS_TOGETHER,
                    all,
                    together));
        }
    }

    /** Returns the time between the entries of two frames of each task. */
    private double[] pace(List<List<FrameOperations.Operation>> operations) {
        double[] load = new double[FrameOperations.resourceCount(scenario.platform())];
        operations.forEach(frame -> frame.forEach(operation -> {
            for (int resource : operation.resources()) {
                load[resource] += operation.seconds();
            }
        }));
        double[] pace = new double[operations.size()];
        for (int task = 0; task < pace.length; task++) {
            String name = scenario.workload().tasks().get(task).name();
            double period = backlogged ? 0 : greatestLoad(operations.get(task), load);
            pace[task] = interArrivalSeconds.getOrDefault(name, period);
        }
        return pace;
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
}
