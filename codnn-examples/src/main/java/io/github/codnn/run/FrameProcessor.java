package io.github.codnn.run;

import com.hazelcast.jet.core.AbstractProcessor;
import io.github.codnn.observe.Arrival;
import io.github.codnn.observe.TransferLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A vertex that handles each frame as soon as all its parts are there. Each edge keeps the order of frames, so frames
 * are handled in their order; the source limits how many can wait.
 */
abstract class FrameProcessor extends AbstractProcessor {

    private final Node node;
    private final TransferLog log;
    private final List<Queue<Frame>> waiting = new ArrayList<>();

    FrameProcessor(Node node, TransferLog log) {
        this.node = node;
        this.log = log;
        for (int edge = 0; edge < node.inputs(); edge++) {
            waiting.add(new ArrayDeque<>());
        }
    }

    /** Handles one frame. */
    abstract void handle(Frame frame);

    final Node node() {
        return node;
    }

    @Override
    public final boolean isCooperative() {
        return false;
    }

    @Override
    protected final boolean tryProcess(int edge, Object item) {
        Frame frame = (Frame) item;
        if (frame.arrivedNanos() != 0 && !node.senders().isEmpty()) {
            logArrival(node.senders().get(edge), frame);
        }
        waiting.get(edge).add(frame);
        while (waiting.stream().noneMatch(Queue::isEmpty)) {
            handle(Frame.joined(waiting.stream().map(Queue::remove).toList()));
        }
        return true;
    }

    private void logArrival(String sender, Frame frame) {
        if (!sender.isEmpty() && !sender.equals(node.receiver())) {
            long bytes = frame.tensors().stream()
                    .mapToLong(value -> value.tensor().bytes())
                    .sum();
            log.add(new Arrival(sender, node.receiver(), bytes, frame.readyNanos(), frame.arrivedNanos()));
        }
    }

    @Override
    public boolean complete() {
        if (waiting.stream().anyMatch(queue -> !queue.isEmpty())) {
            throw new IllegalStateException("'" + node.name() + "' lacks parts of the last frames");
        }
        return true;
    }

    /** Sends each receiver what it needs of a frame. */
    final void send(Frame frame) {
        for (int edge = 0; edge < node.outputs().size(); edge++) {
            Frame part = frame.only(node.outputs().get(edge));
            while (!tryEmit(edge, part)) {
                Thread.onSpinWait(); // Does not happen: a blocking vertex waits within the engine.
            }
        }
    }
}
