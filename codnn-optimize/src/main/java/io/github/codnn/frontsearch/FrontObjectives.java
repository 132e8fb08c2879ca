package io.github.codnn.frontsearch;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.Objective;
import java.util.List;

/** The objectives of a front as functions of period, response time, energy and price; and the deadline. */
final class FrontObjectives {

    /**
     * Close to a deadline within this relative distance only the evaluator can tell: sums in another order round
     * otherwise.
     */
    private static final double MARGIN = 1e-9;

    final int count;
    final int period; // its axis, -1 if it is no objective
    final int response;
    final int mean;
    final int energy;
    final int price;
    final double frames;
    final boolean periodCounts; // for an objective or the deadline
    final boolean limitsResponse;
    final boolean limitsMean;
    private final double deadline;

    FrontObjectives(List<Objective> objectives, CompiledScenario compiled) {
        count = objectives.size();
        frames = compiled.frames(0);
        period = objectives.indexOf(Objective.PERIOD);
        response = objectives.indexOf(Objective.RESPONSE);
        mean = objectives.indexOf(Objective.MEAN);
        energy = objectives.indexOf(Objective.ENERGY);
        price = objectives.indexOf(Objective.PRICE);
        deadline = compiled.deadlineSeconds(0);
        limitsResponse = deadline < Double.POSITIVE_INFINITY && compiled.isDeadlineOnResponse(0);
        limitsMean = deadline < Double.POSITIVE_INFINITY && !limitsResponse;
        periodCounts = limitsMean || period >= 0 || mean >= 0 || energy >= 0;
    }

    double makespan(double thePeriod, double theResponse) {
        return theResponse + (frames - 1) * thePeriod;
    }

    /** Tells whether times surely break the deadline. */
    boolean isLate(double thePeriod, double theResponse) {
        return limited(thePeriod, theResponse) > deadline * (1 + MARGIN);
    }

    /** Tells whether times surely keep the deadline. */
    boolean isInTime(double thePeriod, double theResponse) {
        return limited(thePeriod, theResponse) <= deadline * (1 - MARGIN);
    }

    private double limited(double thePeriod, double theResponse) {
        return limitsResponse ? theResponse : makespan(thePeriod, theResponse) / frames;
    }

    void fill(double[] figures, double[] times, double joules, double thePrice) {
        if (period >= 0) {
            figures[period] = times[0];
        }
        if (response >= 0) {
            figures[response] = times[1];
        }
        if (mean >= 0) {
            figures[mean] = makespan(times[0], times[1]) / frames;
        }
        if (energy >= 0) {
            figures[energy] = joules;
        }
        if (price >= 0) {
            figures[price] = thePrice;
        }
    }

    /** Fills in what the completions of a label give at the least, once its period has grown while devices wait. */
    void fillBounds(double[] figures, double[] label, double longerPeriod, double watts) {
        System.arraycopy(label, FrontLabels.BOUND, figures, 0, count);
        double longer = (frames - 1) * (longerPeriod - label[FrontLabels.PERIOD]);
        if (period >= 0) {
            figures[period] = longerPeriod;
        }
        if (mean >= 0) {
            figures[mean] += longer / frames;
        }
        if (energy >= 0) {
            figures[energy] += watts * longer;
        }
    }
}
