package io.github.codnn.run;

/** Delivers results to whoever submitted the job. */
final class SinkProcessor extends FrameProcessor {

    private final Attempt attempt;

    SinkProcessor(Node node, WorkerState worker, Attempt attempt) {
        super(node, worker.log());
        this.attempt = attempt;
    }

    @Override
    void handle(Frame frame) {
        attempt.deliver(frame);
    }
}
