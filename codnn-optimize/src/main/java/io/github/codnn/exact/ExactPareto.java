package io.github.codnn.exact;

import io.github.codnn.chainsearch.ChainModel;
import io.github.codnn.chainsearch.ChainPath;
import io.github.codnn.chainsearch.ChainSearch;
import io.github.codnn.chainsearch.DeviceSets;
import io.github.codnn.chainsearch.TightModel;
import io.github.codnn.frontsearch.FrontArchive;
import io.github.codnn.frontsearch.ParetoLabelSetting;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole Pareto front of one chain on devices that run one stage each, proven: any two or three of period, response
 * time, mean time, energy and price, in both transfer modes, with links that may be missing, latency, upload and
 * return, memory, pinned and colocated layers, a limit on devices, a deadline, and whatever devices wait at idle power.
 *
 * <p>Where links share media the front of times is exact, too. Labels of energy and price do not count the loads of
 * media: the front is then that of links with ways of their own, evaluated with the media, and
 * {@link ParetoFront#epsilon()} states by how much media make one of its plans worse. It is 0 if they delay none of
 * them, and infinite if one of them then breaks a constraint.
 *
 * <p>If only times are objectives, the search solves one exact problem per candidate period: the front of period and
 * response time contains that of the mean time. With energy or price, labels are set in several sweeps over the cuts,
 * with tolerances of 100 %, 10 %, 1 % and 0: the plans of one sweep rule out most labels of the next. Energy is not
 * additive, because devices wait until the makespan; the comments of {@code LabelDominance} prove how labels compare.
 *
 * <p>Exact up to rounding (relative 1e-12 a stage). Time and memory grow with the size of the front and with the number
 * of labels, which is exponential in the number of devices at worst. On a machine that was busy with other work, 48
 * layers on eight different devices took some 10 s for period, energy and price (2,100 plans), 3 s for two of them; 96
 * layers 7 s for two of them, and minutes for three. If the stop rule ends the search, or labels outgrow memory (some
 * 400 MB), the front is that of the last complete sweep, with its tolerance as {@link ParetoFront#epsilon()},
 * or the plans found so far with an infinite one.
 *
 * <p>Deterministic, uses no randomness and no executor; calls the listener for every cut of a sweep. Thread-safe.
 *
 * @param epsilon how much may be missing of the front, in any objective, as a share: 0 for nothing
 */
public record ExactPareto(double epsilon) implements ParetoSearch {

    private static final Set<Objective> TIMES = EnumSet.of(Objective.PERIOD, Objective.RESPONSE, Objective.MEAN);

    /** Cuts times sets of devices times classes for which bounds are kept: 32 bytes each. */
    private static final long MAX_STATES = 1 << 22;

    private static final int MAX_LABELS = 1 << 21;

    /** Checks the component. */
    public ExactPareto {
        Checks.nonNegativeFinite(epsilon, "epsilon");
    }

    /**
     * Returns the search for the whole front.
     *
     * @return the search
     */
    public static ExactPareto withDefaults() {
        return new ExactPareto(0);
    }

    /**
     * Returns this search with another tolerance: 0.01 takes a fraction of the time of 0.
     *
     * @param tolerance how much may be missing of the front, in any objective, as a share
     * @return the changed search
     */
    public ExactPareto withEpsilon(double tolerance) {
        return new ExactPareto(tolerance);
    }

    /**
     * Tells whether this search can solve a problem.
     *
     * @param problem the problem; its own fitness does not count
     * @param objectives what to minimise
     * @return whether it has one task whose network is a chain, one stage per device, and, with energy or price among
     *     the objectives, not too many different devices: 12 with 80 layers, 10 with 400
     */
    public static boolean canSolve(OffloadingProblem problem, List<Objective> objectives) {
        Optional<StageCosts> chain = pipeline(problem);
        if (chain.isEmpty() || chain.get().classes().size() > ChainModel.MAX_CLASSES) {
            return false;
        }
        double states = (double) chain.get().layers() * chain.get().classes().size();
        for (List<Integer> each : chain.get().classes()) {
            states *= each.size() + 1;
        }
        return TIMES.containsAll(objectives) || states <= MAX_STATES;
    }

    private static Optional<StageCosts> pipeline(OffloadingProblem problem) {
        return problem.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE
                ? StageCosts.of(problem)
                : Optional.empty();
    }

    @Override
    public ParetoFront search(OffloadingProblem problem, List<Objective> objectives, SearchOptions options) {
        return search(problem, objectives, options, Long.MAX_VALUE);
    }

    /**
     * Searches with a limited amount of work.
     *
     * @param problem the problem
     * @param objectives two or three objectives
     * @param options the options
     * @param maxWork the greatest work, in units of {@link StopSignal}, positive
     * @return the front, complete if the work was enough for it
     */
    public ParetoFront search(
            OffloadingProblem problem, List<Objective> objectives, SearchOptions options, long maxWork) {
        List<Objective> wanted = ParetoSearch.checked(objectives);
        if (!canSolve(problem, wanted)) {
            throw new IllegalArgumentException(
                    "ExactPareto needs one task whose network is a chain, one stage per device and"
                            + " few different devices, but '"
                            + problem.scenario().name()
                            + "' is not such. Collapse its networks to chains, or take ParetoSwarm.");
        }
        ChainModel model = new ChainModel(StageCosts.of(problem).orElseThrow());
        // No single figure decides: the run serves the stop rule and the listener only.
        SearchRun run = SearchRun.start(problem.withFitness(metrics -> 0), options.withoutValues(), "ExactPareto");
        StopSignal signal = new StopSignal(run, maxWork);
        ParetoFront front = TIMES.containsAll(wanted)
                ? frontOfTimes(model, run, signal, wanted)
                : new Refinement(model, signal, wanted).front(epsilon);
        return front.verified(problem);
    }

    /**
     * The front of period and response time holds a plan at least as good as any, whichever times count, and any
     * deadline.
     */
    private static ParetoFront frontOfTimes(
            ChainModel model, SearchRun run, StopSignal signal, List<Objective> objectives) {
        List<Plan> plans = new ArrayList<>();
        ChainModel tight = TightModel.of(model, run, signal);
        for (ChainPath path : new ChainSearch(tight, run, signal).front()) {
            plans.add(plan(tight, path));
        }
        plans.removeIf(plan -> !plan.metrics().feasible());
        return ParetoFront.of(objectives, plans, signal.isRaised() ? Double.POSITIVE_INFINITY : 0);
    }

    private static Plan plan(ChainModel model, ChainPath path) {
        OffloadingProblem problem = model.chain.problem();
        return problem.evaluator().plan(problem.evaluator().decode(path.placement(model)));
    }

    /** Sweeps with smaller and smaller tolerances. */
    private static final class Refinement {

        private static final double[] ALLOWANCES = {1, 0.1, 0.01};

        private final ChainModel model;
        private final List<Objective> objectives;
        private final ParetoLabelSetting sweep;
        private final boolean sharesMedia;
        private final double[] low;
        private final double[] high;
        private ParetoFront front;

        private Refinement(ChainModel model, StopSignal signal, List<Objective> objectives) {
            this.model = model;
            this.objectives = objectives;
            DeviceSets sets = DeviceSets.of(model).orElseThrow();
            sweep = new ParetoLabelSetting(model, sets, objectives, signal, MAX_LABELS);
            sharesMedia = model.chain.problem().compiled().mediumCount() > 0;
            low = sweep.ideal();
            high = low.clone();
            front = ParetoFront.of(objectives, List.of(), 0);
        }

        private ParetoFront front(double epsilon) {
            if (Arrays.stream(low).anyMatch(Double::isInfinite)) {
                return front; // nothing is feasible
            }
            scaleByWholeOffloads();
            front = ParetoFront.of(objectives, front.plans(), Double.POSITIVE_INFINITY);
            for (double allowance : ALLOWANCES) {
                if (allowance > epsilon && !refine(allowance)) {
                    return front;
                }
            }
            refine(epsilon);
            return front;
        }

        /** The grid of the archive reaches to the greatest figures of whole offloads. */
        private void scaleByWholeOffloads() {
            PlanEvaluator evaluator = model.chain.problem().evaluator();
            for (int[] placement : WholeOffloads.of(evaluator.compiled())) {
                Plan plan = evaluator.plan(evaluator.decode(placement));
                for (int axis = 0; axis < high.length; axis++) {
                    high[axis] = Math.max(high[axis], objectives.get(axis).of(plan.metrics()));
                }
            }
        }

        private boolean refine(double allowance) {
            FrontArchive archive = new FrontArchive(low, high);
            front.figures()
                    .forEach(figures -> archive.add(
                            figures.stream().mapToDouble(Double::doubleValue).toArray(), FrontArchive.KNOWN));
            boolean through = sweep.run(archive, Math.pow(1 + allowance, 1.0 / model.maxStages) - 1);
            List<Plan> plans = new ArrayList<>(front.plans());
            double delay = 1;
            for (FrontArchive.Entry entry : archive.entries()) {
                if (entry.stage() != FrontArchive.KNOWN) {
                    Plan plan = plan(model, sweep.path(entry.stage()));
                    delay = Math.max(delay, sharesMedia ? delay(entry, plan) : 1);
                    if (!sharesMedia || plan.metrics().feasible()) {
                        plans.add(plan);
                    }
                }
            }
            double missing = delay == 1 ? allowance : (1 + allowance) * delay - 1;
            front = ParetoFront.of(objectives, plans, through ? Math.min(missing, front.epsilon()) : front.epsilon());
            for (int axis = 0; axis < high.length && through && !front.plans().isEmpty(); axis++) {
                int each = axis;
                high[axis] = front.figures().stream()
                        .mapToDouble(figures -> figures.get(each))
                        .max()
                        .orElseThrow();
            }
            return through;
        }

        /**
         * Returns by which factor media make a plan worse than its labels, which do not count their loads: 1 if they do
         * not but for rounding, infinite if the plan then breaks a constraint. Every plan is as good as its labels at
         * the most, so that a front covers all plans within that factor.
         */
        private double delay(FrontArchive.Entry entry, Plan plan) {
            double greatest = 1;
            for (int axis = 0; axis < objectives.size(); axis++) {
                double figure = objectives.get(axis).of(plan.metrics());
                if (figure > entry.figure(axis) * (1 + Tolerances.BOUND)) {
                    greatest = Math.max(greatest, figure / entry.figure(axis));
                }
            }
            return plan.metrics().feasible() ? greatest : Double.POSITIVE_INFINITY;
        }
    }
}
