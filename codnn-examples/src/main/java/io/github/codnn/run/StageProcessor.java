package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.runtime.TensorValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one stage. A stage that fails sends the reason on in place of the result, and the run ends with it. */
final class StageProcessor extends FrameProcessor {

    private final WorkerState worker;
    private @Nullable StageModel session;
    private String refused = "";

    StageProcessor(Node node, WorkerState worker) {
        super(node, worker.log());
        this.worker = worker;
    }

    @Override
    protected void init(Context context) {
        try {
            session = worker.acquire(node());
        } catch (CodnnException e) {
            refused = String.valueOf(e.getMessage());
        }
    }

    @Override
    void handle(Frame frame) {
        if (frame.isFailed()) {
            send(frame);
            return;
        }
        if (session == null) {
            send(frame.failed(message(frame, refused)));
            return;
        }
        try {
            send(node().holding().isHeld() ? emulate(frame, session) : run(frame, session));
        } catch (CodnnException e) {
            send(frame.failed(message(frame, String.valueOf(e.getMessage()))));
        }
    }

    private String message(Frame frame, String reason) {
        return "Stage '" + node().name() + "' fails at frame " + frame.number() + ": " + reason;
    }

    /** Two stages of a device take turns, as the plan assumes. */
    private Frame run(Frame frame, StageModel stage) {
        synchronized (worker) {
            long start = System.nanoTime();
            List<TensorValue> results = stage.run(frame.tensors());
            long end = System.nanoTime();
            return frame.after(node().step(), end - start, end, results);
        }
    }

    /** Takes the predicted time in place of the own one, or longer if that does not suffice. */
    private Frame emulate(Frame frame, StageModel stage) {
        Turns.Turn turn = worker.turns().reserve(node().resource(), frame.readyNanos(), node().holding());
        List<TensorValue> results = stage.run(frame.tensors());
        Turns.await(turn.endNanos());
        long late = Math.max(0, System.nanoTime() - turn.endNanos());
        return frame.after(node().step(), turn.nanos() + late, turn.endNanos(), results);
    }

    @Override
    public void close() {
        if (session != null) {
            worker.release(node());
            session = null;
        }
    }
}
