package io.github.codnn.simulate;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.plan.OpenedBlocks;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.plan.Violation;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The times of a plan in closed form beside those of a short simulation. Searches minimise and prove the closed form of
 * {@link PlanMetrics}, which is a lower bound: where frames wait for each other, because tasks share devices, transfers
 * block devices, or a frame visits a device, a link or a medium more than once, the simulated times are greater.
 *
 * @param tasks the times of each task, in the order of the workload
 */
public record ClosedFormCheck(List<TaskTimes> tasks) {

    /** Relative, of two times that are equal but for rounding. */
    private static final double TOLERANCE = 1e-6;

    /** Relative to the clock at the end, of a difference of two of its times. */
    private static final double CLOCK_ROUNDING = 1e-12;

    private static final int MAX_NAMED = 3; // tasks in a notice
    /** A share of the simulated period by which another order must be faster to be mentioned. */
    private static final double LEAST_GAIN = 0.01;

    private static final long MAX_FRAMES = 1000;
    private static final long MAX_OPERATIONS = 50_000; // of all frames: some tenths of a second

    /**
     * The times of one task, for the frames that were simulated.
     *
     * @param task the name of the task
     * @param frames how many frames were simulated
     * @param periodSeconds the period in closed form
     * @param leastPeriodSeconds what no stream can be faster than, in whatever order devices serve frames: the period
     *     in closed form, or more where blocking transfers exclude each other
     * @param simulatedPeriodSeconds the simulated period over the second half of the frames, but not less than the
     *     least one
     * @param responseSeconds the response time in closed form
     * @param worstResponseSeconds the greatest simulated response time
     * @param makespanSeconds the makespan of these frames in closed form
     * @param simulatedMakespanSeconds the simulated makespan
     * @param missedDeadline the deadline of the task if the simulation misses it, by how much, and a sentence with the
     *     figure in the simulation and that in closed form
     * @param staticOrder the order of least period of a chain whose blocking transfers form a ring
     */
    public record TaskTimes(
            String task,
            long frames,
            double periodSeconds,
            double leastPeriodSeconds,
            double simulatedPeriodSeconds,
            double responseSeconds,
            double worstResponseSeconds,
            double makespanSeconds,
            double simulatedMakespanSeconds,
            Optional<Violation> missedDeadline,
            Optional<StaticOrder> staticOrder) {

        /** Checks the components. */
        public TaskTimes {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(missedDeadline, "missedDeadline");
            Objects.requireNonNull(staticOrder, "staticOrder");
        }

        /**
         * Tells whether the simulation shows the times of the closed form.
         *
         * @return whether no time differs by more than a share of 1e-6
         */
        public boolean agrees() {
            return isClose(simulatedPeriodSeconds, periodSeconds)
                    && isClose(worstResponseSeconds, responseSeconds)
                    && isClose(simulatedMakespanSeconds, makespanSeconds);
        }

        /** How many times the closed form the simulated times are at most; infinite beside a closed form of zero. */
        private double excess() {
            return Math.max(
                    simulatedMakespanSeconds / makespanSeconds,
                    Math.max(simulatedPeriodSeconds / periodSeconds, worstResponseSeconds / responseSeconds));
        }

        private String figures() {
            return String.format(
                    Locale.ROOT,
                    "task '%s' has the period %.4g s and response times up to %.4g s over %s"
                            + " (in closed form %.4g s and %.4g s)",
                    task,
                    simulatedPeriodSeconds,
                    worstResponseSeconds,
                    ClosedFormCheck.frames(frames),
                    periodSeconds,
                    responseSeconds);
        }

        /** Says what a better order of the operations can reach. */
        private Optional<String> orderNotice() {
            String least = leastPeriodSeconds > periodSeconds * (1 + TOLERANCE)
                    ? String.format(
                            Locale.ROOT,
                            "No order of the transfers of task '%s' has a period below %.4g s, because they exclude"
                                    + " each other",
                            task,
                            leastPeriodSeconds)
                    : "";
            String better = staticOrder
                    .filter(order -> order.periodSeconds() < simulatedPeriodSeconds * (1 - LEAST_GAIN))
                    .map(order -> String.format(
                            Locale.ROOT,
                            "A static order of what the devices of task '%s' do reaches the period %.4g s with a"
                                    + " response time of %.4g s",
                            task,
                            order.periodSeconds(),
                            order.responseSeconds()))
                    .orElse("");
            String both = least + (least.isEmpty() || better.isEmpty() ? "" : ". ") + better;
            return both.isEmpty() ? Optional.empty() : Optional.of(both);
        }

        private static boolean isClose(double simulated, double closed) {
            return Math.abs(simulated - closed) <= TOLERANCE * Math.max(simulated, closed);
        }
    }

    /** Copies the component. */
    public ClosedFormCheck {
        tasks = List.copyOf(tasks);
    }

    /**
     * Simulates at most 1,000 frames of each task, fewer of large networks but two at least, which enter one period of
     * the closed form apart. Takes some tenths of a second at most, unless two frames alone take longer.
     *
     * @param plan the plan; every transfer of it must have a link
     * @return its times in closed form and in the simulation
     * @throws io.github.codnn.CodnnException if a transfer has no link, or two frames have too many operations
     */
    public static ClosedFormCheck of(Plan plan) {
        return of(plan, MAX_OPERATIONS);
    }

    /**
     * Simulates few frames, for many plans in a row.
     *
     * @param plan the plan; every transfer of it must have a link
     * @param operations about how many operations all frames together may have, positive: transfers, and layers that a
     *     device runs without a gap as one; two frames of each task are simulated even if they have more
     * @return its times in closed form and in the simulation
     * @throws io.github.codnn.CodnnException if a transfer has no link, or two frames have too many operations
     */
    public static ClosedFormCheck of(Plan plan, long operations) {
        Checks.positive(operations, "The number of operations");
        Scenario scenario = plan.scenario();
        List<Task> tasks = scenario.workload().tasks();
        Simulation simulation = PipelineSimulator.simulateFirst(scenario, plan.placement(), MAX_FRAMES, operations);
        List<TaskTimes> times = new ArrayList<>();
        Transfers transfers = Transfers.of(plan);
        for (int index = 0; index < tasks.size(); index++) {
            times.add(times(
                    tasks.get(index),
                    plan.metrics().tasks().get(index),
                    simulation.tasks().get(index),
                    transfers.leastPeriods().get(index),
                    transfers.order()));
        }
        return new ClosedFormCheck(times);
    }

    /**
     * What blocking transfers of each task allow.
     *
     * @param leastPeriods bounds of the periods, 0 if transfers do not block
     * @param order the best order of a single task, if its transfers form a ring
     */
    private record Transfers(List<Double> leastPeriods, Optional<StaticOrder> order) {

        static Transfers of(Plan plan) {
            Scenario scenario = plan.scenario();
            if (scenario.rules().transfers() != TransferMode.BLOCKING) {
                return new Transfers(
                        Collections.nCopies(scenario.workload().tasks().size(), 0.0), Optional.empty());
            }
            OpenedBlocks blocks = OpenedBlocks.of(scenario);
            Placement places = blocks.placement(plan.placement());
            List<List<FrameOperations.Operation>> operations = blocks.scenario().workload().tasks().stream()
                    .map(task -> FrameOperations.of(scenario, task, places))
                    .toList();
            List<String> names = scenario.deviceNames();
            return new Transfers(
                    operations.stream()
                            .map(each -> BlockingBound.periodSeconds(each, names.size()))
                            .toList(),
                    operations.size() == 1 ? RingSchedule.of(operations.get(0), names) : Optional.empty());
        }
    }

    private static TaskTimes times(
            Task task, TaskMetrics closed, Simulation.TaskRun run, double bound, Optional<StaticOrder> order) {
        // Frames follow faster for a while as a queue drains, but no stream does so for long.
        double least = Math.max(closed.periodSeconds(), bound);
        double period = Math.max(least, run.periodSeconds().orElse(0));
        return new TaskTimes(
                task.name(),
                run.frames(),
                closed.periodSeconds(),
                least,
                period,
                closed.responseSeconds(),
                run.worstResponseSeconds(),
                closed.responseSeconds() + (run.frames() - 1) * closed.periodSeconds(),
                run.lastCompletionSeconds(),
                task.deadline().flatMap(deadline -> missed(task, deadline, closed, run)),
                order);
    }

    private static Optional<Violation> missed(
            Task task, Deadline deadline, TaskMetrics closed, Simulation.TaskRun run) {
        boolean isResponse = deadline.measure() == Deadline.Measure.RESPONSE;
        double actual = isResponse ? worstResponse(task, run) : meanSeconds(task, closed, run);
        double rounding = isResponse ? CLOCK_ROUNDING * run.lastCompletionSeconds() : 0;
        if (actual <= deadline.seconds() * (1 + Tolerances.BOUND) + rounding) {
            return Optional.empty();
        }
        String message = String.format(
                Locale.ROOT,
                "Task '%s' misses its deadline in a simulation of %s: the %s is %.4g s, but may be %.4g s at"
                        + " most; in closed form it is %.4g s",
                task.name(),
                frames(run.frames()),
                isResponse ? "greatest response time" : "mean time",
                actual,
                deadline.seconds(),
                isResponse ? closed.responseSeconds() : closed.meanSeconds());
        double excess = (actual - deadline.seconds()) / deadline.seconds();
        return Optional.of(new Violation(Violation.Constraint.DEADLINE, task.name(), excess, message));
    }

    /** If frames pile up, they go on doing so after the simulated ones. */
    private static double worstResponse(Task task, Simulation.TaskRun run) {
        return run.worstResponseSeconds() + (task.frames() - run.frames()) * run.responseGrowthSeconds();
    }

    /** The mean of all frames follows from the simulated ones, and from how fast frames enter and pile up. */
    private static double meanSeconds(Task task, TaskMetrics closed, Simulation.TaskRun run) {
        double period = closed.periodSeconds() + run.responseGrowthSeconds();
        return (run.lastCompletionSeconds() + (task.frames() - run.frames()) * period) / task.frames();
    }

    /**
     * Tells whether the simulation shows the times of the closed form.
     *
     * @return whether no time of any task differs by more than a share of 1e-6
     */
    public boolean agrees() {
        return tasks.stream().allMatch(TaskTimes::agrees);
    }

    /**
     * Says where the simulation differs, and what a proof about the plan is worth then.
     *
     * @return one notice of the deadlines that the simulation misses and one of the tasks whose times differ, each with
     *     the figures of the three worst tasks and the number of the others; none if all agree
     */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        List<Violation> missed = tasks.stream()
                .flatMap(times -> times.missedDeadline().stream())
                .sorted(Comparator.comparingDouble(Violation::amount).reversed())
                .toList();
        if (!missed.isEmpty()) {
            notices.add(worst(missed, Violation::message, "; ") + more(missed.size(), "; ", " tasks miss theirs"));
        }
        List<TaskTimes> longer = tasks.stream()
                .filter(times -> !times.agrees())
                .sorted(Comparator.comparingDouble(TaskTimes::excess).reversed())
                .toList();
        if (!longer.isEmpty()) {
            notices.add("Frames wait for each other in a simulation: " + worst(longer, TaskTimes::figures, ", ")
                    + more(longer.size(), " and ", "")
                    + ". The closed form is a lower bound: what is proven holds for it");
            longer.stream()
                    .map(TaskTimes::orderNotice)
                    .flatMap(Optional::stream)
                    .limit(MAX_NAMED)
                    .forEach(notices::add);
        }
        return List.copyOf(notices);
    }

    private static <T> String worst(List<T> sorted, Function<T, String> text, String separator) {
        return sorted.stream().limit(MAX_NAMED).map(text).collect(Collectors.joining(separator));
    }

    private static String more(int tasks, String before, String after) {
        return tasks > MAX_NAMED ? before + (tasks - MAX_NAMED) + " more" + after : "";
    }

    private static String frames(long frames) {
        return frames + (frames == 1 ? " frame" : " frames");
    }
}
