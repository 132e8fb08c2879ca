package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every figure of a plan is in its file, and files that state others are told. */
class PlanFiguresTest {

    private static final Scenario SCENARIO = ProblemJson.parse("""
            {'format': 'codnn-problem/1', 'name': 'p',
             'devices': [{'name': 'a', 'kind': 'k', 'activeWatts': 2, 'idleWatts': 1, 'pricePerSecond': 0.5,
                          'switchOnJoules': 3},
                         {'name': 'b', 'kind': 'k', 'activeWatts': 4}],
             'media': [{'name': 'radio', 'bytesPerSecond': 10, 'duplex': 'HALF'}],
             'links': [{'from': 'a', 'to': 'b', 'bytesPerSecond': 8, 'medium': 'radio',
                        'transmit': {'wattsPerMegabitPerSecond': 0, 'baseWatts': 2}},
                       {'from': 'b', 'to': 'a', 'bytesPerSecond': 8}],
             'tasks': [{'name': 't', 'network': 'net', 'notices': ['Assumed.'], 'source': 'a', 'frames': 10,
               'deadlineSeconds': 1,
               'layers': [{'name': 'l1', 'seconds': {'k': 1}},
                          {'name': 'l2', 'seconds': {'k': 2}, 'unknownWork': {'k': 'it was guessed'}}],
               'tensors': [{'name': 'x', 'from': 'l1', 'to': ['l2'], 'bytes': 5, 'transferBytes': 4}]}]}
            """.replace('\'', '"'));
    private static final Plan PLAN =
            PlanEvaluator.of(SCENARIO).plan(new Placement(Map.of("t", new TreeMap<>(Map.of("l1", "a", "l2", "b")))));

    @TempDir
    private Path folder;

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s", "");
    }

    private PlanJson.Checked readChanged(Plan plan, String before, String after) throws IOException {
        String text = PlanJson.render(plan, OptionalDouble.empty());
        assertThat(text).contains(before);
        Path file = Files.writeString(folder.resolve("plan.json"), text.replace(before, after));
        return PlanJson.readChecked(file);
    }

    /**
     * Each of 10 frames takes 1 s on a, 0.5 s on the radio at 2 W and 2 s on b, so the last of them ends after 21.5 s.
     * Device a idles at 1 W for 11.5 s.
     */
    @Test
    void renderOutcome_anyPlan_hasEveryFigure() {
        String times = "'periodSeconds':2.0,'throughputPerSecond':0.5,'responseSeconds':3.5,'makespanSeconds':21.5,"
                + "'meanSeconds':2.15";

        assertThat(withoutSpaces(PlanJson.renderOutcome(PLAN)).replace('"', '\''))
                .startsWith("{'tasks':[{'name':'t','placement':{'l1':'a','l2':'b'},'stages':["
                        + "{'device':'a','layers':['l1'],'seconds':1.0},{'device':'b','layers':['l2'],'seconds':2.0}],"
                        + "'metrics':{" + times + "}}],"
                        + "'links':[{'from':'a','to':'b','medium':'radio','secondsPerFrame':0.5,'share':0.25}],"
                        + "'media':[{'name':'radio','secondsPerFrame':0.5,'share':0.25}],"
                        + "'notices':['Assumed.'],'unknownShare':0.6666666666666666,"
                        + "'unknownLayers':[{'task':'t','layer':'l2','reason':'itwasguessed'}],'metrics':{" + times
                        + ",'energyJoules':124.5,'computeJoules':100.0,'idleJoules':11.5,'transferJoules':10.0,"
                        + "'switchOnJoules':3.0,'price':5.0,'devicesUsed':2,'feasible':false,'violation':1.15,"
                        + "'deadlineAchievementRate':0.0,"
                        + "'violations':[{'constraint':'DEADLINE','subject':'t','amount':1.15,'message':'");
    }

    @Test
    void readChecked_planAsWritten_hasNoContradictions() throws IOException {
        Plan plan = PLAN.withModels(Map.of("t", new ModelFile("net.onnx", "crc32c:e3069283")));

        PlanJson.Checked read = readChanged(plan, "", "");

        assertThat(read.plan()).isEqualTo(plan);
        assertThat(read.plan().models()).isEqualTo(plan.models());
        assertThat(read.contradictions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'switchOnJoules' : 3.0, | 'switchOnJoules' : 3.000004, "
                        + "| metrics.switchOnJoules is 3.000004, but the placement gives 3.0",
                "'share' : 0.25 | 'share' : -0.25 | links[0].share is -0.25, but the placement gives 0.25",
                "'secondsPerFrame' : 0.5 | 'secondsPerFrame' : null "
                        + "| links[0].secondsPerFrame is null, but the placement gives 0.5",
                "'unknownLayers' : [ { | 'unknownLayers' : [ {}, { "
                        + "| unknownLayers is a list of 2, but the placement gives a list of 1",
                "'subject' : 't' | 'subject' : 'u' "
                        + "| metrics.violations[0].subject is \"u\", but the placement gives \"t\"",
            })
    void readChecked_figureThatDiffers_isNamed(String before, String after, String message) throws IOException {
        assertThat(readChanged(PLAN, before.replace('\'', '"'), after.replace('\'', '"'))
                        .contradictions())
                .contains(message);
    }

    @Test
    void readChecked_roundingAndOtherMessages_areNoContradictions() throws IOException {
        assertThat(readChanged(PLAN, "\"switchOnJoules\" : 3.0,", "\"switchOnJoules\" : 3.000002,")
                        .contradictions())
                .isEmpty();
        assertThat(readChanged(PLAN, "\"message\" : \"", "\"message\" : \"Once: ")
                        .contradictions())
                .isEmpty();
        assertThat(readChanged(PLAN, "\"switchOnJoules\" : 3.0,", "").contradictions())
                .isEmpty();
    }

    @Test
    void parse_noticesOfTheSearch_areApartFromThoseOfTheNetworks() {
        RunRecord run = new RunRecord("period", 2, 1.5, "dbpso", "", 1, 10, StopReason.EVALUATIONS);
        Plan plan = PLAN.withRun(run.withNotices(List.of("Searched in part.")));
        String text = PlanJson.render(plan, OptionalDouble.empty());

        assertThat(plan.notices()).containsExactly("Assumed.", "Searched in part.");
        assertThat(PlanJson.parse(text).run().orElseThrow().notices()).containsExactly("Searched in part.");
        assertThat(PlanJson.parse(text).notices()).isEqualTo(plan.notices());
        assertThatThrownBy(() -> PlanJson.parse(text.replace(": \"" + StopReason.EVALUATIONS.label(), ": \"boredom")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll(
                        "stopReason must be one of", StopReason.EVALUATIONS.label(), "but is 'boredom'");
    }

    @Test
    void render_anyProblem_keepsEveryField() {
        String text = ProblemJson.render(SCENARIO);
        Scenario read = ProblemJson.parse(text);

        assertThat(read).isEqualTo(SCENARIO);
        assertThat(read.notices()).containsExactly("Assumed.");
        assertThat(read.workload().tasks().get(0).graph().name()).isEqualTo("net");
        assertThat(PlanEvaluator.of(read).plan(PLAN.placement()).unknownWork()).isEqualTo(PLAN.unknownWork());
        assertThat(withoutSpaces(text))
                .contains("\"deadlineMeasure\":\"MEAN\"", "\"transferBytes\":4", "\"unknownWork\":{\"k\"")
                .doesNotContain("wireBytesPerByte", "maxDevices");
    }

    /** A file says of a link its rate, its latency and its power, so other costs of a transfer cannot be written. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void render_transferThatNoLinkHas_isRefused(int part) {
        CostModel other = new CostModel() {
            @Override
            public Cost compute(Layer layer, Device device) {
                return SCENARIO.costModel().compute(layer, device);
            }

            @Override
            public Optional<String> unknownWork(Layer layer, Device device) {
                return SCENARIO.costModel().unknownWork(layer, device);
            }

            @Override
            public Cost transfer(Tensor tensor, Link link) {
                Cost cost = SCENARIO.costModel().transfer(tensor, link);
                return switch (part) {
                    case 0 -> cost;
                    case 1 -> new Cost(2 * cost.seconds(), cost.joules());
                    case 2 -> new Cost(cost.seconds(), cost.joules() + 1);
                    default -> Cost.IMPOSSIBLE;
                };
            }
        };
        Scenario scenario = SCENARIO.withCostModel(other);

        if (part == 0) {
            assertThat(ProblemJson.render(scenario)).isEqualTo(ProblemJson.render(SCENARIO));
        } else {
            assertThatThrownBy(() -> ProblemJson.render(scenario))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining("Tensor 'x' takes "
                            + other.transfer(
                                    Tensor.ofBytes("x", 5).withTransferBytes(4),
                                    SCENARIO.platform().links().get(0)));
        }
    }

    @Test
    void parse_timesBeyondPlans_areRefusedUnlessAnotherKindRuns() {
        String text = ProblemJson.render(SCENARIO);
        String seconds = "\"k\" : 1.0";

        assertThat(ProblemJson.parse(text.replace(seconds, "\"k\" : 1e9"))).isNotEqualTo(SCENARIO);
        assertThatThrownBy(() -> ProblemJson.parse(text.replace(seconds, "\"k\" : 1.1e9")))
                .hasMessageContaining("of layer 'l1' are all greater than 1.0E9 s");
        assertThat(ProblemJson.parse(text.replace(seconds, "\"other\" : 1, \"k\" : 1.1e9")))
                .isNotEqualTo(SCENARIO);
        assertThatThrownBy(() -> ProblemJson.parse(text.replace(seconds, "\"other\" : 1, \"k\" : 1e101")))
                .hasMessageContaining("is too large a time of layer 'l1' on kind 'k' (devices [a, b]): 1.0E101 s");
    }
}
