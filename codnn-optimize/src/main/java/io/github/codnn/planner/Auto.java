package io.github.codnn.planner;

import io.github.codnn.CodnnException;
import io.github.codnn.baseline.Constructive;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.graph.Operator;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.LocalImprovement;
import java.util.Optional;

/**
 * Finds the best plan within a budget, and a bound, for any problem: first in blocks, then layer by layer.
 *
 * <p>For a chain on devices that run one stage each it runs {@link Exact}. If there is no proof after
 * {@value #MAX_QUESTIONS} questions, {@link Dbpso} follows, which starts from all constructive answers; the result is
 * the better plan of both with the bound of the exact search. Other networks are collapsed to chains of blocks and
 * planned as such. Then {@link LocalImprovement} moves single layers, and {@link ExactDag}, if the objective is the
 * period, searches from there with a limited amount of work, which is enough for a proof on most networks. Where there
 * are no blocks, and for several tasks, energy, price and your own fitness, {@link Dbpso} replaces the exact search.
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

    private static final double BLOCKS_SHARE = 0.5; // of the budget, the rest is for single layers
    private static final double SWARM_SHARE = 0.75; // if a proof may follow
    private static final long MAX_WORK = 1 << 25; // of the last proof, in units of StopSignal: a second or two

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
        PhasedRun phases = new PhasedRun(options);
        if (canProve(problem)) {
            return prove(problem, phases);
        }
        Optional<CollapsedScenario> blocks = collapse(problem);
        SearchResult result = blocks.isPresent()
                ? improveBlocks(problem, blocks.get(), phases)
                : phases.add(swarm(problem, phases.next().withShare(ExactDag.canSolve(problem) ? SWARM_SHARE : 1)));
        Optional<Placement> start = result.best().or(result::closest).map(Plan::placement);
        if (start.isEmpty() || phases.isOver(result) || !ExactDag.canSolve(problem)) {
            return result;
        }
        return phases.add(ExactDag.searchFrom(problem, phases.next(), start.get(), MAX_WORK));
    }

    /** Returns the scenario in blocks, unless it has no fewer layers or a block would be pinned to several devices. */
    private static Optional<CollapsedScenario> collapse(OffloadingProblem problem) {
        boolean inBlocks = problem.scenario().workload().tasks().stream()
                .flatMap(task -> task.graph().layers().stream())
                .anyMatch(layer -> layer.operator() instanceof Operator.Block);
        if (inBlocks) {
            return Optional.empty();
        }
        try {
            CollapsedScenario blocks = CollapsedScenario.of(problem.scenario(), ChainLinearizer.withDefaults());
            int layers = blocks.scenario().workload().tasks().stream()
                    .mapToInt(task -> task.graph().layers().size())
                    .sum();
            return layers < problem.compiled().layerCount() ? Optional.of(blocks) : Optional.empty();
        } catch (CodnnException pinnedToSeveral) {
            return Optional.empty();
        }
    }

    /** Plans blocks, then single layers from there or from a constructive answer that is better. */
    private static SearchResult improveBlocks(OffloadingProblem problem, CollapsedScenario blocks, PhasedRun phases) {
        OffloadingProblem coarse = OffloadingProblem.of(blocks.scenario(), problem.fitness());
        PhasedRun first = new PhasedRun(phases.next().withShare(BLOCKS_SHARE));
        SearchResult planned = canProve(coarse) ? prove(coarse, first) : first.add(swarm(coarse, first.next()));
        phases.add(planned);
        SearchRun run = SearchRun.start(problem, phases.next(), "Auto");
        planned.best()
                .or(planned::closest)
                .map(plan -> blocks.expand(plan.placement()))
                .map(problem.evaluator()::encode)
                .ifPresent(run::offer);
        Constructive.placements(problem, run);
        SearchResult start = phases.add(run.finish(run.checkStop().orElse(StopReason.COMPLETED)));
        if (phases.isOver(start)) {
            return start;
        }
        Placement placement = start.best().or(start::closest).orElseThrow().placement();
        SearchResult improved = phases.add(LocalImprovement.of(placement).search(problem, phases.next()));
        boolean settled =
                planned.stopReason() == StopReason.PROVEN && improved.best().isPresent();
        return settled || phases.isOver(improved) ? improved : swarmAfter(improved, problem, phases);
    }

    /** Runs the swarm; returns the better of both results. */
    private static SearchResult swarmAfter(SearchResult before, OffloadingProblem problem, PhasedRun phases) {
        SearchResult swarm = phases.add(swarm(problem, phases.next()));
        SearchResult better = swarm.isBetterThan(before) ? swarm : before;
        return phases.result(better, Math.max(before.lowerBound(), swarm.lowerBound()));
    }

    private static SearchResult prove(OffloadingProblem problem, PhasedRun phases) {
        SearchOptions options = phases.next();
        StopRule soon = options.stopRule().or(StopRule.iterations(MAX_QUESTIONS));
        SearchResult exact = phases.add(Exact.withDefaults().search(problem, options.withStopRule(soon)));
        if (phases.isOver(exact)) {
            return exact;
        }
        return swarmAfter(exact, problem, phases);
    }

    private static SearchResult swarm(OffloadingProblem problem, SearchOptions options) {
        return Dbpso.withDefaults().search(problem, options);
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
