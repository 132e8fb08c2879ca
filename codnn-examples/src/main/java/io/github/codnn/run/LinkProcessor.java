package io.github.codnn.run;

/** Holds each frame as long as an emulated link would, or passes it on to several stages of a device. */
final class LinkProcessor extends FrameProcessor {

    private final Turns turns;

    LinkProcessor(Node node, Turns turns) {
        super(node);
        this.turns = turns;
    }

    @Override
    void handle(Frame frame) {
        Node link = node();
        if (link.holdNanos() < 0) {
            send(frame);
            return;
        }
        long start = turns.reserve(link.resource(), frame.readyNanos(), link.holdNanos());
        long end = start + link.holdNanos();
        Turns.await(end);
        long late = Math.max(0, System.nanoTime() - end);
        send(frame.after(link.step(), link.holdNanos() + late, end, frame.tensors()));
    }
}
