package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.text.Figures;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/**
 * The least rate of frames that each task of a plan must reach ({@code --fps}). The rate is that of the full pipeline,
 * one over the period.
 *
 * <p>First the least period is searched for: a bound on it proves that a rate is out of reach. Then, if something else
 * is to be minimised, a search in which every plan that is too slow counts as worse than every other one.
 */
final class FrameRate {

    private static final double ROUNDING = 1e-9;
    private static final double TOO_SLOW = 1e30; // above all figures

    @Option(
            names = "--fps",
            paramLabel = "RATE",
            description = "Least frames a second of each task; slower plans do not count. No bound is known for what"
                    + " is minimised then, unless it is the period.")
    private Optional<Double> leastPerSecond = Optional.empty();

    /**
     * An objective among the plans that are fast enough.
     *
     * @param minimised what to minimise
     * @param leastPerSecond the least frames a second of each task
     */
    record Limited(Fitness minimised, double leastPerSecond) implements Fitness, Serializable {

        private static final long serialVersionUID = 1L;

        Limited {
            if (!(leastPerSecond > 0 && leastPerSecond < Double.POSITIVE_INFINITY)) {
                throw new CodnnException("--fps must be positive and finite, but is " + leastPerSecond);
            }
        }

        @Override
        public double of(PlanMetrics metrics) {
            double share = metrics.periodSeconds() * leastPerSecond;
            return share <= 1 + ROUNDING ? minimised.of(metrics) : TOO_SLOW * share;
        }

        @Override
        public String label() {
            return minimised.label() + "@" + Figures.plain(leastPerSecond) + "fps";
        }
    }

    /** Refuses a rate that has nothing to say. */
    void check(boolean front) {
        leastPerSecond.ifPresent(least -> new Limited(Objective.PERIOD, least));
        if (front && leastPerSecond.isPresent()) {
            throw new CodnnException(
                    "--fps is for one plan. Leave it out: a front with the period shows what each rate costs");
        }
    }

    /** Searches for the best plan that is fast enough, else for the fastest one. */
    SearchResult search(Function<Fitness, SearchResult> search, Fitness minimised) {
        if (leastPerSecond.isEmpty()) {
            return search.apply(minimised);
        }
        Limited limited = new Limited(minimised, leastPerSecond.get());
        SearchResult fastest = search.apply(Objective.PERIOD);
        if (minimised == Objective.PERIOD
                || fastest.best().filter(this::isReached).isEmpty()) {
            return fastest;
        }
        SearchResult found = search.apply(limited);
        return found.best().filter(this::isReached).isPresent() ? found : fastest;
    }

    private boolean isReached(Plan plan) {
        return isReached(plan.metrics().periodSeconds());
    }

    private boolean isReached(double periodSeconds) {
        return leastPerSecond
                .filter(least -> periodSeconds * least > 1 + ROUNDING)
                .isEmpty();
    }

    /** Says what is wrong with a plan that keeps all other constraints; nothing if it is fast enough. */
    Optional<String> missed(SearchResult result, Plan plan, Optional<ClosedFormCheck> simulated) {
        String least = leastPerSecond
                .map(rate -> rate < 1e9 ? Figures.plain(rate) : Figures.number(rate))
                .orElse("");
        if (!isReached(plan)) {
            boolean proven = plan.run().orElseThrow().objective().equals(Objective.PERIOD.label())
                    && !isReached(result.lowerBound());
            return Optional.of((proven ? "No plan reaches " : "No plan found reaches ") + least
                    + " frames/s. The fastest has " + perSecond(plan.metrics().periodSeconds()));
        }
        double simulatedSeconds = simulatedPeriodSeconds(simulated);
        return isReached(simulatedSeconds * (1 - 1e-6))
                ? Optional.empty()
                : Optional.of("No plan found reaches " + least + " frames/s in a simulation, where frames wait for each"
                        + " other. This one has " + perSecond(simulatedSeconds) + " there and "
                        + perSecond(plan.metrics().periodSeconds()) + " in closed form");
    }

    private static double simulatedPeriodSeconds(Optional<ClosedFormCheck> simulated) {
        return simulated.stream()
                .flatMap(check -> check.tasks().stream())
                .mapToDouble(ClosedFormCheck.TaskTimes::simulatedPeriodSeconds)
                .filter(seconds -> seconds < Double.POSITIVE_INFINITY)
                .max()
                .orElse(0);
    }

    private static String perSecond(double periodSeconds) {
        return Figures.number(1 / periodSeconds) + " frames/s";
    }

    /** Describes the rate in the document of a plan. */
    void add(ObjectNode document, Plan plan, boolean kept) {
        leastPerSecond.ifPresent(least -> document.putObject("frameRate")
                .put("leastPerSecond", least)
                .put("perSecond", 1 / plan.metrics().periodSeconds())
                .put("kept", kept));
    }
}
