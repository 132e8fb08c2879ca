package io.github.codnn.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The times of a run. The first frames after each start fill the pipeline and warm it up, and do not count. */
final class RunStatistics {

    private final int warmUp;
    private final Histogram period = new Histogram();
    private final Histogram response = new Histogram();
    private final List<Histogram> steps = new ArrayList<>();
    private final long beginNanos = System.nanoTime();
    private long lastNanos = beginNanos;
    private int sinceStart;

    /**
     * Starts with nothing measured.
     *
     * @param warmUp how many frames after each start do not count
     * @param steps how many stages and links there are
     */
    RunStatistics(int warmUp, int steps) {
        this.warmUp = warmUp;
        for (int step = 0; step < steps; step++) {
            this.steps.add(new Histogram());
        }
    }

    void restart() {
        sinceStart = 0;
    }

    void add(Frame frame, long startNanos, long nowNanos) {
        sinceStart++;
        if (sinceStart > warmUp) {
            period.add(nowNanos - lastNanos);
            response.add(nowNanos - startNanos);
            for (Map.Entry<Integer, Long> step : frame.nanos().entrySet()) {
                steps.get(step.getKey()).add(step.getValue());
            }
        }
        lastNanos = nowNanos;
    }

    Times period() {
        return period.times();
    }

    Times response() {
        return response.times();
    }

    Times step(int index) {
        return steps.get(index).times();
    }

    double seconds() {
        return (lastNanos - beginNanos) * 1e-9;
    }
}
