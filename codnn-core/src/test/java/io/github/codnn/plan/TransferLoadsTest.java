package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.testing.PlanningArbitraries.Case;
import io.github.codnn.testing.SharedMedia;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The loads of links and media that a plan states beside its stages. */
class TransferLoadsTest {

    @Provide
    Arbitrary<Case> oneTask() {
        return Arbitraries.oneOf(List.of(
                PlanningArbitraries.cases(PlanningArbitraries.oneTaskScenarios()),
                PlanningArbitraries.stageCases(PlanningArbitraries.oneChainScenarios())));
    }

    @Provide
    Arbitrary<Case> manyTasks() {
        return PlanningArbitraries.cases(PlanningArbitraries.scenarios());
    }

    /** The period is the greatest load of all devices, links and media. */
    @Property(tries = 300, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void loads_ofOneTask_explainItsPeriod(@ForAll("oneTask") Case sample, @ForAll long seed) {
        Scenario scenario = SharedMedia.spread(sample.scenario(), seed).withTransfers(TransferMode.OVERLAPPED);
        Plan plan = PlanEvaluator.of(scenario).plan(sample.placement());

        Plan.TransferLoads loads = plan.transferLoads();

        Map<String, Double> devices = new HashMap<>();
        plan.stages().forEach(stage -> devices.merge(stage.device(), stage.seconds(), Double::sum));
        double greatest =
                devices.values().stream().mapToDouble(load -> load).max().orElse(0);
        for (Plan.TransferLoads.OfLink link : loads.links()) {
            greatest = Math.max(greatest, link.seconds());
        }
        for (Plan.TransferLoads.OfMedium medium : loads.media()) {
            greatest = Math.max(greatest, medium.seconds());
        }
        double period = plan.metrics().periodSeconds();
        assertThat(greatest).isCloseTo(period, within(1e-9 * Math.max(1e-6, period)));
    }

    @Property(tries = 300, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void shares_ofManyTasks_fitIntoTheTime(@ForAll("manyTasks") Case sample, @ForAll long seed) {
        Scenario scenario = SharedMedia.spread(sample.scenario(), seed);
        Plan plan = PlanEvaluator.of(scenario).plan(sample.placement());

        Plan.TransferLoads loads = plan.transferLoads();

        Map<Optional<String>, Double> sums = new HashMap<>();
        for (Plan.TransferLoads.OfLink link : loads.links()) {
            assertThat(link.share()).isBetween(0.0, 1.0);
            assertThat(link.seconds()).isLessThanOrEqualTo(plan.metrics().periodSeconds() * (1 + 1e-9));
            sums.merge(link.medium(), link.share(), Double::sum);
        }
        for (Plan.TransferLoads.OfMedium medium : loads.media()) {
            assertThat(medium.share())
                    .isBetween(0.0, 1.0)
                    .isCloseTo(sums.getOrDefault(Optional.of(medium.name()), 0.0), within(1e-9));
        }
    }

    /** Table 2 of the paper: B runs layer 1 and sends, C runs the rest. */
    @Test
    void loads_oneMedium_sumUpItsLinks() {
        Scenario apart = Table2.scenario(10);
        Platform platform = apart.platform();
        double fastest = platform.links().stream()
                .mapToDouble(link -> link.bytesPerSecond())
                .max()
                .orElseThrow();
        Scenario shared = apart.withPlatform(new Platform(
                platform.devices(),
                platform.links().stream().map(link -> link.withMedium("wifi")).toList(),
                List.of(new Medium("wifi", fastest, Medium.Duplex.HALF))));
        List<String> devices = shared.deviceNames();
        String task = shared.workload().tasks().get(0).name();
        Map<String, String> places = new HashMap<>();
        int index = 0;
        for (var layer : shared.workload().tasks().get(0).graph().layers()) {
            places.put(layer.name(), devices.get(Math.min(devices.size() - 1, index++)));
        }

        Plan.TransferLoads loads = PlanEvaluator.of(shared)
                .plan(new Placement(Map.of(task, places)))
                .transferLoads();

        assertThat(loads.links())
                .hasSizeGreaterThan(1)
                .allMatch(link -> link.medium().equals(Optional.of("wifi")));
        assertThat(loads.media())
                .singleElement()
                .satisfies(medium -> assertThat(medium.seconds())
                        .isCloseTo(
                                loads.links().stream()
                                        .mapToDouble(Plan.TransferLoads.OfLink::seconds)
                                        .sum(),
                                within(1e-12)));
    }
}
