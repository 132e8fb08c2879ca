package io.github.codnn.simulate;

import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One simulation: the clock, the events to come, and what waits at every resource. */
final class SimulationRun {

    /** Events closer than this share of their time happen together: they differ by rounding only. */
    private static final double TOGETHER = 1e-12;

    /** Sums of many times differ from the closed form's by this share at the most. */
    private static final double ROUNDING = 1e-9;

    private final List<Task> tasks;
    private final boolean blocking;
    private final List<TaskState> states = new ArrayList<>();
    private final List<ResourceState> resources = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::seconds).thenComparingLong(Event::number));
    private final TreeSet<Integer> toServe = new TreeSet<>(); // resources that may have something to start
    private double clock;
    private long eventCount;

    SimulationRun(Scenario scenario, List<List<FrameOperations.Operation>> operations, double[] pace) {
        tasks = scenario.workload().tasks();
        blocking = scenario.rules().transfers() == TransferMode.BLOCKING;
        int devices = scenario.platform().devices().size();
        for (int task = 0; task < tasks.size(); task++) {
            states.add(new TaskState(
                    task, tasks.get(task), pace[task], operations.get(task).toArray(FrameOperations.Operation[]::new)));
        }
        for (int resource = 0; resource < FrameOperations.link(devices, 0, devices); resource++) {
            resources.add(new ResourceState(tasks.size()));
        }
    }

    /** Something that happens: the end of an operation, or the entry of a frame if there is no operation. */
    private record Event(double seconds, long number, Frame frame, int operation) {}

    private static final int ENTRY = -1;

    /** A task with what its frames have in common. */
    private static final class TaskState {
        final int index;
        final Optional<Deadline> deadline;
        final long frames;
        final double pace;
        final FrameOperations.Operation[] operations;
        final int[][] after; // [operation] those that wait for it
        double firstCompletion;
        double lastCompletion;
        double middleCompletion;
        double worstResponse;
        long inTime; // frames that respond within the deadline, if it is on that
        double finalCompletion;

        TaskState(int index, Task task, double pace, FrameOperations.Operation[] operations) {
            this.index = index;
            deadline = task.deadline();
            frames = task.frames();
            this.pace = pace;
            this.operations = operations;
            List<List<Integer>> lists = new ArrayList<>();
            for (int operation = 0; operation < operations.length; operation++) {
                lists.add(new ArrayList<>());
                for (int before : operations[operation].before()) {
                    lists.get(before).add(operation);
                }
            }
            after = lists.stream()
                    .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
        }

        /** The frame from which on the period is measured. */
        long middle() {
            return (frames - 1) / 2;
        }
    }

    /** A frame on its way. */
    private static final class Frame {
        final TaskState task;
        final long number;
        final double entry;
        final int[] waitsFor; // [operation] how many before it are not done
        final double[] ready; // [operation] when the last of those done so far was done
        int left;
        boolean begun;
        double done;

        Frame(TaskState task, long number) {
            this.task = task;
            this.number = number;
            entry = number * task.pace;
            left = task.operations.length;
            waitsFor = new int[left];
            ready = new double[left];
            for (int operation = 0; operation < left; operation++) {
                waitsFor[operation] = task.operations[operation].before().size();
                ready[operation] = entry;
            }
            done = entry;
        }
    }

    /** An operation of a frame that could start if its resources were free. */
    private record Waiting(Frame frame, int operation) {

        static final Comparator<Waiting> BY_AGE = Comparator.<Waiting>comparingDouble(waiting -> waiting.frame.entry)
                .thenComparingLong(waiting -> waiting.frame.number);

        static final Comparator<Waiting> OLDEST_FIRST = Comparator.<Waiting>comparingLong(
                        waiting -> waiting.frame.number)
                .thenComparingInt(Waiting::operation);

        FrameOperations.Operation what() {
            return frame.task.operations[operation];
        }
    }

    /** A device or link. */
    private static final class ResourceState {
        final List<TreeSet<Waiting>> waiting = new ArrayList<>(); // by task
        int waitingCount;
        int timelessCount; // of those that wait
        boolean busy;
        boolean used;
        double freeSince;
        double busySeconds;
        int lastTask;

        @Nullable
        Frame lastFrame;

        ResourceState(int taskCount) {
            for (int task = 0; task < taskCount; task++) {
                waiting.add(new TreeSet<>(Waiting.OLDEST_FIRST));
            }
            lastTask = taskCount - 1;
        }
    }

    void run() {
        states.forEach(task -> enter(task, 0));
        serve();
        while (!events.isEmpty()) {
            clock = events.element().seconds * (1 + TOGETHER);
            while (!events.isEmpty() && events.element().seconds <= clock) {
                handle(events.remove());
            }
            serve();
        }
    }

    private void enter(TaskState task, long number) {
        if (number < task.frames) {
            Event entry = new Event(number * task.pace, eventCount++, new Frame(task, number), ENTRY);
            if (entry.seconds <= clock) {
                handle(entry);
            } else {
                events.add(entry);
            }
        }
    }

    private void handle(Event event) {
        Frame frame = event.frame;
        if (event.operation == ENTRY) {
            for (int operation = 0; operation < frame.waitsFor.length; operation++) {
                if (frame.waitsFor[operation] == 0) {
                    queue(frame, operation);
                }
            }
            return;
        }
        for (int resource : frame.task.operations[event.operation].resources()) {
            ResourceState state = resources.get(resource);
            state.busy = false;
            state.freeSince = event.seconds;
            toServe.add(resource);
        }
        finish(frame, event.operation, event.seconds);
    }

    private void queue(Frame frame, int operation) {
        Waiting waiting = new Waiting(frame, operation);
        for (int resource : frame.task.operations[operation].resources()) {
            ResourceState state = resources.get(resource);
            state.waiting.get(frame.task.index).add(waiting);
            state.waitingCount++;
            if (waiting.what().seconds() == 0) {
                state.timelessCount++;
            }
            toServe.add(resource);
        }
    }

    private void finish(Frame frame, int operation, double seconds) {
        frame.left--;
        frame.done = Math.max(frame.done, seconds);
        for (int after : frame.task.after[operation]) {
            frame.ready[after] = Math.max(frame.ready[after], seconds);
            if (--frame.waitsFor[after] == 0) {
                queue(frame, after);
            }
        }
        if (frame.left == 0) {
            complete(frame);
        }
    }

    private static void complete(Frame frame) {
        TaskState task = frame.task;
        if (frame.number == 0) {
            task.firstCompletion = frame.done;
        }
        if (frame.number == task.middle()) {
            task.middleCompletion = frame.done;
        }
        if (frame.number == task.frames - 1) {
            task.finalCompletion = frame.done;
        }
        task.lastCompletion = Math.max(task.lastCompletion, frame.done);
        task.worstResponse = Math.max(task.worstResponse, frame.done - frame.entry);
        task.inTime += task.deadline.isEmpty() || isInTime(task.deadline.get(), frame.done - frame.entry) ? 1 : 0;
    }

    /** Starts all that can start; first what takes no time, so that what follows from it takes part in the choice. */
    private void serve() {
        while (!toServe.isEmpty()) {
            boolean started = true;
            while (started) {
                started = false;
                for (int resource : List.copyOf(toServe)) {
                    started |= resources.get(resource).timelessCount > 0 && startNext(resource, true);
                }
            }
            int resource = toServe.first();
            if (!startNext(resource, false)) {
                toServe.remove(resource);
            }
        }
    }

    private boolean startNext(int resource, boolean timeless) {
        ResourceState state = resources.get(resource);
        if (state.busy || state.waitingCount == 0) {
            return false;
        }
        Waiting next = choose(state, timeless);
        if (next == null) {
            return false;
        }
        start(next);
        return true;
    }

    private @Nullable Waiting choose(ResourceState state, boolean timeless) {
        if (timeless) {
            return chooseTimeless(state);
        }
        return blocking ? chooseOldest(state) : chooseByTurn(state);
    }

    /** What takes no time needs no turn. */
    private @Nullable Waiting chooseTimeless(ResourceState state) {
        for (TreeSet<Waiting> ofTask : state.waiting) {
            for (Waiting waiting : ofTask) {
                if (waiting.what().seconds() == 0 && allFree(waiting)) {
                    return waiting;
                }
            }
        }
        return null;
    }

    /** The frame served last goes on; then the turn passes from task to task, to the oldest frame of each. */
    private static @Nullable Waiting chooseByTurn(ResourceState state) {
        if (state.lastFrame != null) {
            Waiting more = state.waiting.get(state.lastTask).ceiling(new Waiting(state.lastFrame, 0));
            if (more != null && more.frame == state.lastFrame) {
                return more;
            }
        }
        int taskCount = state.waiting.size();
        for (int step = 1; step <= taskCount; step++) {
            TreeSet<Waiting> ofTask = state.waiting.get((state.lastTask + step) % taskCount);
            if (!ofTask.isEmpty()) {
                return ofTask.first();
            }
        }
        return null;
    }

    /**
     * The oldest frame goes first on all resources that it needs, so that none waits for ever to have them together.
     */
    private @Nullable Waiting chooseOldest(ResourceState state) {
        Waiting oldest = oldest(state);
        if (oldest == null || !allFree(oldest)) {
            return null;
        }
        for (int resource : oldest.what().resources()) {
            if (!oldest.equals(oldest(resources.get(resource)))) {
                return null;
            }
        }
        return oldest;
    }

    private static @Nullable Waiting oldest(ResourceState state) {
        Waiting oldest = null;
        for (TreeSet<Waiting> ofTask : state.waiting) {
            if (!ofTask.isEmpty() && (oldest == null || Waiting.BY_AGE.compare(ofTask.first(), oldest) < 0)) {
                oldest = ofTask.first();
            }
        }
        return oldest;
    }

    private boolean allFree(Waiting waiting) {
        for (int resource : waiting.what().resources()) {
            if (resources.get(resource).busy) {
                return false;
            }
        }
        return true;
    }

    private void start(Waiting waiting) {
        Frame frame = waiting.frame;
        FrameOperations.Operation what = waiting.what();
        double begin = frame.ready[waiting.operation];
        for (int resource : what.resources()) {
            begin = Math.max(begin, resources.get(resource).freeSince);
        }
        if (!frame.begun) {
            // Frames of a task are alike: the next one could not have started anything before this one did.
            frame.begun = true;
            enter(frame.task, frame.number + 1);
        }
        boolean timeless = what.seconds() == 0;
        for (int resource : what.resources()) {
            ResourceState state = resources.get(resource);
            state.waiting.get(frame.task.index).remove(waiting);
            state.waitingCount--;
            state.used = true;
            if (timeless) {
                state.timelessCount--;
            } else {
                state.busy = true;
                state.lastTask = frame.task.index; // what takes no time takes no turn either
                state.lastFrame = frame;
                state.busySeconds += what.seconds();
            }
        }
        Event end = new Event(begin + what.seconds(), eventCount++, frame, waiting.operation);
        if (timeless) {
            handle(end);
        } else {
            events.add(end);
        }
    }

    Simulation.TaskRun taskRun(int index, double pace) {
        TaskState task = states.get(index);
        long between = task.frames - 1 - task.middle();
        return new Simulation.TaskRun(
                tasks.get(index).name(),
                task.frames,
                pace,
                task.firstCompletion,
                task.worstResponse,
                task.lastCompletion,
                between == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((task.finalCompletion - task.middleCompletion) / between),
                achievement(task));
    }

    private double achievement(TaskState task) {
        if (task.deadline.isPresent() && task.deadline.get().measure() == Deadline.Measure.MEAN) {
            return isInTime(task.deadline.get(), task.lastCompletion / task.frames) ? 1 : 0;
        }
        return (double) task.inTime / task.frames;
    }

    private static boolean isInTime(Deadline deadline, double seconds) {
        return seconds <= deadline.seconds() * (1 + ROUNDING);
    }

    double makespan() {
        return states.stream().mapToDouble(task -> task.lastCompletion).max().orElse(0);
    }

    double busySeconds(int resource) {
        return resources.get(resource).busySeconds;
    }

    boolean isUsed(int resource) {
        return resources.get(resource).used;
    }
}
