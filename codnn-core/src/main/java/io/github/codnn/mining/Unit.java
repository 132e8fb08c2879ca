package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A unit of mining work that depends only on its own state, so that any thread can run it. */
abstract class Unit {

    /** Runs until complete or stopped; patterns proven until then count. */
    final Outcome run(WorkMeter meter) {
        Outcome outcome = new Outcome(meter);
        try {
            work(meter, outcome);
        } catch (MiningStopped stopped) {
            outcome.stopReason = stopped.reason();
        }
        return outcome;
    }

    abstract void work(WorkMeter meter, Outcome outcome);

    /** Frequent patterns in the order of their proof. */
    static final class Outcome {

        private final WorkMeter meter;
        private final List<Found> found = new ArrayList<>();
        private @Nullable MiningEnd stopReason;
        private long candidates;

        private Outcome(WorkMeter meter) {
            this.meter = meter;
        }

        void countCandidate() {
            candidates++;
        }

        void add(PatternState state, Unit next) {
            found.add(new Found(state, next, meter.steps()));
        }

        List<Found> found() {
            return found;
        }

        /** Why the unit ended early, or null if it is complete. */
        @Nullable
        MiningEnd stopReason() {
            return stopReason;
        }

        long candidates() {
            return candidates;
        }

        long steps() {
            return meter.steps();
        }
    }

    /** A frequent pattern, the unit that extends it, and the number of steps of its own unit at which it was proven. */
    record Found(PatternState state, Unit next, long atStep) {}
}
