package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.testproblems.ClosedForm;
import io.github.codnn.testproblems.RandomScenarios;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Links that compress and inputs that are sent encoded: searches and bounds stay right. */
class CompressedTransfersTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));
    private static final int[] PERCENT = {100, 70, 33, 10, 1};

    @Property(tries = 40)
    void search_compressedChain_agreesWithExhaustiveSearch(@ForAll long seed) {
        Scenario scenario = compressed(RandomScenarios.chain(seed, 7, 4), seed);
        for (Objective objective : List.of(Objective.PERIOD, Objective.RESPONSE, Objective.MEAN)) {
            OffloadingProblem problem = OffloadingProblem.of(scenario, objective);
            SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);
            SearchResult actual = ExactPipeline.withDefaults().search(problem, TO_THE_END);
            ClosedForm.assertProven(actual, expected);
        }
    }

    @Property(tries = 40)
    void search_compressedDag_agreesWithExhaustiveSearch(@ForAll long seed) {
        Scenario scenario = compressed(RandomScenarios.dag(seed, 6, 4), seed);
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);
        ClosedForm.assertProven(ExactDag.withDefaults().search(problem, TO_THE_END), expected);
    }

    /** The bytes on the wire by hand, in whole numbers, against those of the link: closed form and simulation. */
    @Property(tries = 40)
    void metrics_ofLinksThatCompress_areThoseOfTheBytesOnTheWire(@ForAll long seed) {
        Scenario scenario = compressed(RandomScenarios.dag(seed, 6, 4), seed);
        Scenario byHand = scenario.withCostModel(new ByHand(scenario.costModel()));
        for (Objective objective : Objective.values()) {
            SearchResult found =
                    Exhaustive.withDefaults().search(OffloadingProblem.of(scenario, objective), TO_THE_END);
            found.best().ifPresent(plan -> assertSame(plan, byHand));
            assertThat(found.best().map(plan -> found.lowerBound() <= objective.of(plan.metrics()) * (1 + 1e-12)))
                    .isNotEqualTo(Optional.of(false));
        }
    }

    private static void assertSame(Plan plan, Scenario byHand) {
        assertThat(plan.metrics()).isEqualTo(PlanEvaluator.of(byHand).evaluate(plan.placement()));
        assertThat(PipelineSimulator.of(plan.scenario()).simulate(plan.placement()))
                .isEqualTo(PipelineSimulator.of(byHand).simulate(plan.placement()));
    }

    private static Scenario compressed(Scenario scenario, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        Platform platform = scenario.platform();
        List<Link> links = new ArrayList<>();
        for (Link link : platform.links()) {
            links.add(link.withWireBytesPerByte(PERCENT[random.nextInt(PERCENT.length)] / 100.0));
        }
        List<Task> tasks = new ArrayList<>();
        for (Task task : scenario.workload().tasks()) {
            String input = task.graph().inputs().get(0).name();
            tasks.add(task.withInputBytes(input, random.nextInt(300)));
        }
        return scenario.withPlatform(new Platform(platform.devices(), links, platform.media()))
                .withWorkload(new Workload(tasks));
    }

    /** Transfers computed in whole hundredths of bytes. */
    private record ByHand(CostModel layers) implements CostModel {

        @Override
        public Cost compute(Layer layer, Device device) {
            return layers.compute(layer, device);
        }

        @Override
        public Cost transfer(Tensor tensor, Link link) {
            BigInteger hundred = BigInteger.valueOf(100);
            BigInteger hundredths = BigInteger.valueOf(tensor.transferBytes())
                    .multiply(BigInteger.valueOf(Math.round(100 * link.wireBytesPerByte())));
            long bytes = hundredths.add(BigInteger.valueOf(99)).divide(hundred).longValueExact();
            double seconds = link.latencySeconds() + bytes / link.bytesPerSecond();
            double watts = link.transmit().watts(link.bytesPerSecond())
                    + link.receive().watts(link.bytesPerSecond());
            return new Cost(seconds, watts * seconds);
        }
    }
}
