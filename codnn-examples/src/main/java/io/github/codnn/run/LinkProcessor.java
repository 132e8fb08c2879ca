package io.github.codnn.run;

import io.github.codnn.observe.TransferLog;

/** Holds each frame as long as an emulated link would, or passes it on to several stages of a device. */
final class LinkProcessor extends FrameProcessor {

    private final Turns turns;
    private final TransferLog log;

    LinkProcessor(Node node, WorkerState worker) {
        super(node, worker.log());
        this.turns = worker.turns();
        this.log = worker.log();
    }

    @Override
    void handle(Frame frame) {
        Node link = node();
        if (!link.holding().isHeld()) {
            send(frame);
            return;
        }
        Turns.Turn turn = turns.reserve(link.resource(), frame.readyNanos(), link.holding());
        Turns.await(turn.endNanos());
        long late = Math.max(0, System.nanoTime() - turn.endNanos());
        link.transfer().ifPresent(transfer -> log.add(transfer.withNanos(turn.nanos())));
        send(frame.after(link.step(), turn.nanos() + late, turn.endNanos(), frame.tensors()));
    }
}
