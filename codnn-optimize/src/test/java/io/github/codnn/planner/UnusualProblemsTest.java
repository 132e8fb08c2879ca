package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.SizedScenarios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems that broke some strategies, on every strategy: pins that send frames back, many devices, odd figures. */
class UnusualProblemsTest {

    private static final long BUDGET = 300;
    private static final SearchOptions OPTIONS =
            SearchOptions.withDefaults().withStopRule(StopRule.evaluations(BUDGET));

    private static void assertAllPlan(OffloadingProblem problem) {
        Strategies.all().forEach(entry -> {
            Optional<SearchResult> result = search(entry.strategy(), entry.name(), problem);
            result.ifPresent(found -> {
                assertThat(found.bestOrClosest()).as(entry.name()).isPresent();
                assertThat(found.bestOrClosest().get().notices())
                        .as(entry.name())
                        .isEmpty();
                assertThat(found.evaluations()).as(entry.name()).isLessThanOrEqualTo((long) (1.1 * BUDGET));
            });
        });
    }

    private static Optional<SearchResult> search(Strategy strategy, String name, OffloadingProblem problem) {
        try {
            return Optional.of(strategy.search(problem, OPTIONS));
        } catch (IllegalArgumentException refused) {
            assertThat(name).isEqualTo("exact");
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {62, 63, 64, 65, 100, 200})
    void search_manyDifferentDevices_findsAPlan(int devices) {
        assertAllPlan(OffloadingProblem.of(SizedScenarios.chains(devices, 1, 4, devices), Objective.PERIOD));
        assertAllPlan(OffloadingProblem.of(SizedScenarios.dags(devices, 1, 6, devices), Objective.PERIOD));
        assertAllPlan(OffloadingProblem.of(SizedScenarios.chains(devices, 2, 3, devices), Objective.ENERGY));
    }

    /** Each text has the devices of the layers of a task, a point for a layer that is free. */
    @ParameterizedTest
    @ValueSource(strings = {"010", "0.1.0", "01010", "1..2..1", "0121", "010 .", "010 101", ".10 .01", "2.2.0.2"})
    void search_pinsThatSendFramesBack_findsTheClosestPlan(String pins) {
        for (Objective objective : List.of(Objective.PERIOD, Objective.RESPONSE, Objective.ENERGY)) {
            assertAllPlan(OffloadingProblem.of(pinned(pins, false), objective));
            assertAllPlan(OffloadingProblem.of(pinned(pins, true), objective));
        }
    }

    private static Scenario pinned(String pins, boolean dag) {
        String[] ofTasks = pins.split(" ");
        List<Task> tasks = new ArrayList<>();
        int longest = Stream.of(ofTasks).mapToInt(String::length).max().orElseThrow();
        Scenario scenario = dag
                ? SizedScenarios.dags(5, ofTasks.length, longest, 3)
                : SizedScenarios.chains(5, ofTasks.length, longest, 3);
        for (int index = 0; index < ofTasks.length; index++) {
            Task task = scenario.workload().tasks().get(index);
            Map<String, String> pinned = new LinkedHashMap<>();
            for (int layer = 0; layer < ofTasks[index].length(); layer++) {
                char device = ofTasks[index].charAt(layer);
                if (device != '.') {
                    pinned.put(task.graph().layers().get(layer).name(), "d" + device);
                }
            }
            tasks.add(task.withPinned(pinned));
        }
        return scenario.withWorkload(new Workload(tasks));
    }

    static Stream<Strategies.Entry> heuristics() {
        return Strategies.all().stream().filter(entry -> !entry.name().equals("exact"));
    }

    private static List<Scenario> severalTasks() {
        return List.of(SizedScenarios.chains(1, 3, 5, 3), SizedScenarios.dags(2, 3, 5, 3));
    }

    /** What a user's cost model returns, and where. */
    @ParameterizedTest
    @ValueSource(strings = {"seconds", "joules", "transfer seconds", "transfer joules", "negative"})
    void costModel_notANumber_failsAtOnceNamingWhatItIsOf(String what) {
        Scenario scenario = SizedScenarios.chains(1, 2, 5, 3);
        double wrong = what.equals("negative") ? -1 : Double.NaN;
        CostModel model = new CostModel() {
            @Override
            public Cost compute(Layer layer, Device device) {
                return what.startsWith("transfer")
                        ? new Cost(1, 1)
                        : new Cost(what.equals("joules") ? 1 : wrong, what.equals("joules") ? wrong : 1);
            }

            @Override
            public Cost transfer(Tensor tensor, Link link) {
                return what.endsWith("transfer seconds")
                        ? new Cost(wrong, 1)
                        : what.equals("transfer joules") ? new Cost(1, wrong) : new Cost(1, 1);
            }
        };

        assertThatThrownBy(() -> OffloadingProblem.of(scenario.withCostModel(model), Objective.PERIOD))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(what.startsWith("transfer") ? "of tensor '" : "of layer '")
                .hasMessageContaining(String.valueOf(wrong))
                .hasMessageContaining(what.contains("joules") ? "joules" : "seconds")
                .message()
                .hasLineCount(1)
                .hasSizeLessThan(400);
    }

    @Test
    void strategy_offersAValueThatIsNotANumber_failsNamingTheFitness() {
        Fitness nan = new Fitness() {
            @Override
            public double of(PlanMetrics metrics) {
                return Double.NaN;
            }

            @Override
            public String label() {
                return "green index";
            }
        };

        assertThatThrownBy(() -> Strategies.named("auto")
                        .search(OffloadingProblem.of(SizedScenarios.chains(1, 1, 5, 3), nan), OPTIONS))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'green index' is NaN");
    }

    @ParameterizedTest
    @MethodSource("heuristics")
    void search_fitnessIsNotANumber_failsNamingIt(Strategies.Entry entry) {
        Fitness nan = metrics -> Double.NaN;
        for (Scenario scenario : severalTasks()) {
            assertThatThrownBy(() -> entry.strategy().search(OffloadingProblem.of(scenario, nan), OPTIONS))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining("NaN");
        }
    }

    @ParameterizedTest
    @MethodSource("heuristics")
    void search_fitnessIsNotANumberForSomePlans_endsOrFailsNamingIt(Strategies.Entry entry) {
        Fitness sometimes = metrics -> metrics.devicesUsed() > 1 ? Double.NaN : metrics.periodSeconds();
        for (Scenario scenario : severalTasks()) {
            try {
                SearchResult result = entry.strategy().search(OffloadingProblem.of(scenario, sometimes), OPTIONS);
                assertThat(result.value()).isNotNaN();
            } catch (CodnnException named) {
                assertThat(named).hasMessageContaining("NaN");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("heuristics")
    void search_fitnessIsInfiniteOrZero_endsWithAPlan(Strategies.Entry entry) {
        for (double value : new double[] {
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, Double.MAX_VALUE, Double.MIN_VALUE
        }) {
            for (Scenario scenario : severalTasks()) {
                SearchResult result =
                        entry.strategy().search(OffloadingProblem.of(scenario, metrics -> value), OPTIONS);

                assertThat(result.bestOrClosest()).as("%s", value).isPresent();
                assertThat(result.evaluations()).isLessThanOrEqualTo((long) (1.1 * BUDGET));
            }
        }
    }
}
