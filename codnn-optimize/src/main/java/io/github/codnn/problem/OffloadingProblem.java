package io.github.codnn.problem;

import com.google.common.base.Suppliers;
import io.github.codnn.internal.SerialForms;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.scenario.Scenario;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a strategy is to solve: a scenario, compiled once, and what to minimise in it.
 *
 * <p>Immutable and thread-safe. Can be written to a stream if its fitness can: with the
 * {@linkplain CompiledScenario#tabulated costs} of its scenario as a table in the place of the cost model, packed once
 * however often it is written. What is read gives the same figures, bit for bit.
 *
 * @serial exclude
 */
public final class OffloadingProblem implements Serializable {

    private static final long serialVersionUID = 1;

    private final transient PlanEvaluator evaluator;
    private final transient Fitness fitness;
    private final transient Supplier<PackedScenario> packed;
    private final transient Map<Class<?>, Supplier<?>> views = new ConcurrentHashMap<>();
    private final transient Supplier<Double> lowerBound = Suppliers.memoize(() -> LowerBound.of(this));

    private OffloadingProblem(PlanEvaluator evaluator, Supplier<PackedScenario> packed, Fitness fitness) {
        this.evaluator = evaluator;
        this.packed = packed;
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
        return new OffloadingProblem(
                PlanEvaluator.of(scenario), Suppliers.memoize(() -> PackedScenario.of(scenario)), fitness);
    }

    /**
     * Returns this problem with something else to minimise.
     *
     * @param newFitness what to minimise
     * @return the changed problem, sharing the compiled scenario
     */
    public OffloadingProblem withFitness(Fitness newFitness) {
        return new OffloadingProblem(evaluator, packed, newFitness);
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

    /**
     * Returns the bound of {@link LowerBound}, computed once: many strategies may be asked about one problem.
     *
     * @return the bound, below which no plan's value is
     */
    public double lowerBound() {
        return lowerBound.get();
    }

    /**
     * Returns what a search derives from this problem, derived once however many searches ask.
     *
     * @param <T> what is derived; immutable, since threads share it
     * @param key names it: the class that derives it
     * @param deriving derives it
     * @return what is derived
     */
    @SuppressWarnings("unchecked") // a class derives one type only
    public <T> T derived(Class<?> key, Function<OffloadingProblem, T> deriving) {
        return (T) views.computeIfAbsent(key, any -> Suppliers.memoize(() -> deriving.apply(this)))
                .get();
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

    private Object writeReplace() throws ObjectStreamException {
        SerialForms.requireSerializable(fitness, Fitness.class);
        return new Parts(packed.get(), fitness);
    }

    private void readObject(ObjectInputStream stream) throws InvalidObjectException {
        throw new InvalidObjectException("Problems are read from their parts");
    }

    /**
     * What of a problem is written; the scenario is compiled anew.
     *
     * @param packed the scenario
     * @param fitness what is minimised
     * @serial exclude
     */
    private record Parts(PackedScenario packed, Fitness fitness) implements Serializable {

        private Object readResolve() throws ObjectStreamException {
            Scenario scenario = packed.unpack();
            return SerialForms.resolve(() -> new OffloadingProblem(PlanEvaluator.of(scenario), () -> packed, fitness));
        }
    }
}
