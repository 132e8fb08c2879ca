package io.github.codnn.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A device or link and the operations that wait for it. Its memory grows with the tasks that use it. */
final class ResourceQueue {

    private final Map<Integer, TreeSet<WaitingOperation>> waiting = new HashMap<>(); // by task
    private final TreeSet<Integer> tasks = new TreeSet<>(); // that wait
    private final TreeSet<WaitingOperation> instants = new TreeSet<>(WaitingOperation.BY_TASK);
    private final TreeSet<WaitingOperation> byEntry = new TreeSet<>(WaitingOperation.BY_ENTRY); // if frames block
    private final boolean blocking;
    private boolean busy;
    private boolean used;
    private double freeSince; // seconds
    private double busySeconds;
    private int lastTask;
    private @Nullable Frame lastFrame;

    ResourceQueue(int taskCount, boolean blocking) {
        this.blocking = blocking;
        lastTask = taskCount - 1;
    }

    void add(WaitingOperation operation) {
        int task = operation.frame().task.index;
        waiting(task).add(operation);
        tasks.add(task);
        if (operation.isInstant()) {
            instants.add(operation);
        }
        if (blocking) {
            byEntry.add(operation);
        }
    }

    private NavigableSet<WaitingOperation> waiting(int task) {
        return waiting.computeIfAbsent(task, any -> new TreeSet<>(WaitingOperation.BY_FRAME));
    }

    private void remove(WaitingOperation operation) {
        int task = operation.frame().task.index;
        waiting(task).remove(operation);
        if (waiting(task).isEmpty()) {
            tasks.remove(task);
        }
        instants.remove(operation);
        byEntry.remove(operation);
    }

    /** Takes an operation out of the queue and serves it. Operations that take no time do not count as a turn. */
    void start(WaitingOperation operation) {
        remove(operation);
        used = true;
        if (!operation.isInstant()) {
            busy = true;
            lastTask = operation.frame().task.index;
            lastFrame = operation.frame();
            busySeconds += operation.operation().seconds();
        }
    }

    void release(double seconds) {
        busy = false;
        freeSince = seconds;
    }

    /** Tells whether the resource is free and operations wait for it. */
    boolean canStart() {
        return !busy && !tasks.isEmpty();
    }

    boolean hasInstant() {
        return !instants.isEmpty();
    }

    /** Returns the first operation that takes no time and meets a condition; such an operation needs no turn. */
    @Nullable
    WaitingOperation firstInstant(Predicate<WaitingOperation> condition) {
        for (WaitingOperation operation : instants) {
            if (condition.test(operation)) {
                return operation;
            }
        }
        return null;
    }

    /** Returns the next operation of the frame served last; else that of the oldest frame of the next task in turn. */
    @Nullable
    WaitingOperation nextByTurn() {
        if (lastFrame != null) {
            WaitingOperation more = waiting(lastTask).ceiling(new WaitingOperation(lastFrame, 0));
            if (more != null && more.frame() == lastFrame) {
                return more;
            }
        }
        if (tasks.isEmpty()) {
            return null;
        }
        Integer next = tasks.higher(lastTask);
        return waiting(next == null ? tasks.first() : next).first();
    }

    /** Returns the waiting operation of the frame that entered first; only where transfers block devices. */
    @Nullable
    WaitingOperation oldest() {
        return byEntry.isEmpty() ? null : byEntry.first();
    }

    boolean isBusy() {
        return busy;
    }

    boolean isUsed() {
        return used;
    }

    double freeSince() {
        return freeSince;
    }

    double busySeconds() {
        return busySeconds;
    }
}
