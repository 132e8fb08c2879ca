package io.github.codnn.optimize;

import java.time.Duration;

/**
 * How far a search has come.
 *
 * @param iteration the number of iterations done
 * @param evaluations the number of placements evaluated
 * @param elapsed the time since the start
 * @param bestValue the fitness of the best placement so far, infinite before the first
 * @param bestViolation the violation of the best placement so far, 0 if it is feasible, infinite before the first
 * @param lowerBound a proven lower bound of the fitness, negative infinity if none is known
 * @param iterationsSinceImprovement the number of iterations since the best placement last changed
 */
public record Progress(
        long iteration,
        long evaluations,
        Duration elapsed,
        double bestValue,
        double bestViolation,
        double lowerBound,
        long iterationsSinceImprovement) {

    /** Returns this progress counted from where another one began, which led here. */
    Progress after(Progress earlier) {
        return withCounts(
                earlier.iteration + iteration, earlier.evaluations + evaluations, earlier.elapsed.plus(elapsed));
    }

    /** Returns this progress with evaluations and time multiplied. */
    Progress scaled(double factor) {
        return withCounts(
                iteration, (long) (evaluations * factor), Duration.ofNanos((long) (elapsed.toNanos() * factor)));
    }

    private Progress withCounts(long newIteration, long newEvaluations, Duration newElapsed) {
        return new Progress(
                newIteration,
                newEvaluations,
                newElapsed,
                bestValue,
                bestViolation,
                lowerBound,
                iterationsSinceImprovement);
    }
}
