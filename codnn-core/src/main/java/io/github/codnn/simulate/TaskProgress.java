package io.github.codnn.simulate;

import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A task in a simulation: what its frames have in common, and the times of those that are complete. */
final class TaskProgress {

    /** The greatest relative difference between the sum of many times and the closed form. */
    private static final double ROUNDING = 1e-9;

    final int index;
    final long frames;
    final double pace; // seconds between the entries of two frames
    final FrameOperations.Operation[] operations;
    final int[][] successors; // [operation] the operations that wait for it
    private final Task task;
    private double firstCompletion;
    private double middleCompletion;
    private double finalCompletion;
    private double lastCompletion;
    private double worstResponse;
    private double worstOfFirstHalf;
    private long inTime; // frames that respond within the deadline, if it limits the response time

    TaskProgress(int index, Task task, double pace, List<FrameOperations.Operation> operations) {
        this.index = index;
        this.task = task;
        this.pace = pace;
        frames = task.frames();
        this.operations = operations.toArray(FrameOperations.Operation[]::new);
        List<List<Integer>> lists = new ArrayList<>();
        for (int operation = 0; operation < this.operations.length; operation++) {
            lists.add(new ArrayList<>());
            for (int before : this.operations[operation].before()) {
                lists.get(before).add(operation);
            }
        }
        successors = lists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Returns the first frame of the second half, in which the period is measured. */
    private long middle() {
        return (frames - 1) / 2;
    }

    /** Records the completion of a frame. */
    void complete(Frame frame) {
        if (frame.number == 0) {
            firstCompletion = frame.completion;
        }
        if (frame.number == middle()) {
            middleCompletion = frame.completion;
        }
        if (frame.number == frames - 1) {
            finalCompletion = frame.completion;
        }
        double response = frame.completion - frame.entry;
        lastCompletion = Math.max(lastCompletion, frame.completion);
        worstResponse = Math.max(worstResponse, response);
        worstOfFirstHalf = frame.number <= middle() ? Math.max(worstOfFirstHalf, response) : worstOfFirstHalf;
        inTime += task.deadline().isEmpty() || isInTime(task.deadline().get(), response) ? 1 : 0;
    }

    /** Returns the completion time of the last frame in seconds. */
    double lastCompletion() {
        return lastCompletion;
    }

    Simulation.TaskRun taskRun() {
        long between = frames - 1 - middle();
        return new Simulation.TaskRun(
                task.name(),
                frames,
                pace,
                firstCompletion,
                worstResponse,
                between == 0 ? 0 : growth() / between,
                lastCompletion,
                between == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((finalCompletion - middleCompletion) / between),
                achievement());
    }

    /** Returns by how much the second half of the frames took longer to respond, 0 if only by rounding. */
    private double growth() {
        return worstResponse > worstOfFirstHalf * (1 + ROUNDING) ? worstResponse - worstOfFirstHalf : 0;
    }

    private double achievement() {
        if (task.deadline().isPresent() && task.deadline().get().measure() == Deadline.Measure.MEAN) {
            return isInTime(task.deadline().get(), lastCompletion / frames) ? 1 : 0;
        }
        return (double) inTime / frames;
    }

    private static boolean isInTime(Deadline deadline, double seconds) {
        return seconds <= deadline.seconds() * (1 + ROUNDING);
    }
}
