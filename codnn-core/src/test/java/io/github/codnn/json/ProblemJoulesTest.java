package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.simulate.PipelineSimulator;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Energies that are not time times power are read, used, written and simulated. */
class ProblemJoulesTest {

    private static final String PROBLEM = """
            {'format': 'codnn-problem/1', 'name': 'p',
             'devices': [{'name': 'a', 'kind': 'pi', 'activeWatts': 5, 'idleWatts': 1},
                         {'name': 'b', 'kind': 'pi', 'activeWatts': 7, 'idleWatts': 1},
                         {'name': 'c', 'kind': 'server', 'activeWatts': 100}],
             'links': [{'from': '*', 'to': '*', 'bytesPerSecond': 1000}],
             'tasks': [{'name': 't', 'source': 'a', 'frames': 3,
               'layers': [{'name': 'l0', 'seconds': {'pi': 2, 'server': 1}, 'joules': {'pi': 3}},
                          {'name': 'l1', 'seconds': {'pi': 4, 'server': null}}],
               'tensors': [{'name': 'x', 'from': 'l0', 'to': ['l1'], 'bytes': 100},
                           {'name': 'y', 'from': 'l1', 'to': [], 'bytes': 8}]}]}""".replace('\'', '"');

    private static Scenario parse(String before, String after) {
        String text = PROBLEM.replace(before.replace('\'', '"'), after.replace('\'', '"'));
        assertThat(before.isEmpty() || !text.equals(PROBLEM)).isTrue();
        return ProblemJson.parse(text);
    }

    private static double joules(Scenario scenario, int layer, int device) {
        return scenario.costModel()
                .compute(
                        scenario.workload().tasks().get(0).graph().layers().get(layer),
                        scenario.platform().devices().get(device))
                .joules();
    }

    private static Plan on(Scenario scenario, String device) {
        return PlanEvaluator.of(scenario).plan(Placement.allOn(scenario.workload(), device));
    }

    @Test
    void parse_joulesOfAKind_replaceTimeTimesPower() {
        Scenario scenario = ProblemJson.parse(PROBLEM);

        assertThat(joules(scenario, 0, 0)).isEqualTo(3);
        assertThat(joules(scenario, 0, 1)).isEqualTo(3);
        assertThat(joules(scenario, 0, 2)).isEqualTo(100);
        assertThat(joules(scenario, 1, 0)).isEqualTo(20);
        assertThat(joules(scenario, 1, 1)).isEqualTo(28);
        assertThat(on(scenario, "a").metrics().computeJoules()).isEqualTo(3 * 23.0);
    }

    @Test
    void render_problemWithJoules_readsBackEqual() {
        Scenario scenario = ProblemJson.parse(PROBLEM);
        String text = ProblemJson.render(scenario);

        assertThat(text.replaceAll("\\s", "")).containsOnlyOnce("\"joules\":{\"pi\":3.0}");
        assertThat(ProblemJson.parse(text)).isEqualTo(scenario);
    }

    @Test
    void render_joulesThatFollowFromPower_leavesThemOut() {
        Scenario scenario = parse("'joules': {'pi': 3}", "'joules': {'server': 100}");

        assertThat(ProblemJson.render(scenario)).doesNotContain("joules\" : {");
        assertThat(ProblemJson.parse(ProblemJson.render(scenario))).isEqualTo(scenario);
    }

    @Test
    void render_joulesThatDifferWithinAKind_givesDevicesKindsOfTheirOwn() {
        Scenario plain = ProblemJson.parse(PROBLEM);
        CostModel byDevice = (layer, device) -> {
            double seconds = plain.costModel().compute(layer, device).seconds();
            return seconds < 1e9 ? new Cost(seconds, 0.25 + device.name().charAt(0)) : Cost.IMPOSSIBLE;
        };

        Scenario read = ProblemJson.parse(ProblemJson.render(plain.withCostModel(byDevice)));

        for (int device = 0; device < 3; device++) {
            assertThat(joules(read, 0, device)).isEqualTo(0.25 + "abc".charAt(device));
        }
        assertThat(read.platform().devices().stream().map(Device::kind)).doesNotHaveDuplicates();
    }

    @Test
    void parse_twoTasksWithOtherJoulesOfOneLayerName_keepsBoth() {
        String layer = "'layers': [{'name': 'l0', 'seconds': {'pi': 2}, 'joules': {'pi': %s}}]";
        String text = """
                {'format': 'codnn-problem/1', 'name': 'p',
                 'devices': [{'name': 'a', 'kind': 'pi', 'activeWatts': 5}], 'links': [],
                 'tasks': [{'name': 't', %s}, {'name': 'u', %s}, {'name': 'v', 'layers': [
                   {'name': 'l0', 'seconds': {'pi': 2}}]}]}""".formatted(layer.formatted("1"), layer.formatted("4"));

        Scenario scenario = ProblemJson.parse(text.replace('\'', '"'));

        double[] expected = {1, 4, 10};
        for (int task = 0; task < 3; task++) {
            var graph = scenario.workload().tasks().get(task).graph();
            Device device = scenario.platform().devices().get(0);
            assertThat(scenario.costModel()
                            .compute(graph.layers().get(0), device)
                            .joules())
                    .isEqualTo(expected[task]);
        }
        assertThat(ProblemJson.parse(ProblemJson.render(scenario))).isEqualTo(scenario);
    }

    @Test
    void simulate_planFileWithJoules_givesTheEnergyOfTheClosedForm() {
        Plan plan = on(ProblemJson.parse(PROBLEM), "b");

        Plan read = PlanJson.parse(PlanJson.render(plan, OptionalDouble.empty()));

        assertThat(read).isEqualTo(plan);
        double joules =
                PipelineSimulator.of(read.scenario()).simulate(read.placement()).computeJoules();
        assertThat(joules).isCloseTo(3 * 31.0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'pi': 3} | {'pi': null} | joules.pi is the energy of layer 'l0' and must be a number",
                "{'pi': 3} | null | tasks[0].layers[0] must have energies of layer 'l0'",
                "{'pi': 3} | {'pi': -1} | tasks[0].layers[0].joules.pi must be zero or greater, but is -1",
                "{'pi': 3} | {'pi': NaN} | tasks[0].layers[0].joules.pi must be a finite number",
                "{'pi': 3} | {'pi': Infinity} | tasks[0].layers[0].joules.pi must be a finite number",
                "{'pi': 3} | {'pi': 1e19} | tasks[0].layers[0].joules.pi: The energy of layer 'l0' must be at most",
                "{'pi': 3} | {'pi': '3'} | tasks[0].layers[0].joules.pi must be a number",
                "{'pi': 3} | 3 | tasks[0].layers[0].joules must be an object",
                "{'pi': 3} | [3] | tasks[0].layers[0].joules must be an object",
                "{'pi': 3} | {'gpu': 3} | states an energy of layer 'l0' on kind 'gpu', where it cannot run",
                "'server': null} | 'server': null}, 'joules': {'server': 2} | on kind 'server', where it cannot run",
                "'server': null} | 'server': 2e9}, 'joules': {'server': 2} | on kind 'server', where it cannot run",
            })
    void parse_joulesThatCannotBe_areRefusedByName(String before, String after, String reason) {
        assertThatThrownBy(() -> parse(before, after))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void withJoules_figuresThatCannotBe_areRefused() {
        assertThatThrownBy(() -> TableCostModel.of(Map.of("l", Map.of("k", 1.0)))
                        .withJoules(Map.of("Measured", Map.of("l", Map.of("k", -1.0)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("joules");
    }
}
