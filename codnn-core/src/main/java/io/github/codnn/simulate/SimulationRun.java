package io.github.codnn.simulate;

import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One simulation: the clock, the future events, and the queue of each resource. */
final class SimulationRun {

    /** Events within this relative distance happen together: they differ by rounding only. */
    private static final double TOGETHER = 1e-12;

    private static final int ENTRY = -1;

    private final boolean blocking;
    private final List<TaskProgress> tasks = new ArrayList<>();
    private final @Nullable ResourceQueue[] resources; // most links are never used
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::seconds).thenComparingLong(Event::number));
    private final TreeSet<Integer> candidates = new TreeSet<>(); // resources that may be able to start an operation
    private final Served served;
    private double clock;
    private long eventCount;

    /** Hears of each operation that takes time, when it starts. */
    @FunctionalInterface
    interface Served {
        void start(Frame frame, int operation, double beginSeconds);
    }

    /**
     * An event: the end of an operation or the entry of a frame.
     *
     * @param seconds the time
     * @param number the order of events at the same time
     * @param frame the frame
     * @param operation the operation that ends, {@link #ENTRY} for an entry
     */
    private record Event(double seconds, long number, Frame frame, int operation) {}

    SimulationRun(Scenario scenario, List<List<FrameOperations.Operation>> operations, double[] pace, Served served) {
        this.served = served;
        blocking = scenario.rules().transfers() == TransferMode.BLOCKING;
        List<Task> workload = scenario.workload().tasks();
        for (int task = 0; task < workload.size(); task++) {
            tasks.add(new TaskProgress(task, workload.get(task), pace[task], operations.get(task)));
        }
        resources = new ResourceQueue[FrameOperations.resourceCount(scenario.platform())];
    }

    private ResourceQueue resource(int index) {
        ResourceQueue known = resources[index];
        if (known == null) {
            known = new ResourceQueue(tasks.size(), blocking);
            resources[index] = known;
        }
        return known;
    }

    void run() {
        tasks.forEach(task -> enter(task, 0));
        serve();
        while (!events.isEmpty()) {
            clock = events.element().seconds * (1 + TOGETHER);
            while (!events.isEmpty() && events.element().seconds <= clock) {
                handle(events.remove());
            }
            serve();
        }
    }

    private void enter(TaskProgress task, long number) {
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
            for (int operation = 0; operation < frame.pending.length; operation++) {
                if (frame.pending[operation] == 0) {
                    queue(frame, operation);
                }
            }
            return;
        }
        for (int resource : frame.task.operations[event.operation].resources()) {
            resource(resource).release(event.seconds);
            candidates.add(resource);
        }
        finish(frame, event.operation, event.seconds);
    }

    private void queue(Frame frame, int operation) {
        WaitingOperation waiting = new WaitingOperation(frame, operation);
        for (int resource : frame.task.operations[operation].resources()) {
            resource(resource).add(waiting);
            candidates.add(resource);
        }
    }

    private void finish(Frame frame, int operation, double seconds) {
        frame.remaining--;
        frame.completion = Math.max(frame.completion, seconds);
        for (int successor : frame.task.successors[operation]) {
            frame.ready[successor] = Math.max(frame.ready[successor], seconds);
            if (--frame.pending[successor] == 0) {
                queue(frame, successor);
            }
        }
        if (frame.remaining == 0) {
            frame.task.complete(frame);
        }
    }

    /** Starts all operations that can start. Those that take no time go first, because their successors compete too. */
    private void serve() {
        while (!candidates.isEmpty()) {
            boolean started = true;
            while (started) {
                started = false;
                for (int resource : List.copyOf(candidates)) {
                    started |= resource(resource).hasInstant() && startNext(resource, true);
                }
            }
            int resource = candidates.first();
            if (!startNext(resource, false)) {
                candidates.remove(resource);
            }
        }
    }

    private boolean startNext(int resource, boolean instant) {
        ResourceQueue queue = resource(resource);
        if (!queue.canStart()) {
            return false;
        }
        WaitingOperation next = choose(queue, instant);
        if (next == null) {
            return false;
        }
        start(next);
        return true;
    }

    private @Nullable WaitingOperation choose(ResourceQueue queue, boolean instant) {
        if (instant) {
            return queue.firstInstant(this::areResourcesFree);
        }
        return blocking ? chooseOldest(queue) : queue.nextByTurn();
    }

    /** Returns the operation of the oldest frame if that frame is first on all resources; so no frame starves. */
    private @Nullable WaitingOperation chooseOldest(ResourceQueue queue) {
        WaitingOperation oldest = queue.oldest();
        if (oldest == null || !areResourcesFree(oldest)) {
            return null;
        }
        for (int resource : oldest.operation().resources()) {
            if (!oldest.equals(resource(resource).oldest())) {
                return null;
            }
        }
        return oldest;
    }

    private boolean areResourcesFree(WaitingOperation waiting) {
        for (int resource : waiting.operation().resources()) {
            if (resource(resource).isBusy()) {
                return false;
            }
        }
        return true;
    }

    private void start(WaitingOperation waiting) {
        Frame frame = waiting.frame();
        FrameOperations.Operation operation = waiting.operation();
        double begin = frame.ready[waiting.index()];
        for (int resource : operation.resources()) {
            begin = Math.max(begin, resource(resource).freeSince());
        }
        if (!frame.hasStarted) {
            // Frames of a task are alike, so the next one could not have started an operation earlier than this one.
            frame.hasStarted = true;
            enter(frame.task, frame.number + 1);
        }
        for (int resource : operation.resources()) {
            resource(resource).start(waiting);
        }
        Event end = new Event(begin + operation.seconds(), eventCount++, frame, waiting.index());
        if (waiting.isInstant()) {
            handle(end);
        } else {
            served.start(frame, waiting.index(), begin);
            events.add(end);
        }
    }

    Simulation.TaskRun taskRun(int task) {
        return tasks.get(task).taskRun();
    }

    /** Returns the completion time of the last frame of all tasks in seconds. */
    double makespan() {
        return tasks.stream().mapToDouble(TaskProgress::lastCompletion).max().orElse(0);
    }

    double busySeconds(int resource) {
        return resource(resource).busySeconds();
    }

    boolean isUsed(int resource) {
        ResourceQueue known = resources[resource];
        return known != null && known.isUsed();
    }
}
