package io.github.codnn.plan;

import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * An immutable copy of the metrics of a placement; {@link PlanMetrics} defines every figure.
 *
 * @param tasks the metrics of each task
 * @param periodSeconds the greatest period
 * @param throughputPerSecond the frames of all tasks per second
 * @param responseSeconds the greatest response time
 * @param makespanSeconds the time until the last task is complete
 * @param meanSeconds the mean time per frame over all tasks
 * @param computeJoules the energy of computing
 * @param idleJoules the energy of waiting
 * @param transferJoules the energy of transfers
 * @param switchOnJoules the energy of switching on
 * @param price the price of the batch
 * @param devicesUsed the number of devices that run layers
 * @param impossible how many layers are where they cannot be, and transfers without a link
 * @param violation by how much constraints are violated, 0 if all are met
 * @param violations the violated constraints, empty if all are met
 */
public record MetricsSnapshot(
        List<TaskMetrics> tasks,
        double periodSeconds,
        double throughputPerSecond,
        double responseSeconds,
        double makespanSeconds,
        double meanSeconds,
        double computeJoules,
        double idleJoules,
        double transferJoules,
        double switchOnJoules,
        double price,
        int devicesUsed,
        int impossible,
        double violation,
        List<Violation> violations)
        implements PlanMetrics {

    /** Copies the components. */
    public MetricsSnapshot {
        tasks = Checks.notEmpty(tasks, "task in metrics");
        violations = List.copyOf(violations);
    }

    static MetricsSnapshot of(PlanMetrics metrics, CompiledScenario compiled, List<Violation> violations) {
        List<TaskMetrics> tasks = new ArrayList<>();
        for (int task = 0; task < metrics.taskCount(); task++) {
            tasks.add(new TaskMetrics(
                    compiled.scenario().workload().tasks().get(task).name(),
                    metrics.periodSeconds(task),
                    metrics.responseSeconds(task),
                    metrics.makespanSeconds(task),
                    metrics.meanSeconds(task)));
        }
        return new MetricsSnapshot(
                tasks,
                metrics.periodSeconds(),
                metrics.throughputPerSecond(),
                metrics.responseSeconds(),
                metrics.makespanSeconds(),
                metrics.meanSeconds(),
                metrics.computeJoules(),
                metrics.idleJoules(),
                metrics.transferJoules(),
                metrics.switchOnJoules(),
                metrics.price(),
                metrics.devicesUsed(),
                metrics.impossible(),
                metrics.violation(),
                violations);
    }

    /**
     * Returns these metrics with further violations, such as deadlines that only a simulation shows to be missed.
     *
     * @param more constraints that are not among the violations yet
     * @return the changed metrics
     */
    public MetricsSnapshot withViolations(List<Violation> more) {
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(more);
        return new MetricsSnapshot(
                tasks,
                periodSeconds,
                throughputPerSecond,
                responseSeconds,
                makespanSeconds,
                meanSeconds,
                computeJoules,
                idleJoules,
                transferJoules,
                switchOnJoules,
                price,
                devicesUsed,
                impossible,
                violation + more.stream().mapToDouble(Violation::amount).sum(),
                all);
    }

    /**
     * Returns the share of the tasks that are not late.
     *
     * @return from 0 to 1; a task without a deadline is never late
     */
    public double deadlineAchievementRate() {
        long late = violations.stream()
                .filter(violation -> violation.constraint() == Violation.Constraint.DEADLINE)
                .count();
        return 1 - (double) late / tasks.size();
    }

    @Override
    public int taskCount() {
        return tasks.size();
    }

    @Override
    public double periodSeconds(int task) {
        return tasks.get(task).periodSeconds();
    }

    @Override
    public double responseSeconds(int task) {
        return tasks.get(task).responseSeconds();
    }

    @Override
    public double makespanSeconds(int task) {
        return tasks.get(task).makespanSeconds();
    }

    @Override
    public double meanSeconds(int task) {
        return tasks.get(task).meanSeconds();
    }
}
