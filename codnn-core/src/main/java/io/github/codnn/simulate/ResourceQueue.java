package io.github.codnn.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A device or link and the operations that wait for it. */
final class ResourceQueue {

    private final List<TreeSet<WaitingOperation>> waiting = new ArrayList<>(); // by task
    private int waitingCount;
    private int instantCount; // of the waiting operations
    private boolean busy;
    private boolean used;
    private double freeSince; // seconds
    private double busySeconds;
    private int lastTask;
    private @Nullable Frame lastFrame;

    ResourceQueue(int taskCount) {
        for (int task = 0; task < taskCount; task++) {
            waiting.add(new TreeSet<>(WaitingOperation.BY_FRAME));
        }
        lastTask = taskCount - 1;
    }

    void add(WaitingOperation operation) {
        waiting.get(operation.frame().task.index).add(operation);
        waitingCount++;
        instantCount += operation.isInstant() ? 1 : 0;
    }

    /** Takes an operation out of the queue and serves it. Operations that take no time do not count as a turn. */
    void start(WaitingOperation operation) {
        waiting.get(operation.frame().task.index).remove(operation);
        waitingCount--;
        used = true;
        if (operation.isInstant()) {
            instantCount--;
        } else {
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
        return !busy && waitingCount > 0;
    }

    boolean hasInstant() {
        return instantCount > 0;
    }

    /** Returns the first operation that takes no time and meets a condition; such an operation needs no turn. */
    @Nullable
    WaitingOperation firstInstant(Predicate<WaitingOperation> condition) {
        for (TreeSet<WaitingOperation> ofTask : waiting) {
            for (WaitingOperation operation : ofTask) {
                if (operation.isInstant() && condition.test(operation)) {
                    return operation;
                }
            }
        }
        return null;
    }

    /** Returns the next operation of the frame served last; else that of the oldest frame of the next task in turn. */
    @Nullable
    WaitingOperation nextByTurn() {
        if (lastFrame != null) {
            WaitingOperation more = waiting.get(lastTask).ceiling(new WaitingOperation(lastFrame, 0));
            if (more != null && more.frame() == lastFrame) {
                return more;
            }
        }
        int taskCount = waiting.size();
        for (int step = 1; step <= taskCount; step++) {
            TreeSet<WaitingOperation> ofTask = waiting.get((lastTask + step) % taskCount);
            if (!ofTask.isEmpty()) {
                return ofTask.first();
            }
        }
        return null;
    }

    /** Returns the waiting operation of the frame that entered first. */
    @Nullable
    WaitingOperation oldest() {
        WaitingOperation oldest = null;
        for (TreeSet<WaitingOperation> ofTask : waiting) {
            if (!ofTask.isEmpty()
                    && (oldest == null || WaitingOperation.BY_ENTRY.compare(ofTask.first(), oldest) < 0)) {
                oldest = ofTask.first();
            }
        }
        return oldest;
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
