package io.github.codnn.frontsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.Objective;
import java.util.List;

/** The objectives of a front as functions of period, response time, energy and price; and the deadline. */
final class FrontObjectives {

    final int count;
    final int periodAxis; // its axis, -1 if it is no objective
    final int responseAxis;
    final int meanAxis;
    final int energyAxis;
    final int priceAxis;
    final double frames;
    final boolean periodCounts; // for an objective or the deadline
    final boolean limitsResponse;
    final boolean limitsMean;
    private final double deadline;

    FrontObjectives(List<Objective> objectives, CompiledScenario compiled) {
        count = objectives.size();
        frames = compiled.frames(0);
        periodAxis = objectives.indexOf(Objective.PERIOD);
        responseAxis = objectives.indexOf(Objective.RESPONSE);
        meanAxis = objectives.indexOf(Objective.MEAN);
        energyAxis = objectives.indexOf(Objective.ENERGY);
        priceAxis = objectives.indexOf(Objective.PRICE);
        deadline = compiled.deadlineSeconds(0);
        limitsResponse = deadline < Double.POSITIVE_INFINITY && compiled.isDeadlineOnResponse(0);
        limitsMean = deadline < Double.POSITIVE_INFINITY && !limitsResponse;
        periodCounts = limitsMean || periodAxis >= 0 || meanAxis >= 0 || energyAxis >= 0;
    }

    double makespan(double period, double response) {
        return BatchCosts.makespanSeconds(frames, period, response);
    }

    /** Tells whether times surely break the deadline. */
    boolean isLate(double period, double response) {
        return limited(period, response) > deadline * (1 + Tolerances.BOUND);
    }

    /** Tells whether times surely keep the deadline. */
    boolean isInTime(double period, double response) {
        return limited(period, response) <= deadline * (1 - Tolerances.BOUND);
    }

    private double limited(double period, double response) {
        return limitsResponse ? response : makespan(period, response) / frames;
    }

    void fill(double[] figures, double[] times, double joules, double price) {
        if (periodAxis >= 0) {
            figures[periodAxis] = times[0];
        }
        if (responseAxis >= 0) {
            figures[responseAxis] = times[1];
        }
        if (meanAxis >= 0) {
            figures[meanAxis] = makespan(times[0], times[1]) / frames;
        }
        if (energyAxis >= 0) {
            figures[energyAxis] = joules;
        }
        if (priceAxis >= 0) {
            figures[priceAxis] = price;
        }
    }

    /** Fills in what the completions of a label give at the least, once its period has grown while devices wait. */
    void fillBounds(double[] figures, double[] label, double longerPeriod, double watts) {
        System.arraycopy(label, FrontLabels.BOUND, figures, 0, count);
        double longer = BatchCosts.entrySpanSeconds(frames, longerPeriod - label[FrontLabels.PERIOD]);
        if (periodAxis >= 0) {
            figures[periodAxis] = longerPeriod;
        }
        if (meanAxis >= 0) {
            figures[meanAxis] += longer / frames;
        }
        if (energyAxis >= 0) {
            figures[energyAxis] += watts * longer;
        }
    }
}
