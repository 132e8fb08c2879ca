package io.github.codnn.adapt;

import io.github.codnn.graph.Layer;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.planner.Planner;
import io.github.codnn.planner.WarmStart;
import io.github.codnn.problem.Fitness;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.simulate.StreamCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What becomes of a plan when its conditions change: a slower link, one device less, another deadline.
 *
 * <p>Immutable. The new plan is never worse than the old one under the new conditions: if the search finds nothing
 * better, the old placement is kept, so that nothing moves for nothing.
 *
 * @param promised the plan as it was made, under the old conditions
 * @param kept the same placement under the new conditions; empty if a device that it uses is gone or its layers are
 *     others
 * @param replanned what the planner finds under the new conditions, or the old placement if that is as good
 * @param moves the layers that run elsewhere under the new plan, in the order of the networks; all of them with an
 *     empty {@link Move#from} if the old placement cannot be used
 * @param keptGap the greatest distance of the kept plan from the optimum under the new conditions; empty if it breaks
 *     constraints or no positive bound is known
 */
public record WhatIf(
        Plan promised, Optional<Plan> kept, SearchResult replanned, List<Move> moves, OptionalDouble keptGap) {

    /** Two values that differ by less are equal but for rounding. */
    private static final double EQUAL = 1e-9;

    private static final long PROOF_WORK = 1 << 22;

    /**
     * A layer that changes its device.
     *
     * @param task the name of its task
     * @param layer the name of the layer
     * @param from the device of the old plan
     * @param to the device of the new plan
     * @param bytes what has to be sent there once: its parameters. A layer that was read from a plan or problem file
     *     has no parameters of its own; its whole memory counts
     */
    public record Move(String task, String layer, String from, String to, long bytes) {

        /** Checks the components. */
        public Move {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(layer, "layer");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    /** Copies the components. */
    public WhatIf {
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(keptGap, "keptGap");
        Objects.requireNonNull(promised, "promised");
        Objects.requireNonNull(replanned, "replanned");
        moves = List.copyOf(moves);
    }

    /**
     * Plans anew under changed conditions.
     *
     * @param plan the present plan
     * @param changed the new conditions, of tasks with the same networks
     * @param planner how to plan
     * @param fitness what to minimise
     * @return the three plans and what moves
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     */
    public static WhatIf of(Plan plan, Scenario changed, Planner planner, Fitness fitness) {
        Optional<Plan> kept = under(changed, plan.placement());
        SearchResult found = planner.plan(changed, fitness);
        SearchResult chosen = kept.map(old -> notWorse(old, found, fitness)).orElse(found);
        List<Move> moves = chosen.bestOrClosest()
                .map(next -> moves(changed, plan.placement(), next.placement()))
                .orElse(List.of());
        return new WhatIf(plan, kept, chosen, moves, gap(kept, chosen, fitness));
    }

    /**
     * Returns a planner that takes about a second for the new plan of one network: {@link WarmStart} from the present
     * plan, with a proof of limited work. For several tasks, or if the present plan cannot be used any more, it is the
     * default planner.
     *
     * @param plan the present plan
     * @param changed the new conditions
     * @param options how searches are run
     * @return the planner
     */
    public static Planner quickPlanner(Plan plan, Scenario changed, SearchOptions options) {
        Planner planner = Planner.withDefaults().withOptions(options);
        boolean isOne = changed.workload().tasks().size() == 1;
        return isOne && isUsable(changed, plan.placement())
                ? planner.withStrategy(WarmStart.of(plan.placement()).withProofWork(PROOF_WORK))
                : planner;
    }

    /** Returns the plan of a placement under some conditions; nothing if a device or a layer is not there. */
    static Optional<Plan> under(Scenario scenario, Placement placement) {
        if (!isUsable(scenario, placement)) {
            return Optional.empty();
        }
        Plan kept = PlanEvaluator.of(scenario).plan(placement);
        return Optional.of(StreamCheck.of(scenario).applyTo(kept));
    }

    /** Tells whether a placement has a device that is there for every layer. */
    static boolean isUsable(Scenario scenario, Placement placement) {
        List<String> devices = scenario.deviceNames();
        for (Task task : scenario.workload().tasks()) {
            Map<String, String> byLayer = placement.deviceByLayer().getOrDefault(task.name(), Map.of());
            for (Layer layer : task.graph().layers()) {
                String device = byLayer.get(layer.name());
                if (device == null || !devices.contains(device)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the old plan with the record of the search if the search found nothing better. */
    private static SearchResult notWorse(Plan old, SearchResult found, Fitness fitness) {
        double value = fitness.of(old.metrics());
        if (!old.metrics().feasible() || found.value() < value - EQUAL * Math.abs(value)) {
            return found;
        }
        double bound = Math.min(found.lowerBound(), value);
        return found.bestOrClosest()
                .flatMap(Plan::run)
                .map(run -> new SearchResult(
                        Optional.of(old.withRun(withValue(run, value, bound))),
                        Optional.empty(),
                        Optional.empty(),
                        value,
                        bound,
                        found.evaluations(),
                        found.iterations(),
                        found.elapsed(),
                        found.stopReason(),
                        found.history()))
                .map(result -> result.withLate(found.late()))
                .orElse(found);
    }

    private static RunRecord withValue(RunRecord run, double value, double bound) {
        return new RunRecord(
                run.objective(),
                value,
                bound,
                isBelow(run.blockBound(), value) ? run.blockBound() : OptionalDouble.empty(),
                run.strategy(),
                run.settings(),
                run.seed(),
                run.evaluations(),
                run.stopReason(),
                run.notices(),
                Optional.empty());
    }

    /** A plan that parts blocks may be better than all that keep them whole. */
    private static boolean isBelow(OptionalDouble bound, double value) {
        return bound.orElse(Double.POSITIVE_INFINITY) <= value;
    }

    private static OptionalDouble gap(Optional<Plan> kept, SearchResult chosen, Fitness fitness) {
        double gap = kept.filter(plan -> plan.metrics().feasible())
                .map(plan -> RunRecord.gap(fitness.of(plan.metrics()), chosen.lowerBound()))
                .orElse(Double.POSITIVE_INFINITY);
        return gap < Double.POSITIVE_INFINITY ? OptionalDouble.of(gap) : OptionalDouble.empty();
    }

    static List<Move> moves(Scenario scenario, Placement before, Placement after) {
        List<Move> moves = new ArrayList<>();
        for (Task task : scenario.workload().tasks()) {
            Map<String, String> old = before.deviceByLayer().getOrDefault(task.name(), Map.of());
            Map<String, String> next = after.of(task.name());
            for (Layer layer : task.graph().layers()) {
                String from = old.getOrDefault(layer.name(), "");
                String to = next.getOrDefault(layer.name(), "");
                if (!from.equals(to)) {
                    moves.add(new Move(task.name(), layer.name(), from, to, layer.parameterBytes()));
                }
            }
        }
        return moves;
    }
}
