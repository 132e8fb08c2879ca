package io.github.codnn.optimize;

import com.google.common.base.Suppliers;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.Scenario;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a strategy is to solve: a scenario, compiled once, and what to minimise in it.
 *
 * <p>Immutable and thread-safe.
 */
public final class OffloadingProblem {

    private final PlanEvaluator evaluator;
    private final Fitness fitness;
    private final Supplier<Optional<ChainProblem>> chain = Suppliers.memoize(() -> ChainProblem.view(this));
    private final Supplier<Double> lowerBound = Suppliers.memoize(() -> LowerBound.of(this));

    private OffloadingProblem(PlanEvaluator evaluator, Fitness fitness) {
        this.evaluator = evaluator;
        this.fitness = Objects.requireNonNull(fitness, "fitness");
    }

    /**
     * Makes a problem.
     *
     * @param scenario the tasks, devices, costs and rules
     * @param fitness what to minimise, an {@link Objective} or one of your own
     * @return the problem
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     */
    public static OffloadingProblem of(Scenario scenario, Fitness fitness) {
        return new OffloadingProblem(PlanEvaluator.of(scenario), fitness);
    }

    /**
     * Returns this problem with something else to minimise.
     *
     * @param newFitness what to minimise
     * @return the changed problem, sharing the compiled scenario
     */
    public OffloadingProblem withFitness(Fitness newFitness) {
        return new OffloadingProblem(evaluator, newFitness);
    }

    /**
     * Returns the scenario.
     *
     * @return the scenario
     */
    public Scenario scenario() {
        return compiled().scenario();
    }

    /**
     * Returns the scenario as flat arrays.
     *
     * @return the compiled scenario
     */
    public CompiledScenario compiled() {
        return evaluator.compiled();
    }

    /**
     * Returns the evaluator of placements.
     *
     * @return the evaluator
     */
    public PlanEvaluator evaluator() {
        return evaluator;
    }

    /** Returns the bound of {@link LowerBound}, computed once: many strategies may be asked about one problem. */
    double lowerBound() {
        return lowerBound.get();
    }

    Optional<ChainProblem> chain() {
        return chain.get();
    }

    /**
     * Returns what is minimised.
     *
     * @return the fitness
     */
    public Fitness fitness() {
        return fitness;
    }

    /**
     * Returns what is minimised if it is one of the known figures.
     *
     * @return the objective, or nothing for a fitness of the user's own
     */
    public Optional<Objective> objective() {
        return fitness instanceof Objective objective ? Optional.of(objective) : Optional.empty();
    }
}
