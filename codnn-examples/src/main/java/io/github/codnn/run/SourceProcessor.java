package io.github.codnn.run;

import com.hazelcast.jet.core.AbstractProcessor;
import java.util.Optional;

/** Numbers the frames and sends each as soon as fewer than the limit are in flight. */
final class SourceProcessor extends AbstractProcessor {

    private final Node node;
    private final Attempt attempt;

    SourceProcessor(Node node, Attempt attempt) {
        this.node = node;
        this.attempt = attempt;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public boolean complete() {
        if (attempt.isAtEnd()) {
            return true;
        }
        Optional<Frame> next = attempt.next();
        if (next.isPresent()) {
            for (int edge = 0; edge < node.outputs().size(); edge++) {
                Frame part = next.get().only(node.outputs().get(edge));
                while (!tryEmit(edge, part)) {
                    Thread.onSpinWait(); // Does not happen: a blocking vertex waits within the engine.
                }
            }
        }
        return false;
    }
}
