package io.github.codnn.adapt;

import io.github.codnn.cost.CostModel;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.planner.Planner;
import io.github.codnn.planner.WarmStart;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Fitness;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.simulate.StreamCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watches the conditions of a running plan and says when to move to another one. Give every observed {@link Platform},
 * at regular intervals, to {@link #observe} and go on with the planner that the decision holds.
 *
 * <p>A plan is left for another one only if the gains in excess of a threshold add up over the latest observations, and
 * if the gain pays, within a horizon, for the time in which no frame is finished ({@link AdaptSettings}): weights are
 * sent to devices that do not have them, and the new pipeline fills. So random changes around a constant move nothing.
 * A running plan that cannot keep its constraints any more is left at once if another plan keeps them.
 *
 * <p>A device keeps the weights that it has received as long as all of them fit its memory, and the source of a task
 * has the whole network.
 *
 * <p>A heuristic, deterministic if its planner is; it has neither a clock nor threads. Immutable and thread-safe. An
 * observation takes the time of its planner plus O(window (layers + edges)).
 */
public final class AdaptivePlanner {

    private static final long EVALUATIONS = 2_000;
    private static final int MAX_KNOWN = 16;

    private final Plan running;
    private final Fitness fitness;
    private final Optional<Planner> planner;
    private final StopRule budget;
    private final AdaptSettings settings;
    private final HeldWeights held;

    /** The placements that have run, the present one first. */
    private final List<Placement> known;

    /** The latest observations before this one, oldest first, as many as count. */
    private final List<Observation> earlier;

    /**
     * Conditions that were observed.
     *
     * @param scenario the problem under them
     * @param evaluator evaluates placements under them
     * @param streams decides about deadlines of streams
     */
    private record Observation(Scenario scenario, PlanEvaluator evaluator, StreamCheck streams) {

        static Observation of(Scenario scenario) {
            return new Observation(scenario, PlanEvaluator.of(scenario), StreamCheck.of(scenario));
        }

        double value(Placement placement, Fitness fitness) {
            if (!WhatIf.isUsable(scenario, placement)) {
                return Double.POSITIVE_INFINITY;
            }
            MetricsSnapshot metrics = streams.isNeeded()
                    ? streams.applyTo(evaluator.plan(placement)).metrics()
                    : evaluator.evaluate(placement);
            return metrics.feasible() ? fitness.of(metrics) : Double.POSITIVE_INFINITY;
        }
    }

    private AdaptivePlanner(AdaptivePlanner before, Plan running, HeldWeights held, List<Observation> earlier) {
        this.running = running;
        this.fitness = before.fitness;
        this.planner = before.planner;
        this.budget = before.budget;
        this.settings = before.settings;
        this.held = held;
        known = Stream.concat(Stream.of(running.placement()), before.known.stream())
                .distinct()
                .limit(MAX_KNOWN)
                .toList();
        int from = Math.max(0, earlier.size() - (settings.window() - 1));
        this.earlier = List.copyOf(earlier.subList(from, earlier.size()));
    }

    private AdaptivePlanner(
            Plan running, Fitness fitness, Optional<Planner> planner, StopRule budget, AdaptSettings settings) {
        this.running = Objects.requireNonNull(running, "running");
        this.fitness = Objects.requireNonNull(fitness, "fitness");
        this.planner = planner;
        this.budget = Objects.requireNonNull(budget, "budget");
        this.settings = Objects.requireNonNull(settings, "settings");
        held = HeldWeights.of(running.scenario(), running.placement());
        known = List.of(running.placement());
        earlier = List.of();
    }

    /**
     * Starts to watch a plan, with the usual settings. It plans anew ({@link WarmStart}) from the best of the
     * plans that have run, with 2,000 evaluations for each observation.
     *
     * @param running the plan that runs, with the conditions for which it was made
     * @param fitness what it minimises, positive
     * @return the planner
     */
    public static AdaptivePlanner of(Plan running, Fitness fitness) {
        return new AdaptivePlanner(
                running, fitness, Optional.empty(), StopRule.evaluations(EVALUATIONS), AdaptSettings.withDefaults());
    }

    /**
     * Returns this planner with other settings, before its first observation.
     *
     * @param newSettings when to move
     * @return the changed planner
     */
    public AdaptivePlanner withSettings(AdaptSettings newSettings) {
        return new AdaptivePlanner(running, fitness, planner, budget, newSettings);
    }

    /**
     * Returns this planner with another budget for each observation, before its first one.
     *
     * @param rule when planning ends, such as {@link StopRule#evaluations} or {@link StopRule#elapsed}, with which
     *     decisions depend on the machine
     * @return the changed planner
     */
    public AdaptivePlanner withBudget(StopRule rule) {
        return new AdaptivePlanner(running, fitness, planner, rule, settings);
    }

    /**
     * Returns this planner with another way to plan anew, before its first observation.
     *
     * @param newPlanner how to plan, called once for every observation, with a budget of its own
     * @return the changed planner
     */
    public AdaptivePlanner withPlanner(Planner newPlanner) {
        return new AdaptivePlanner(running, fitness, Optional.of(newPlanner), budget, settings);
    }

    /**
     * Returns this planner for a plan that was chosen by others, with nothing observed and the weights of that plan.
     *
     * @param plan the plan that runs from now on
     * @return the changed planner
     */
    public AdaptivePlanner restarted(Plan plan) {
        return new AdaptivePlanner(plan, fitness, planner, budget, settings);
    }

    /**
     * Returns the plan that runs.
     *
     * @return the plan, under the conditions in which it was chosen
     */
    public Plan running() {
        return running;
    }

    Fitness fitness() {
        return fitness;
    }

    /** Returns how to plan under some conditions. */
    Planner plannerFor(Scenario conditions) {
        return planner.orElseGet(() -> {
            Planner plain = Planner.withDefaults()
                    .withOptions(SearchOptions.withDefaults().withStopRule(budget))
                    .withProof(false);
            return start(conditions).map(WarmStart::of).map(plain::withStrategy).orElse(plain);
        });
    }

    /** Returns the placement that is the best now of those that have run and still can. */
    private Optional<Placement> start(Scenario conditions) {
        Observation now = Observation.of(conditions);
        return known.stream()
                .filter(placement -> WhatIf.isUsable(conditions, placement))
                .min(Comparator.comparingDouble(placement -> now.value(placement, fitness)));
    }

    /**
     * Says what to do under the present conditions.
     *
     * @param platform the platform as observed, with the devices that are there
     * @return stay, or move to a plan
     * @throws io.github.codnn.CodnnException if a cost is missing, or frames must go where no link leads
     */
    public Decision observe(Platform platform) {
        return observe(platform, running.scenario().costModel());
    }

    /**
     * Says what to do under the present conditions, of devices that may have become slower or faster, too.
     *
     * @param platform the platform as observed, with the devices that are there
     * @param costs the costs of layers as observed
     * @return stay, or move to a plan
     * @throws io.github.codnn.CodnnException if a cost is missing, or frames must go where no link leads
     */
    public Decision observe(Platform platform, CostModel costs) {
        Scenario present = running.scenario().withPlatform(platform).withCostModel(costs);
        WhatIf answer = WhatIf.of(running, present, plannerFor(present), fitness);
        boolean works = answer.kept().filter(plan -> plan.metrics().feasible()).isPresent();
        Optional<Plan> next = answer.replanned().best();
        if (next.isEmpty()) {
            return stay(works ? "no better plan found" : "no plan found keeps all constraints", present);
        }
        if (!works) {
            return move(next.get(), answer, "the running plan cannot keep its constraints any more", present);
        }
        return weigh(answer, next.get(), present);
    }

    private Decision weigh(WhatIf answer, Plan next, Scenario present) {
        double before = fitness.of(answer.kept().orElseThrow().metrics());
        double gain = gain(before, fitness.of(next.metrics()));
        String share = String.format(Locale.ROOT, "a %s lower by %.1f %%", fitness.label(), 100 * gain);
        if (gain <= settings.threshold()) {
            return stay(answer.moves().isEmpty() ? "no better plan found" : share + " is below the threshold", present);
        }
        double stall = stall(present, next);
        double left = 1 - stall / settings.horizonSeconds();
        if (!(left > 0 && gain(before, fitness.of(next.metrics()) / left) > settings.threshold())) {
            return stay(String.format(Locale.ROOT, "%s does not pay for %.3g s without frames", share, stall), present);
        }
        if (evidence(gain, next.placement()) < settings.evidence()) {
            return stay(share + " has not been seen for long enough", present);
        }
        return move(next, answer, String.format(Locale.ROOT, "%s for %.3g s without frames", share, stall), present);
    }

    /** Returns the time without frames: weights travel, and the new pipeline fills. */
    private double stall(Scenario present, Plan next) {
        return held.secondsToDeploy(present, next.placement()) + next.metrics().responseSeconds();
    }

    private static double gain(double before, double after) {
        if (before == Double.POSITIVE_INFINITY) {
            return after < before ? 1 : 0;
        }
        return before > 0 ? (before - after) / before : 0;
    }

    /** Returns the greatest sum of gains in excess of the threshold over the latest observations. */
    private double evidence(double gain, Placement next) {
        double sum = gain - settings.threshold();
        double greatest = sum;
        for (int index = earlier.size() - 1; index >= 0 && greatest < settings.evidence(); index--) {
            Observation then = earlier.get(index);
            double past = gain(then.value(running.placement(), fitness), then.value(next, fitness));
            sum += past - settings.threshold();
            greatest = Math.max(greatest, sum);
        }
        return greatest;
    }

    private Decision stay(String reason, Scenario present) {
        List<Observation> seen = new ArrayList<>(earlier);
        seen.add(Observation.of(present));
        return new Decision(false, running, List.of(), reason, new AdaptivePlanner(this, running, held, seen));
    }

    private Decision move(Plan next, WhatIf answer, String reason, Scenario present) {
        HeldWeights after = held.after(present, next.placement());
        AdaptivePlanner then = new AdaptivePlanner(this, next, after, List.of(Observation.of(present)));
        return new Decision(true, next, answer.moves(), reason, then);
    }

    /**
     * What to do.
     *
     * @param moves whether to move to another plan
     * @param plan the plan to run from now on, the running one if nothing moves
     * @param layers the layers that move
     * @param reason why, as a clause
     * @param next the planner for the next observation
     */
    public record Decision(boolean moves, Plan plan, List<WhatIf.Move> layers, String reason, AdaptivePlanner next) {

        /** Copies the components. */
        public Decision {
            Objects.requireNonNull(plan, "plan");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(next, "next");
            layers = List.copyOf(layers);
        }
    }
}
