package io.github.codnn.mining;

/**
 * Counts the steps of one unit of work and ends it when its share of the budget is used, the time limit is reached or
 * the caller cancels. A step is one image tried or one candidate pattern checked.
 */
final class WorkMeter {

    /**
     * A check of clock and cancellation costs more than a step; one check in this many steps still reacts within a
     * millisecond.
     */
    private static final long STEPS_BETWEEN_CHECKS = 4_096;

    private final long limit;
    private final StopCheck stopCheck;
    private long steps;
    private long nextCheck;

    WorkMeter(long limit, StopCheck stopCheck) {
        this.limit = limit;
        this.stopCheck = stopCheck;
    }

    long steps() {
        return steps;
    }

    /** Counts one step; throws {@link MiningStopped} if the work must end. */
    void step() {
        if (++steps > limit) {
            throw new MiningStopped(MiningEnd.STEPS);
        }
        if (steps >= nextCheck) {
            nextCheck = steps + STEPS_BETWEEN_CHECKS;
            stopCheck.check();
        }
    }
}
