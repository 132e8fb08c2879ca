package io.github.codnn.problem;

import com.google.common.base.Suppliers;
import io.github.codnn.internal.SerialForms;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.StreamCheck;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What a strategy solves: a scenario, compiled once, and the fitness to minimise in it.
 *
 * <p>Immutable and thread-safe. Serialisable if its fitness is: the stream holds a table of
 * {@linkplain CompiledScenario#tabulated costs} instead of the cost model, packed once however often it is written. A
 * problem that is read from a stream yields the same figures, bit for bit.
 *
 * @serial exclude
 */
public final class OffloadingProblem implements Serializable {

    private static final long serialVersionUID = 1;

    private final transient PlanEvaluator evaluator;
    private final transient Fitness fitness;
    private final transient Supplier<PackedScenario> packed;
    private final transient Stated stated;
    private final transient Map<Class<?>, Supplier<?>> views = new ConcurrentHashMap<>();
    private final transient AtomicReference<Optional<Double>> lowerBound = new AtomicReference<>(Optional.empty());

    /**
     * What plans are made for: as stated, whatever deadlines the search keeps in closed form.
     *
     * @param evaluator evaluates plans in closed form
     * @param streams decides whether they keep their deadlines as streams
     */
    private record Stated(PlanEvaluator evaluator, Supplier<StreamCheck> streams) {

        static Stated of(PlanEvaluator evaluator) {
            Scenario scenario = evaluator.compiled().scenario();
            return new Stated(evaluator, Suppliers.memoize(() -> StreamCheck.of(scenario)));
        }
    }

    private OffloadingProblem(
            PlanEvaluator evaluator, Supplier<PackedScenario> packed, Stated stated, Fitness fitness) {
        this.evaluator = evaluator;
        this.packed = packed;
        this.stated = stated;
        this.fitness = Objects.requireNonNull(fitness, "fitness");
    }

    private static OffloadingProblem of(PlanEvaluator evaluator, Supplier<PackedScenario> packed, Fitness fitness) {
        return new OffloadingProblem(evaluator, packed, Stated.of(evaluator), fitness);
    }

    /**
     * Makes a problem.
     *
     * @param scenario the tasks, devices, costs and rules
     * @param fitness what to minimise, an {@link Objective} or your own fitness
     * @return the problem
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     */
    public static OffloadingProblem of(Scenario scenario, Fitness fitness) {
        return of(PlanEvaluator.of(scenario), Suppliers.memoize(() -> PackedScenario.of(scenario)), fitness);
    }

    /**
     * Returns this problem with another fitness.
     *
     * @param newFitness what to minimise
     * @return the changed problem, sharing the compiled scenario
     */
    public OffloadingProblem withFitness(Fitness newFitness) {
        return new OffloadingProblem(evaluator, packed, stated, newFitness);
    }

    /**
     * Returns this problem with tighter deadlines for the closed form. Plans and the rule whether their streams keep
     * the deadlines stay those of this problem.
     *
     * @param shares the part of the stated deadline that each task may use in closed form, in (0, 1]; of no effect for
     *     a task without a deadline
     * @return the changed problem; its lower bounds hold among the plans that keep the tighter deadlines only; it
     *     takes over the bound of this problem, if that is known
     */
    public OffloadingProblem withTightDeadlines(List<Double> shares) {
        List<Task> tasks = new ArrayList<>();
        for (Task task : stated.evaluator().compiled().scenario().workload().tasks()) {
            double share = shares.get(tasks.size());
            tasks.add(task.deadline()
                    .map(limit -> task.withDeadline(new Deadline(limit.measure(), share * limit.seconds())))
                    .orElse(task));
        }
        Scenario tight = scenario().withWorkload(new Workload(tasks));
        OffloadingProblem problem = new OffloadingProblem(
                PlanEvaluator.of(tight), Suppliers.memoize(() -> PackedScenario.of(tight)), stated, fitness);
        problem.lowerBound.set(lowerBound.get());
        return problem;
    }

    /**
     * Returns this problem without a lower bound, which takes seconds for many tasks: for parts of a search whose bound
     * is of no use.
     *
     * @return the same problem, whose {@link #lowerBound()} is negative infinity
     */
    public OffloadingProblem withoutLowerBound() {
        OffloadingProblem problem = new OffloadingProblem(evaluator, packed, stated, fitness);
        problem.lowerBound.set(Optional.of(Double.NEGATIVE_INFINITY));
        return problem;
    }

    /**
     * Tells whether a plan may keep its deadlines in closed form and miss one as a stream of frames.
     *
     * @return {@link StreamCheck#isNeeded()}
     */
    public boolean hasStreamDeadlines() {
        return stated.streams().get().isNeeded();
    }

    /**
     * Makes the plan of a placement. Other than {@link PlanEvaluator#plan}, it is feasible only if its deadlines are
     * kept in a simulation, too; see {@link StreamCheck}. Takes some tenths of a second at most, and as long as an
     * evaluation where {@link #hasStreamDeadlines()} is false.
     *
     * @param placement the placement
     * @return the plan, without a record of a search
     * @throws IllegalArgumentException if the placement does not fit the scenario
     */
    public Plan plan(Placement placement) {
        Plan plan = stated.evaluator().plan(placement);
        return hasStreamDeadlines() ? stated.streams().get().applyTo(plan) : plan;
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
     * A layer of one of the tasks.
     *
     * @param task the name of the task
     * @param layer the name of the layer
     */
    public record TaskLayer(String task, String layer) {

        /** Checks the components. */
        public TaskLayer {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(layer, "layer");
        }
    }

    /**
     * Returns how many layers the tasks have together.
     *
     * @return the length of an array that holds the device of every layer
     */
    public int layerCount() {
        return compiled().layerCount();
    }

    /**
     * Returns how many devices there are.
     *
     * @return the number of devices
     */
    public int deviceCount() {
        return compiled().deviceCount();
    }

    /**
     * Returns the layers in the order in which a placement in an array holds them: task by task in the order of the
     * workload, each in topological order.
     *
     * @return the layers
     */
    public List<TaskLayer> layers() {
        List<TaskLayer> layers = new ArrayList<>(layerCount());
        evaluator
                .decode(new int[layerCount()])
                .deviceByLayer()
                .forEach((task, devices) -> devices.keySet().forEach(layer -> layers.add(new TaskLayer(task, layer))));
        return List.copyOf(layers);
    }

    /**
     * Returns the devices in the order of their indices in an array: the order of the platform.
     *
     * @return the names of the devices
     */
    public List<String> devices() {
        return scenario().deviceNames();
    }

    /**
     * Makes a placement. Pinned layers go to the devices that they are pinned to.
     *
     * @param device the name of the device for the layer at an index of {@link #layers()}, unless the layer is pinned
     * @return the placement
     */
    public Placement placement(IntFunction<String> device) {
        List<TaskLayer> layers = layers();
        List<String> devices = devices();
        Map<String, Map<String, String>> deviceByLayer = new LinkedHashMap<>();
        for (int index = 0; index < layers.size(); index++) {
            int pinned = compiled().pinned(index);
            deviceByLayer
                    .computeIfAbsent(layers.get(index).task(), task -> new LinkedHashMap<>())
                    .put(layers.get(index).layer(), pinned < 0 ? device.apply(index) : devices.get(pinned));
        }
        return new Placement(deviceByLayer);
    }

    /**
     * Returns the scenario as flat arrays, for strategies that evaluate very many placements.
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
     * Returns a proven lower bound of the fitness over all feasible placements, from relaxations that take less than a
     * second: for any number of tasks, any networks and links. Computed once for each problem.
     *
     * <p>Period: what devices can do at most within a period (fractional knapsacks), and prices of the time of devices,
     * links and media. Response: the earliest end of every layer, without waiting. Mean: from both, and from such
     * prices, which know that tasks share devices. Energy and price: the cheapest devices for the layers, with
     * Lagrangian multipliers for limits, and branch and bound over makespan and devices in use. A {@link WeightedSum}:
     * the weighted sum of the bounds.
     *
     * @return the bound; positive infinity if a deadline proves that no placement is feasible; negative infinity for a
     *     fitness of your own
     */
    public double lowerBound() {
        return lowerBound(() -> false);
    }

    /**
     * Returns the {@linkplain #lowerBound() lower bound}, or a weaker one if there is no time for it.
     *
     * @param stop asked again and again, from the calling thread, whether to give up; then nothing is kept
     * @return a proven lower bound; negative infinity if none is known
     */
    public double lowerBound(BooleanSupplier stop) {
        Objects.requireNonNull(stop, "stop");
        Optional<Double> known = Objects.requireNonNull(lowerBound.get());
        if (known.isPresent()) {
            return known.get();
        }
        AtomicBoolean stopped = new AtomicBoolean();
        double bound = LowerBound.of(this, () -> {
            stopped.compareAndSet(false, stop.getAsBoolean());
            return stopped.get();
        });
        if (!stopped.get()) {
            lowerBound.set(Optional.of(bound));
        }
        return bound;
    }

    /**
     * Returns a value that searches derive from this problem. It is computed once and shared by all searches; for the
     * engines of this module.
     *
     * @param <T> the type of the value; immutable, since threads share it
     * @param key the class that computes the value; a class computes one value only
     * @param deriving computes the value
     * @return the value
     */
    @SuppressWarnings("unchecked") // a class computes one value only
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
     * The serial form of a problem; the scenario is compiled again when it is read.
     *
     * @param packed the scenario
     * @param fitness what is minimised
     * @serial exclude
     */
    private record Parts(PackedScenario packed, Fitness fitness) implements Serializable {

        private Object readResolve() throws ObjectStreamException {
            Scenario scenario = packed.unpack();
            return SerialForms.resolve(() -> OffloadingProblem.of(PlanEvaluator.of(scenario), () -> packed, fitness));
        }
    }
}
