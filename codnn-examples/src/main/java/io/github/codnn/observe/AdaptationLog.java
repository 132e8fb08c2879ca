package io.github.codnn.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Collects what an {@link AdaptationReport} says. For one run, called by one thread. */
final class AdaptationLog {

    private static final int MAX_LOOKS = 10_000;

    private final List<AdaptationReport.Span> spans = new ArrayList<>();
    private final Deque<AdaptationReport.Look> looks = new ArrayDeque<>();
    private AdaptationReport.Span current = new AdaptationReport.Span(0, 0, 0, OptionalDouble.empty(), List.of(), "");
    private double beginSeconds;
    private double lookSeconds;
    private long lookFrame;
    private String said = "";

    /** Makes a log without entries. */
    AdaptationLog() {}

    /**
     * Begins with a plan.
     *
     * @param frame the number of the first frame that it delivers
     * @param seconds the time since the run began
     * @param predictedPeriodSeconds what the plan predicts between two frames
     * @param devices the devices of its stages
     * @param reason why it was taken, as a clause
     */
    void begin(long frame, double seconds, OptionalDouble predictedPeriodSeconds, List<String> devices, String reason) {
        end(frame, seconds);
        current = new AdaptationReport.Span(frame, 0, 0, predictedPeriodSeconds, devices, reason);
        beginSeconds = seconds;
    }

    private void end(long frame, double seconds) {
        if (!current.devices().isEmpty()) {
            spans.add(new AdaptationReport.Span(
                    current.firstFrame(),
                    frame - current.firstFrame(),
                    seconds - beginSeconds,
                    current.predictedPeriodSeconds(),
                    current.devices(),
                    current.reason()));
        }
    }

    /**
     * Adds an observation.
     *
     * @param seconds the time since the run began
     * @param frame the number of frames delivered
     * @param decision what was decided
     * @return the observation
     */
    AdaptationReport.Look look(double seconds, long frame, Watch.Decision decision) {
        AdaptationReport.Look look = new AdaptationReport.Look(
                seconds,
                frame,
                (frame - lookFrame) / (seconds - lookSeconds),
                decision.pipeline().isPresent(),
                decision.reason());
        lookSeconds = seconds;
        lookFrame = frame;
        if (looks.size() == MAX_LOOKS) {
            looks.removeFirst();
        }
        looks.addLast(look);
        return look;
    }

    /**
     * Tells whether a decision says something else than the one before, figures aside.
     *
     * @param look the latest observation
     * @return whether it is worth a line
     */
    boolean isNews(AdaptationReport.Look look) {
        String words = look.reason().replaceAll("[0-9.]+", "");
        boolean isNews = look.moves() || !words.equals(said);
        said = words;
        return isNews;
    }

    /**
     * Ends the run.
     *
     * @param frame the number of frames delivered
     * @param seconds the time since the run began
     * @param workers the latest report of each worker, by device
     * @return the report
     */
    AdaptationReport report(long frame, double seconds, Map<String, WorkerReport> workers) {
        end(frame, seconds);
        return new AdaptationReport(spans, List.copyOf(looks), workers);
    }
}
