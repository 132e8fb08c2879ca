package io.github.codnn.simulate;

import java.util.Comparator;

/**
 * An operation that can start as soon as its resources are free.
 *
 * @param frame the frame
 * @param index the index among the operations of the frame
 */
record WaitingOperation(Frame frame, int index) {

    /** Orders the operations of one task by frame. */
    static final Comparator<WaitingOperation> BY_FRAME = Comparator.<WaitingOperation>comparingLong(
                    waiting -> waiting.frame.number)
            .thenComparingInt(WaitingOperation::index);

    /** Orders the operations of all tasks task by task. */
    static final Comparator<WaitingOperation> BY_TASK = Comparator.<WaitingOperation>comparingInt(
                    waiting -> waiting.frame.task.index)
            .thenComparing(BY_FRAME);

    /** Orders frames of all tasks by the time of entry. */
    static final Comparator<WaitingOperation> BY_ENTRY = Comparator.<WaitingOperation>comparingDouble(
                    waiting -> waiting.frame.entry)
            .thenComparingLong(waiting -> waiting.frame.number)
            .thenComparing(BY_TASK);

    FrameOperations.Operation operation() {
        return frame.task.operations[index];
    }

    boolean isInstant() {
        return operation().seconds() == 0;
    }
}
