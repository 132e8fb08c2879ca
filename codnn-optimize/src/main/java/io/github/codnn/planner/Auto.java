package io.github.codnn.planner;

import io.github.codnn.CodnnException;
import io.github.codnn.baseline.Constructive;
import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.exact.ExactCost;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.graph.Operator;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.slicing.PricedSlices;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.LocalImprovement;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the best plan within a budget, and a bound, for any problem: first in blocks, then layer by layer.
 *
 * <p>Several tasks with more than 300 pairs of a layer and a device go to {@link DblpsoMd#withTaskJumps()} at once,
 * which starts from the constructive placements: as chains of blocks if they are no chains. Then {@link
 * LocalImprovement} moves single layers of the best plan of blocks.
 *
 * <p>Elsewhere, for a chain on devices that run one stage each it runs {@link Exact}, which mostly gives a proof within
 * {@value #MAX_QUESTIONS} questions. Otherwise it asks all baselines that take little, those first whose evaluations
 * are known in advance: the constructive placements, the cuts of {@link Neurosurgeon} and {@link Dads}, {@link
 * Greedy}, and
 * {@link OneAfterAnother}; and networks that are no chains are collapsed to chains of blocks and planned as such. From
 * the best of these plans {@link ExactCost} or, if the objective is the period with one stage per device, {@link
 * ExactDag} searches single layers with a limited amount of work, which is enough for a proof on most networks; it has
 * a first try with a tenth of a second after the constructive placements. {@link LocalImprovement} moves single layers.
 * With more than eight devices {@code PricedSlices} slices topological orders, guided by prices of devices that prove
 * bounds, too; it goes on for as long as a stop rule on time allows. What is left of the budget goes to {@link Dbpso},
 * or to {@link DblpsoMd} for several tasks.
 *
 * <p>The result is the best plan of all parts, with the best bound. So it is never behind the baselines that it asks,
 * where the budget suffices for all of them together: a placement that several cuts of {@link Dads} yield counts once,
 * and {@link Greedy} may take all that the others leave of {@value #SMALL_BUDGET} evaluations, or a quarter of a larger
 * budget. A part that fails leaves a notice in the plan; the search fails only if
 * all do. What your own code throws ends it at once.
 *
 * <p>Bounds hold among all plans, including those that cut through blocks. The record of the plan names the phase that
 * found it. Deterministic if its parts are.
 */
public record Auto() implements Strategy {

    /**
     * How many questions the exact search may ask: a number, not a time, so that results do not depend on the machine.
     */
    static final int MAX_QUESTIONS = 200;

    /** Above this many devices a single question can take too long. */
    static final int MAX_DEVICES = 16;

    /** The same for chains with inputs or results that pass by layers. */
    private static final int MAX_DEVICES_WITH_BYPASS = 8;

    // Up to which share of the budget the phases may go, of which most take far less.
    private static final double FIRST = 0.25;
    private static final double BLOCKS = 0.5;
    private static final double STARTS = 0.6;
    private static final double IMPROVEMENT = 0.75;
    private static final double PROOF = 0.9;

    private static final long SMALL_BUDGET = 5000; // evaluations
    private static final int MAX_TASKS = 32; // to plan one after the other; each adds to the problem of the next
    private static final long FEW_CUTS = 8; // times the evaluations of one criterion of cuts, for it to come first
    private static final long PLENTY = 10; // the same for both criteria
    private static final double LEAST_SHARE_OF_CUTS = 0.25; // of the cuts of Dads must be left as evaluations
    private static final double MAX_CUT_LAYERS = 2e6; // layers in all cuts of Dads: some ten seconds
    static final long MAX_WORK = 1 << 25; // of the proof of a DAG, in units of StopSignal: a second or two

    /** Up to this many devices {@link ExactDag} leaves little to gain. */
    private static final int FEW_DEVICES = 8;

    private static final long MAX_SLICE_WORK = 1 << 27; // of plans and bounds on many devices: a few seconds

    static final long MAX_COST_WORK = 1 << 27; // of the search of other costs: some seconds
    private static final long LITTLE_WORK = 1 << 22; // a tenth of a second
    private static final double WORK_PER_EVALUATION = 1 << 10; // so that it grows with the budget

    /**
     * Returns the strategy.
     *
     * @return the strategy, which has no settings
     */
    public static Auto withDefaults() {
        return new Auto();
    }

    /** Single layers: this strategy makes blocks by itself and then goes on to layers. */
    @Override
    public GraphCollapser preferredCollapser() {
        return GraphCollapser.none();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        PhasedRun phases = new PhasedRun(problem, options);
        boolean sharesDevices = SharedDevices.has(problem);
        Optional<CollapsedScenario> blocks = sharesDevices ? collapse(problem) : Optional.empty();
        if (blocks.isPresent()) {
            SharedDevices.search(problem, blocks.get(), phases);
        } else if (sharesDevices && SharedDevices.areChains(problem)) {
            SharedDevices.search(problem, phases);
        } else {
            search(problem, phases);
        }
        SearchResult result = phases.result();
        return result.best().isPresent()
                ? result
                : Closest.of(problem, result, result.lowerBound(), Closest.after(result, options));
    }

    /** Searches a problem with one task, or one whose tasks are few or have no blocks. */
    private static void search(OffloadingProblem problem, PhasedRun phases) {
        boolean canProve = canProve(problem);
        boolean canProveGraph = !canProve && ExactDag.canSolve(problem);
        if (canProve) {
            phases.run("Exact", part -> Exact.withDefaults().search(problem, soon(part)));
        }
        askBaselines(problem, phases, canProve);
        Optional<int[]> blocks = canProve || phases.isOver() ? Optional.empty() : planBlocks(problem, phases);
        blocks.ifPresent(start -> phases.run("Blocks", part -> evaluate(problem, part, start)));
        if (!canProve && !canProveGraph && ExactCost.canSolve(problem)) {
            phases.runFromBest(
                    "ExactCost",
                    (part, start) ->
                            ExactCost.searchFrom(problem, part.withShare(IMPROVEMENT), start, costWork(phases)));
        }
        phases.runFromBest(
                "LocalImprovement",
                (part, start) -> LocalImprovement.of(start).search(problem, part.withShare(IMPROVEMENT)));
        if (canProveGraph) {
            phases.runFromBest(
                    "ExactDag", (part, start) -> ExactDag.searchFrom(problem, part.withShare(PROOF), start, MAX_WORK));
        }
        if (problem.compiled().deviceCount() > FEW_DEVICES && PricedSlices.canSolve(problem)) {
            phases.runFromBest(
                    "PricedSlices",
                    (part, start) -> PricedSlices.withDefaults()
                            .searchFrom(
                                    problem,
                                    part.withShare(PROOF),
                                    start,
                                    phases.endsInTime() ? Long.MAX_VALUE : MAX_SLICE_WORK));
        }
        Strategy swarm = problem.compiled().taskCount() > 1 ? DblpsoMd.withDefaults() : Dbpso.withDefaults();
        phases.run(name(swarm), part -> swarm.search(problem, part.withShareIfInfeasible(Closest.SHARE)));
    }

    /** Tries whether a little work is enough for a proof, before parts that take far more. */
    private static void proveSoon(OffloadingProblem problem, PhasedRun phases) {
        if (ExactDag.canSolve(problem)) {
            phases.runFromBest("ExactDag", (part, start) -> ExactDag.searchFrom(problem, part, start, LITTLE_WORK));
        } else if (ExactCost.canSolve(problem)) {
            phases.runFromBest("ExactCost", (part, start) -> ExactCost.searchFrom(problem, part, start, LITTLE_WORK));
        }
    }

    /** Returns the work of {@link ExactCost}, which takes no evaluations but should not take longer than they do. */
    private static long costWork(PhasedRun phases) {
        long work = LITTLE_WORK;
        while (work < MAX_COST_WORK && phases.leaves(2.0 * work / WORK_PER_EVALUATION)) {
            work *= 2;
        }
        return work < MAX_COST_WORK || !phases.endsInTime() ? work : Long.MAX_VALUE;
    }

    /** Asks the baselines that take little; those first whose evaluations are known, unless these are many. */
    private static void askBaselines(OffloadingProblem problem, PhasedRun phases, boolean canProve) {
        Map<IntBuffer, Score> scores = new HashMap<>();
        long cuts = Constructive.triesCuts(problem) ? Constructive.cuts(problem) : 0;
        int criteria = phases.leaves((double) (PLENTY * cuts)) ? 2 : 1;
        boolean isLate = !phases.leaves((double) (FEW_CUTS * cuts));
        phases.run("Constructive", part -> constructive(problem, part, cuts == 0 || isLate ? 0 : criteria, scores));
        if (!canProve) {
            proveSoon(problem, phases);
        }
        if (!isLate) {
            askDads(problem, phases);
        }
        boolean isSmall = !phases.leaves(SMALL_BUDGET / FIRST);
        phases.run("Greedy", part -> Constructive.greedy(problem, forGreedy(part, isSmall), scores));
        if (isLate || cuts == 0) {
            phases.run("Neurosurgeon", part -> Neurosurgeon.withDefaults().search(problem, part.withShare(STARTS)));
        }
        if (isLate) {
            askDads(problem, phases);
        }
        int tasks = problem.compiled().taskCount();
        if (tasks > 1 && tasks <= MAX_TASKS) {
            phases.run(
                    "OneAfterAnother", part -> OneAfterAnother.withDefaults().search(problem, part.withShare(FIRST)));
        }
    }

    /** Asks for both loads, where there is enough of the budget for the cuts, of which many are equal. */
    private static void askDads(OffloadingProblem problem, PhasedRun phases) {
        for (Dads dads : List.of(Dads.withDefaults().withLoad(Dads.Load.LIGHT), Dads.withDefaults())) {
            double cuts = (double) dads.cuts(problem);
            double work = cuts * problem.layerCount() / problem.compiled().taskCount();
            if (work <= MAX_CUT_LAYERS && phases.leaves(LEAST_SHARE_OF_CUTS * cuts)) {
                phases.run("Dads", part -> dads.searchDistinct(problem, part.withShare(FIRST)));
            }
        }
    }

    /** Returns a quarter of the budget, but not less than {@link #SMALL_BUDGET} evaluations, if there are any. */
    private static SearchOptions forGreedy(SearchOptions options, boolean isSmall) {
        return isSmall
                ? options.withStopRule(options.stopRule().or(StopRule.evaluations(SMALL_BUDGET)))
                : options.withShare(FIRST);
    }

    private static SearchResult constructive(
            OffloadingProblem problem, SearchOptions options, int criteria, Map<IntBuffer, Score> scores) {
        SearchRun run = SearchRun.start(problem, options.withShare(STARTS), "Auto");
        Constructive.placements(problem, run, criteria, scores);
        return run.finish(run.checkStop().orElse(StopReason.COMPLETED));
    }

    private static String name(Strategy strategy) {
        return strategy.getClass().getSimpleName();
    }

    static SearchResult evaluate(OffloadingProblem problem, SearchOptions options, int[] placement) {
        SearchRun run = SearchRun.start(problem, options, "Auto");
        run.offer(placement);
        return run.finish(run.checkStop().orElse(StopReason.COMPLETED));
    }

    /** Returns the scenario in blocks, unless it has no fewer layers or pins of its layers contradict each other. */
    static Optional<CollapsedScenario> collapse(OffloadingProblem problem) {
        boolean inBlocks = problem.scenario().workload().tasks().stream()
                .flatMap(task -> task.graph().layers().stream())
                .anyMatch(layer -> layer.operator() instanceof Operator.Block);
        if (inBlocks) {
            return Optional.empty();
        }
        try {
            CollapsedScenario blocks = CollapsedScenario.of(problem.scenario(), ChainLinearizer.withDefaults());
            if (blocks.scenario().workload().layerCount() == problem.compiled().layerCount()) {
                return Optional.empty();
            }
            PlanEvaluator.of(blocks.scenario());
            return Optional.of(blocks);
        } catch (CodnnException pinnedToSeveralOrUnreachable) {
            return Optional.empty();
        }
    }

    /** Plans blocks; returns what that means for single layers, nothing if there are no blocks or they fail. */
    private static Optional<int[]> planBlocks(OffloadingProblem problem, PhasedRun phases) {
        Optional<CollapsedScenario> collapsed = collapse(problem);
        if (collapsed.isEmpty()) {
            return Optional.empty();
        }
        CollapsedScenario blocks = collapsed.get();
        return phases.runOther("blocks", options -> searchBlocks(blocks, problem, options.withShare(BLOCKS)))
                .flatMap(SearchResult::bestOrClosest)
                .map(plan -> problem.evaluator().encode(blocks.expand(plan.placement())));
    }

    private static SearchResult searchBlocks(
            CollapsedScenario blocks, OffloadingProblem problem, SearchOptions options) {
        OffloadingProblem coarse = OffloadingProblem.of(blocks.scenario(), problem.fitness());
        PhasedRun phases = new PhasedRun(coarse, options);
        if (canProve(coarse)) {
            phases.run("Exact", part -> Exact.withDefaults().search(coarse, soon(part)));
        }
        phases.run("Dbpso", part -> Dbpso.withDefaults().search(coarse, part));
        return phases.result();
    }

    static SearchOptions soon(SearchOptions options) {
        return options.withStopRule(options.stopRule().or(StopRule.iterations(MAX_QUESTIONS)));
    }

    /** Tells whether {@link Exact} can solve a problem, and is likely to do so soon. */
    static boolean canProve(OffloadingProblem problem) {
        int devices = problem.compiled().deviceCount();
        if (ExactPipeline.canSolve(problem)) {
            return devices <= MAX_DEVICES;
        }
        return devices <= MAX_DEVICES_WITH_BYPASS
                && ExactDag.canSolve(problem)
                && problem.scenario().workload().tasks().get(0).graph().isChain();
    }
}
