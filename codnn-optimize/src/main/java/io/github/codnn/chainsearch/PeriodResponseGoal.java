package io.github.codnn.chainsearch;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.Objective;

/**
 * The objective and deadline of a chain as functions of period and response time. Both increase with either, so that
 * some best plan is Pareto-optimal in period and response time.
 */
public final class PeriodResponseGoal {

    private final Objective objective;
    private final double frames;
    private final double deadline;
    private final boolean deadlineOnResponse;

    private PeriodResponseGoal(Objective objective, double frames, double deadline, boolean deadlineOnResponse) {
        this.objective = objective;
        this.frames = frames;
        this.deadline = deadline;
        this.deadlineOnResponse = deadlineOnResponse;
    }

    public static PeriodResponseGoal of(Objective objective, CompiledScenario compiled) {
        return new PeriodResponseGoal(
                objective, compiled.frames(0), compiled.deadlineSeconds(0), compiled.isDeadlineOnResponse(0));
    }

    /** Returns the goal to come as close to the deadline as possible. */
    public PeriodResponseGoal closest() {
        Objective late = deadlineOnResponse ? Objective.RESPONSE : Objective.MEAN;
        return new PeriodResponseGoal(late, frames, Double.POSITIVE_INFINITY, deadlineOnResponse);
    }

    public boolean hasDeadline() {
        return deadline < Double.POSITIVE_INFINITY;
    }

    Objective objective() {
        return objective;
    }

    /** Returns the value of a period and a response time. */
    double value(double period, double response) {
        return switch (objective) {
            case PERIOD -> period;
            case RESPONSE -> response;
            default -> BatchCosts.meanSeconds(frames, period, response);
        };
    }

    boolean keepsDeadline(double period, double response) {
        return (deadlineOnResponse ? response : BatchCosts.meanSeconds(frames, period, response)) <= deadline;
    }

    /** Returns the greatest response time at which a period keeps the deadline and has less than a value. */
    double maxResponse(double period, double value) {
        double most = deadlineOnResponse ? deadline : maxResponseForMean(period, deadline);
        return switch (objective) {
            case PERIOD -> most;
            case RESPONSE -> Math.min(most, value);
            default -> Math.min(most, maxResponseForMean(period, value));
        };
    }

    private double maxResponseForMean(double period, double mean) {
        return frames * mean - BatchCosts.entrySpanSeconds(frames, period);
    }
}
