package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.exact.Exact;
import io.github.codnn.json.PlanJson;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.RunRecord.LeastValue;
import io.github.codnn.plan.RunRecord.LeastValue.Others;
import io.github.codnn.plan.Violation;
import io.github.codnn.plan.Violation.Constraint;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.TestData;
import io.github.codnn.testproblems.SizedScenarios;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Problems that no plan solves, each with its reason, its closest plan and the least achievable value by hand. */
class InfeasibleCasesTest {

    private static final SearchOptions OPTIONS =
            SearchOptions.withDefaults().withStopRule(StopRule.evaluations(20_000));

    private static final String TWO = "{\"name\": \"a\", \"kind\": \"k\"}, {\"name\": \"b\", \"kind\": \"j\"}";
    private static final String LINK =
            "{\"from\": \"*\", \"to\": \"*\", \"bytesPerSecond\": 1000, \"latencySeconds\": 0}";

    private static Scenario problem(String devices, String links, String tasks) {
        return ProblemJson.parse("{\"format\": \"codnn-problem/1\", \"name\": \"p\", \"devices\": [" + devices
                + "], \"links\": [" + links + "], \"tasks\": [" + tasks + "]}");
    }

    private static String task(String name, String settings, String... layers) {
        StringBuilder text = new StringBuilder("{\"name\": \"" + name + "\", \"frames\": 10, " + settings);
        StringBuilder tensors = new StringBuilder();
        text.append("\"layers\": [");
        for (int layer = 0; layer < layers.length; layer++) {
            text.append(layer == 0 ? "" : ", ").append("{\"name\": \"l" + layer + "\", " + layers[layer] + "}");
            String to = layer + 1 < layers.length ? "\"l" + (layer + 1) + "\"" : "";
            tensors.append(", {\"name\": \"t" + layer + "\", \"from\": \"l" + layer + "\", \"to\": [" + to
                    + "], \"bytes\": 100}");
        }
        return text + "], \"tensors\": [{\"name\": \"in\", \"from\": null, \"to\": [\"l0\"], \"bytes\": 100}" + tensors
                + "]}";
    }

    private static String layer(double onA, double onB) {
        return "\"seconds\": {\"k\": " + onA + ", \"j\": " + onB + "}";
    }

    private static SearchResult plan(Scenario scenario, Strategy strategy) {
        return Planner.withDefaults()
                .withStrategy(strategy)
                .withOptions(OPTIONS)
                .plan(scenario, Objective.PERIOD);
    }

    /** Plans with several strategies, which must agree; returns the metrics of the closest plan of the last. */
    private static SearchResult closest(Scenario scenario, int impossible, double violation) {
        SearchResult last = plan(scenario, Auto.withDefaults());
        for (String name : List.of("local", "greedy", "random", "dbpso", "dblpso-md", "auto")) {
            last = plan(scenario, Strategies.named(name));
            MetricsSnapshot metrics = last.closest().orElseThrow().metrics();
            assertThat(metrics.impossible()).as(name).isEqualTo(impossible);
            assertThat(metrics.violation()).as(name).isCloseTo(violation, within(1e-9));
            Infeasibility known = last.infeasibility().orElseThrow();
            assertThat(known.proven()).as(name).isTrue();
            assertThat(known.closest()).as(name).isTrue();
            assertThat(last.closest().orElseThrow().gap()).as(name).isEmpty();
        }
        Plan plan = last.closest().orElseThrow();
        String file = PlanJson.render(plan, OptionalDouble.empty());
        assertThat(PlanJson.parse(file).run()).isEqualTo(plan.run());
        assertThat(file).doesNotContain("\"gap\"").doesNotContain("Infinity");
        return last;
    }

    private static LeastValue only(SearchResult result, Constraint constraint) {
        List<LeastValue> limits = result.infeasibility().orElseThrow().limits();
        assertThat(limits).hasSize(1);
        assertThat(limits.get(0).constraint()).isEqualTo(constraint);
        assertThat(limits.get(0).proven()).isTrue();
        return limits.get(0);
    }

    @Test
    void plan_deadlineBelowTheFastestDevice_statesTheLeastResponseTime() {
        Scenario scenario = problem(
                TWO,
                LINK,
                task(
                        "t",
                        "\"deadlineSeconds\": 0.05, \"deadlineMeasure\": \"RESPONSE\", ",
                        layer(0.04, 0.1),
                        layer(0.05, 0.2)));

        LeastValue least = only(closest(scenario, 0, (0.09 - 0.05) / 0.05), Constraint.DEADLINE);

        assertThat(least.limit()).isEqualTo(0.05);
        assertThat(least.leastAchievable()).isCloseTo(0.09, within(1e-12));
        assertThat(least.subject()).isEqualTo("t");
        assertThat(least.quantity()).isEqualTo("response seconds");
        assertThat(least.others()).isEqualTo(Others.KEPT);
    }

    @Test
    void plan_deadlineOnTheMean_statesTheLeastMeanTime() {
        Scenario scenario =
                problem(TWO, LINK, task("t", "\"deadlineSeconds\": 0.01, ", layer(0.2, 0.9), layer(0.9, 0.2)));

        LeastValue least = only(closest(scenario, 0, (0.23 - 0.01) / 0.01), Constraint.DEADLINE);

        // Response 0.2 + 0.1 + 0.2 s, period 0.2 s, 10 frames.
        assertThat(least.leastAchievable()).isCloseTo((0.5 + 9 * 0.2) / 10, within(1e-12));
        assertThat(least.quantity()).isEqualTo("mean seconds");
    }

    @Test
    void plan_neighboursPinnedWithoutALink_breakOnePart() {
        Scenario scenario = problem(
                TWO, "", task("t", "", layer(1, 1) + ", \"pinned\": \"a\"", layer(1, 1) + ", \"pinned\": \"b\""));

        LeastValue least =
                closest(scenario, 1, 1).infeasibility().orElseThrow().limits().get(0);

        assertThat(least.leastAchievable()).isEqualTo(1);
        assertThat(least.proven()).isTrue();
    }

    /** A missing link is not traded against a deadline, and both are stated. */
    @Test
    void plan_pinWithoutALinkAndADeadline_breaksOnePartAndTheDeadline() {
        Scenario scenario = problem(
                TWO,
                "",
                task(
                        "t",
                        "\"source\": \"a\", \"deadlineSeconds\": 0.5, ",
                        layer(1, 0.1),
                        layer(1, 0.1) + ", \"pinned\": \"b\""));

        // 0.2 s on b after one missing link, or 2 s on a away from the pin.
        SearchResult result = closest(scenario, 1, 1);

        assertThat(result.closest().orElseThrow().metrics().violations())
                .extracting(Violation::constraint)
                .containsExactly(Constraint.LINK);
    }

    /** The first tensor is too large for the link, the second is not. */
    @Test
    void plan_pinBehindALinkThatAnotherTensorCannotUse_isFeasible() {
        Scenario scenario = problem(
                TWO,
                LINK,
                task("t", "", layer(1, 1) + ", \"pinned\": \"a\"", layer(1, 1) + ", \"pinned\": \"b\"")
                        .replaceFirst("\"bytes\": 100", "\"bytes\": 5000000000000000000"));

        SearchResult result = plan(scenario, Auto.withDefaults());

        assertThat(result.best().orElseThrow().metrics().periodSeconds()).isEqualTo(1);
    }

    @Test
    void plan_layersThatRunOnUnlinkedDevicesOnly_breakOnePart() {
        Scenario scenario = problem(
                TWO, "", task("t", "", "\"seconds\": {\"k\": 1, \"j\": null}", "\"seconds\": {\"k\": null, \"j\": 1}"));

        LeastValue least =
                closest(scenario, 1, 1).infeasibility().orElseThrow().limits().get(0);

        assertThat(least.leastAchievable()).isEqualTo(1);
        assertThat(least.limit()).isZero();
    }

    @Test
    void plan_layersForbiddenEverywhere_countsThem() {
        Scenario scenario = problem(
                TWO, LINK, task("t", "", "\"seconds\": {\"k\": null, \"j\": null}", layer(1, 1), "\"seconds\": {}"));

        LeastValue least = only(closest(scenario, 2, 2), Constraint.FORBIDDEN);

        assertThat(least.leastAchievable()).isEqualTo(2);
    }

    @Test
    void plan_layerThatRunsNowhereAndADeadline_neverTradesThemAgainstEachOther() {
        // On b all layers can run, but very late; on a the first one cannot run.
        Scenario scenario = problem(
                TWO,
                "",
                task(
                        "t",
                        "\"deadlineSeconds\": 0.01, \"deadlineMeasure\": \"RESPONSE\", ",
                        "\"seconds\": {\"k\": null, \"j\": 900}",
                        layer(0.001, 900)));

        LeastValue least = only(closest(scenario, 0, (1800 - 0.01) / 0.01), Constraint.DEADLINE);

        assertThat(least.leastAchievable()).isEqualTo(1800);
    }

    @Test
    void plan_missingLinkAndADeadline_isLateRatherThanImpossible() {
        String devices = TWO + ", {\"name\": \"c\", \"kind\": \"k\"}";
        Scenario scenario = problem(
                devices,
                "",
                task(
                        "t",
                        "\"source\": \"b\", \"deadlineSeconds\": 1, \"deadlineMeasure\": \"RESPONSE\", ",
                        layer(0.1, 50),
                        layer(0.1, 50)));

        closest(scenario, 0, 99);
    }

    @Test
    void plan_memoryTooSmallForTheOnlyDevice_needsAllBytes() {
        Scenario scenario = problem(
                "{\"name\": \"a\", \"kind\": \"k\", \"memoryBytes\": 1}",
                "",
                task("t", "", layer(1, 1) + ", \"memoryBytes\": 3", layer(1, 1) + ", \"memoryBytes\": 4"));

        LeastValue least = only(closest(scenario, 0, 6), Constraint.MEMORY);

        assertThat(least.leastAchievable()).isEqualTo(7);
        assertThat(least.subject()).isEqualTo("a");
    }

    @Test
    void read_memoryOfZero_isRefusedByName() {
        assertThatThrownBy(() -> problem(
                        "{\"name\": \"a\", \"kind\": \"k\", \"memoryBytes\": 0}", "", task("t", "", layer(1, 1))))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("memoryBytes of device 'a'");
    }

    @Test
    void plan_sixEqualLayersOnTwoSmallDevices_sharesTheExcess() {
        String layer = layer(0.1, 0.1) + ", \"memoryBytes\": 1";
        Scenario scenario = problem(
                "{\"name\": \"a\", \"kind\": \"k\", \"memoryBytes\": 2}, {\"name\": \"b\", \"kind\": \"j\","
                        + " \"memoryBytes\": 2}",
                LINK,
                task("t", "", layer, layer, layer, layer, layer, layer));

        List<LeastValue> limits =
                closest(scenario, 0, 1).infeasibility().orElseThrow().limits();

        assertThat(limits).allMatch(each -> each.proven() && each.leastAchievable() == 4);
    }

    @Test
    void plan_oneOfTwoTasksIsLate_namesThatTask() {
        Scenario scenario = problem(
                TWO,
                LINK,
                task("fast", "\"deadlineSeconds\": 10, \"deadlineMeasure\": \"RESPONSE\", ", layer(0.1, 0.1)) + ", "
                        + task("slow", "\"deadlineSeconds\": 0.5, \"deadlineMeasure\": \"RESPONSE\", ", layer(1, 2)));

        LeastValue least = only(closest(scenario, 0, 1), Constraint.DEADLINE);

        assertThat(least.subject()).isEqualTo("slow");
        assertThat(least.leastAchievable()).isEqualTo(1);
    }

    @Test
    void plan_memoryAndDeadlineTogether_areInfeasibleOnlyTogether() {
        // Within the memory, both devices work and the transfer takes too long; on one device the memory is too small.
        String layer = layer(0.1, 0.1) + ", \"memoryBytes\": 60";
        Scenario scenario = problem(
                "{\"name\": \"a\", \"kind\": \"k\", \"memoryBytes\": 100}, {\"name\": \"b\", \"kind\": \"j\","
                        + " \"memoryBytes\": 100}",
                LINK,
                task("t", "\"deadlineSeconds\": 0.25, \"deadlineMeasure\": \"RESPONSE\", ", layer, layer));

        // One device: 120 of 100 bytes, 0.2. Two devices: 0.3 s of 0.25 s, 0.2.
        LeastValue least =
                closest(scenario, 0, 0.2).infeasibility().orElseThrow().limits().get(0);

        assertThat(least.others()).isEqualTo(Others.KEPT);
        assertThat(least.leastAchievable())
                .isCloseTo(least.constraint() == Constraint.MEMORY ? 120 : 0.3, within(1e-12));
    }

    @Test
    void plan_twoConstraintsThatEachBreakAlone_statesBothWithoutTheOther() {
        Scenario scenario = problem(
                "{\"name\": \"a\", \"kind\": \"k\", \"memoryBytes\": 10}",
                "",
                task(
                        "t",
                        "\"deadlineSeconds\": 0.5, \"deadlineMeasure\": \"RESPONSE\", ",
                        layer(1, 1) + ", \"memoryBytes\": 20"));

        List<LeastValue> limits =
                closest(scenario, 0, 2).infeasibility().orElseThrow().limits();

        assertThat(limits).hasSize(2).allMatch(each -> each.others() == Others.PHYSICAL && each.isAloneImpossible());
        assertThat(limits).extracting(LeastValue::leastAchievable).containsExactly(1.0, 20.0);
    }

    @Test
    void plan_pinsThatSendFramesBack_breaksTheRuleOfStages() {
        Scenario scenario = problem(
                TWO,
                LINK,
                task(
                        "t",
                        "",
                        layer(1, 1) + ", \"pinned\": \"a\"",
                        layer(1, 1) + ", \"pinned\": \"b\"",
                        layer(1, 1) + ", \"pinned\": \"a\""));

        LeastValue least = only(closest(scenario, 0, 1), Constraint.STAGES);

        assertThat(least.leastAchievable()).isEqualTo(1);
    }

    @Test
    void plan_moreDevicesPinnedThanAllowed_statesHowManyAreNeeded() {
        Scenario scenario = problem(
                        TWO,
                        LINK,
                        task("t", "", layer(1, 1) + ", \"pinned\": \"a\"", layer(1, 1) + ", \"pinned\": \"b\""))
                .withMaxDevices(1);

        LeastValue least = only(closest(scenario, 0, 1), Constraint.DEVICES);

        assertThat(least.leastAchievable()).isEqualTo(2);
        assertThat(least.limit()).isEqualTo(1);
    }

    @Test
    void plan_sinkWithoutALink_breaksOnePart() {
        Scenario scenario =
                problem(TWO, "", task("t", "\"source\": \"a\", \"sink\": \"b\", ", layer(1, 1), layer(1, 1)));

        LeastValue least = only(closest(scenario, 1, 1), Constraint.LINK);

        assertThat(least.leastAchievable()).isEqualTo(1);
    }

    /** The exact searches have no time for a network of this size. */
    @Test
    void plan_largeNetworkWithAnImpossibleDeadline_statesViolationAndBound() {
        Scenario sized = SizedScenarios.dags(7, 1, 1000, 6);
        Scenario scenario = sized.withWorkload(
                Workload.of(sized.workload().tasks().get(0).withDeadline(Deadline.onResponse(1e-3))));

        SearchResult result = Planner.withDefaults()
                .withOptions(SearchOptions.withDefaults().withStopRule(StopRule.evaluations(300)))
                .plan(scenario, Objective.PERIOD);

        MetricsSnapshot metrics = result.closest().orElseThrow().metrics();
        LeastValue least = result.infeasibility().orElseThrow().limits().stream()
                .filter(limit -> limit.constraint() == Constraint.DEADLINE)
                .findFirst()
                .orElseThrow();
        assertThat(result.best()).isEmpty();
        assertThat(metrics.violation()).isPositive().isFinite();
        assertThat(least.limit()).isEqualTo(1e-3);
        assertThat(least.leastAchievable()).isGreaterThan(1e-3).isLessThanOrEqualTo(metrics.responseSeconds());
        assertThat(result.closest().orElseThrow().gap()).isEmpty();
    }

    @Test
    void plan_feasibleProblem_knowsNothingOfInfeasibility() {
        Scenario scenario = problem(TWO, LINK, task("t", "\"deadlineSeconds\": 9, ", layer(1, 1), layer(1, 1)));

        SearchResult result = plan(scenario, Auto.withDefaults());

        assertThat(result.infeasibility()).isEmpty();
        assertThat(result.best().orElseThrow().gap()).hasValue(0);
    }

    /** The strategy misses what another finds: that is not called infeasible. */
    @Test
    void plan_strategyMissesTheFeasiblePlan_doesNotClaimInfeasibility() {
        String layer = layer(0.1, 0.1) + ", \"memoryBytes\": 60";
        Scenario scenario = problem(
                "{\"name\": \"a\", \"kind\": \"k\", \"memoryBytes\": 100}, {\"name\": \"b\", \"kind\": \"j\","
                        + " \"memoryBytes\": 100}",
                LINK,
                task("t", "", layer, layer));

        SearchResult local = plan(scenario, Strategies.named("local"));

        assertThat(local.best()).isEmpty();
        assertThat(local.infeasibility()).isEmpty();
        assertThat(local.lowerBound()).isFinite();
        assertThat(plan(scenario, Auto.withDefaults()).best()).isPresent();
    }

    @Test
    void plan_reportedFault_violatesByOne() {
        Scenario scenario = ProblemJson.read(TestData.path("faults/reports/memory_closest.json"));

        closest(scenario, 0, 1);

        assertThat(plan(scenario, Exact.withDefaults())
                        .closest()
                        .orElseThrow()
                        .metrics()
                        .violation())
                .isCloseTo(1, within(1e-9));
    }
}
