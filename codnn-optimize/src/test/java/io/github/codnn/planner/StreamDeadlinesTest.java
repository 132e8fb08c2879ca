package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;
import io.github.codnn.testing.SharedMedia;
import io.github.codnn.testproblems.RandomScenarios;
import io.github.codnn.testproblems.StreamOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No plan is called feasible whose stream misses a deadline, by a simulation that shares no code with that of the
 * library: 500 random scenarios with shared devices, media or blocking transfers in every build, 20,000 with
 * {@code -Dcodnn.nightly=true}; a first one with {@code -Dcodnn.stream.first}.
 */
class StreamDeadlinesTest {

    private static final int CASES =
            Integer.getInteger("codnn.stream.cases", Boolean.getBoolean("codnn.nightly") ? 20_000 : 500);
    private static final int FIRST = Integer.getInteger("codnn.stream.first", 0);
    private static final int MAX_FAULTS = 20;
    private static final int COMPARED = 300; // simulations
    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(300));
    private static final List<Objective> OBJECTIVES = List.of(Objective.values());
    private static final List<Strategy> STRATEGIES = Stream.concat(
                    Strategies.all().stream().map(Strategies.Entry::strategy),
                    Stream.of(OneAfterAnother.withDefaults(), Lexicographic.of(Objective.PRICE, Objective.ENERGY)))
            .toList();

    private final List<String> faults = new ArrayList<>();
    private int feasible;
    private int late;

    /** Draws a scenario whose deadlines some plans miss only as streams. */
    private static Scenario scenario(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario drawn = switch (random.nextInt(4)) {
            case 0 -> RandomScenarios.chain(seed, 6, 4);
            case 1 -> RandomScenarios.dag(seed, 6, 4);
            default -> RandomScenarios.several(seed, 4, 4);
        };
        Scenario shared = random.nextInt(3) == 0 ? SharedMedia.spread(drawn, seed) : drawn;
        boolean blocking = random.nextBoolean();
        Scenario scenario = shared.withTransfers(blocking ? TransferMode.BLOCKING : TransferMode.OVERLAPPED);
        return withDeadlines(scenario, random);
    }

    private static Scenario withDeadlines(Scenario scenario, SplittableRandom random) {
        List<Task> tasks = scenario.workload().tasks();
        Scenario open = scenario.withWorkload(
                new Workload(tasks.stream().map(Task::withoutDeadline).toList()));
        SearchResult greedy =
                Greedy.withDefaults().search(OffloadingProblem.of(open, OBJECTIVES.get(random.nextInt(3))), SHORT);
        Optional<MetricsSnapshot> closed = greedy.best().map(Plan::metrics);
        List<Task> limited = new ArrayList<>();
        for (Task task : open.workload().tasks()) {
            int index = limited.size();
            double slack = 1 + 0.5 * random.nextDouble();
            boolean isResponse = random.nextInt(3) > 0;
            boolean isLimited = random.nextInt(4) > 0;
            double figure = closed.map(
                            metrics -> isResponse ? metrics.responseSeconds(index) : metrics.meanSeconds(index))
                    .orElse(1.0);
            Deadline deadline = isResponse
                    ? Deadline.onResponse(Math.max(1e-3, slack * figure))
                    : Deadline.onMean(Math.max(1e-3, slack * figure));
            Task longer = task.withFrames(task.frames() + random.nextInt(8));
            limited.add(isLimited ? longer.withDeadline(deadline) : longer);
        }
        return open.withWorkload(new Workload(limited));
    }

    /** Returns the scenario of a seed, or nothing if its devices are parted. */
    private static Optional<Scenario> usable(int seed) {
        try {
            Scenario scenario = scenario(seed);
            OffloadingProblem.of(scenario, Objective.PERIOD);
            return Optional.of(scenario);
        } catch (CodnnException parted) {
            return Optional.empty();
        }
    }

    @Test
    void search_anyStrategy_callsNoPlanFeasibleWhoseStreamIsLate() {
        for (int seed = FIRST; seed < FIRST + CASES && faults.size() < MAX_FAULTS; seed++) {
            check(seed);
        }
        assertThat(faults).isEmpty();
        assertThat(late).isGreaterThan(CASES / 50); // else the deadlines would not matter
        assertThat(feasible).isGreaterThan(CASES / 4);
    }

    private void check(int seed) {
        usable(seed).ifPresent(scenario -> check(seed, scenario));
    }

    private void check(int seed, Scenario scenario) {
        Strategy strategy = STRATEGIES.get(seed % STRATEGIES.size());
        Objective objective = OBJECTIVES.get(seed / STRATEGIES.size() % OBJECTIVES.size());
        String who = "seed " + seed + ", " + strategy.getClass().getSimpleName() + " " + objective;
        try {
            SearchResult direct = strategy.search(OffloadingProblem.of(scenario, objective), SHORT);
            expectInTime(who, scenario, direct);
            Planner planner = Planner.withDefaults().withStrategy(strategy).withOptions(SHORT);
            SearchResult planned = planner.plan(scenario, objective);
            expectInTime(who + " by Planner", scenario, planned);
            feasible += planned.best().isPresent() ? 1 : 0;
            late += direct.late().isPresent() ? 1 : 0;
        } catch (IllegalArgumentException refusal) {
            assertThat(who).contains("Exact");
        }
        if (seed % 10 == 0) {
            ParetoFront front = ParetoPlanner.withDefaults()
                    .withOptions(SHORT)
                    .front(scenario, List.of(Objective.PERIOD, Objective.ENERGY));
            front.plans().forEach(plan -> expectInTime(who + " front", plan));
        }
    }

    private void expectInTime(String who, Scenario scenario, SearchResult result) {
        result.best().ifPresent(plan -> {
            assertThat(plan.scenario().workload()).isEqualTo(scenario.workload());
            expectInTime(who, plan);
        });
        if (result.best().isPresent() && result.value() < result.lowerBound() * (1 - 1e-9)) {
            faults.add(who + ": below its bound");
        }
        result.closest()
                .filter(plan -> plan.metrics().feasible())
                .ifPresent(plan -> faults.add(who + ": the closest plan is feasible"));
    }

    private void expectInTime(String who, Plan plan) {
        if (!plan.metrics().feasible()) {
            faults.add(who + ": infeasible");
        }
        StreamOracle oracle = new StreamOracle(plan.scenario(), plan.placement());
        List<Task> tasks = plan.scenario().workload().tasks();
        for (int task = 0; task < tasks.size(); task++) {
            if (tasks.get(task).deadline().isPresent() && oracle.shareOfDeadline(task) > 1 + 2e-9) {
                faults.add(who + ": " + tasks.get(task).name() + " needs " + oracle.shareOfDeadline(task)
                        + " of its deadline");
            }
        }
    }

    /** A strategy that knows one late plan only is no reason to answer nothing where whole tasks on one device do. */
    @Test
    void plan_strategyFindsLatePlansOnly_fallsBackToWholeTasks() {
        int rescued = 0;
        for (int seed = 0; seed < 4 * COMPARED && rescued < 6; seed++) {
            Optional<Scenario> drawn = usable(seed);
            if (drawn.isEmpty()) {
                continue;
            }
            Scenario scenario = drawn.get();
            Placement only = RandomSearch.withDefaults()
                    .search(OffloadingProblem.of(scenario, Objective.PERIOD), SHORT)
                    .late()
                    .map(Plan::placement)
                    .orElse(null);
            if (only == null || !wholeTasksKeep(scenario)) {
                continue;
            }
            Strategy stubborn = (problem, options) -> {
                SearchRun run = SearchRun.start(problem, options, "Stubborn");
                run.offer(only);
                return run.finish(StopReason.COMPLETED);
            };
            SearchResult planned = Planner.withDefaults()
                    .withCollapser(GraphCollapser.none())
                    .withStrategy(stubborn)
                    .withOptions(SHORT)
                    .plan(scenario, Objective.ENERGY);

            assertThat(planned.best()).as("seed %d", seed).isPresent();
            expectInTime("seed " + seed, planned.best().orElseThrow());
            rescued++;
        }
        assertThat(faults).isEmpty();
        assertThat(rescued).isGreaterThan(5);
    }

    /** Whether all tasks on one of the devices keep all constraints, by the oracle. */
    private static boolean wholeTasksKeep(Scenario scenario) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.ENERGY);
        return problem.devices().stream()
                .map(device -> problem.placement(layer -> device))
                .anyMatch(placement -> {
                    if (!problem.evaluator().evaluate(placement).feasible()) {
                        return false;
                    }
                    StreamOracle oracle = new StreamOracle(scenario, placement);
                    List<Task> tasks = scenario.workload().tasks();
                    return IntStream.range(0, tasks.size())
                            .allMatch(
                                    task -> tasks.get(task).deadline().isEmpty() || oracle.shareOfDeadline(task) <= 1);
                });
    }

    /** The oracle and the simulator of the library, on plans that random search finds. */
    @Test
    void simulate_randomPlans_agreesWithTheOracle() {
        int waiting = 0;
        for (int seed = 0; seed < COMPARED; seed++) {
            Optional<Scenario> drawn = usable(seed);
            if (drawn.isEmpty()) {
                continue;
            }
            Scenario scenario = drawn.get();
            SearchOptions one = SHORT.withStopRule(StopRule.evaluations(1)).withSeed(seed);
            Plan plan = RandomSearch.withDefaults()
                    .search(OffloadingProblem.of(scenario, Objective.PERIOD), one)
                    .bestOrClosest()
                    .orElseThrow();
            if (plan.metrics().impossible() == 0) {
                waiting += agree(seed, scenario, plan.placement(), plan.metrics()) ? 0 : 1;
            }
        }
        assertThat(waiting).isGreaterThan(COMPARED / 4);
    }

    /** Returns whether frames never wait. */
    private static boolean agree(int seed, Scenario scenario, Placement placement, MetricsSnapshot closed) {
        Simulation simulation = PipelineSimulator.of(scenario).simulate(placement);
        StreamOracle oracle = new StreamOracle(scenario, placement);
        boolean agrees = true;
        for (int task = 0; task < closed.taskCount(); task++) {
            Simulation.TaskRun run = simulation.tasks().get(task);
            double rounding = 1e-9 * run.lastCompletionSeconds();
            assertThat(run.lastCompletionSeconds())
                    .as("seed %d, task %d", seed, task)
                    .isCloseTo(oracle.makespanSeconds(task), within(rounding));
            assertThat(run.worstResponseSeconds())
                    .as("seed %d, task %d", seed, task)
                    .isCloseTo(oracle.worstResponseSeconds(task), within(rounding));
            agrees &= run.worstResponseSeconds() <= closed.responseSeconds(task) * (1 + 1e-9);
        }
        return agrees;
    }
}
