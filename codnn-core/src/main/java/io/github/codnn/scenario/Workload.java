package io.github.codnn.scenario;

import io.github.codnn.internal.Checks;
import java.util.List;

/**
 * The tasks that share a platform.
 *
 * @param tasks the tasks, at least one, with unique names
 */
public record Workload(List<Task> tasks) {

    /** Checks and copies the components. */
    public Workload {
        tasks = Checks.notEmpty(tasks, "task in a workload");
        long names = tasks.stream().map(Task::name).distinct().count();
        if (names < tasks.size()) {
            throw new IllegalArgumentException("The tasks of a workload must have unique names, but are ["
                    + Checks.some(tasks.stream().map(Task::name).toList(), 8) + "]");
        }
    }

    /**
     * Makes a workload.
     *
     * @param tasks the tasks
     * @return the workload
     */
    public static Workload of(Task... tasks) {
        return new Workload(List.of(tasks));
    }

    /**
     * Returns how many layers all tasks have together.
     *
     * @return the number
     * @throws ArithmeticException if it exceeds 2^31-1
     */
    public int layerCount() {
        return tasks.stream().mapToInt(task -> task.graph().layers().size()).reduce(0, Math::addExact);
    }
}
