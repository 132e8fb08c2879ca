package io.github.codnn.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The times of a run. The first frames after each start fill the pipeline and warm it up, and do not count. */
final class RunStatistics {

    private int warmUp;
    private Histogram period = new Histogram();
    private Histogram response = new Histogram();
    private final List<Histogram> steps = new ArrayList<>();
    private final long beginNanos = System.nanoTime();
    private long lastNanos = beginNanos;
    private int sinceStart;

    /**
     * Begins a pipeline with nothing measured; only the time since the first beginning stays.
     *
     * @param framesWithoutCount how many frames after each start do not count
     * @param count how many stages and links there are
     */
    void begin(int framesWithoutCount, int count) {
        warmUp = framesWithoutCount;
        period = new Histogram();
        response = new Histogram();
        steps.clear();
        for (int step = 0; step < count; step++) {
            steps.add(new Histogram());
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
