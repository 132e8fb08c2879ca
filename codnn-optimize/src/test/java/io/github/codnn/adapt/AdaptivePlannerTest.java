package io.github.codnn.adapt;

import static io.github.codnn.adapt.AdaptCases.PLATFORM;
import static io.github.codnn.adapt.AdaptCases.scenario;
import static io.github.codnn.adapt.AdaptCases.watch;
import static io.github.codnn.adapt.AdaptCases.wifi;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** When a running plan is left, on the platform of the README. */
class AdaptivePlannerTest {

    /** A constant rate that is anything from a twentieth to twice the stated one, and noise of 10 %. */
    @Property(tries = 6, seed = "1")
    void observe_noiseAroundAConstant_neverMoves(
            @ForAll @DoubleRange(min = 0.05, max = 2) double mean, @ForAll long seed) {
        assertThat(movesUnderNoise(ModelZoo.ALEXNET, mean, seed, 40)).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void observe_muchNoiseAroundManyConstants_neverMoves() {
        RandomGenerator random = Seeds.generator(1);
        for (int constant = 0; constant < 60; constant++) {
            ModelZoo network = constant % 2 == 0 ? ModelZoo.ALEXNET : ModelZoo.GOOGLENET;
            assertThat(movesUnderNoise(network, random.nextDouble(0.05, 2), random.nextLong(), 300))
                    .as("constant %d", constant)
                    .isZero();
        }
    }

    private static int movesUnderNoise(ModelZoo network, double mean, long seed, int observations) {
        RandomGenerator random = Seeds.generator(seed);
        AdaptivePlanner planner = watch(scenario(network).withPlatform(wifi(mean)));
        int moves = 0;
        for (int count = 0; count < observations; count++) {
            double factor = Math.max(0.2, 1 + 0.1 * random.nextGaussian());
            AdaptivePlanner.Decision decision = planner.observe(wifi(mean * factor));
            moves += decision.moves() ? 1 : 0;
            planner = decision.next();
        }
        return moves;
    }

    @Test
    void observe_wifiAtATenth_movesAndMovesBack() {
        AdaptivePlanner planner = watch(scenario(ModelZoo.GOOGLENET));
        AdaptivePlanner.Decision away = untilItMoves(planner, wifi(0.1), 3);

        assertThat(away.reason()).startsWith("a period lower by ").endsWith(" s without frames");
        assertThat(away.plan().metrics().periodSeconds())
                .isEqualTo(AdaptCases.plan(scenario(ModelZoo.GOOGLENET).withPlatform(wifi(0.1)))
                        .metrics()
                        .periodSeconds());
        assertThat(away.layers()).isNotEmpty();
        assertThat(away.next().running()).isEqualTo(away.plan());
        AdaptivePlanner.Decision back = untilItMoves(away.next(), PLATFORM, 6);
        assertThat(back.plan().placement()).isEqualTo(planner.running().placement());
    }

    /** A search from the running plan alone would not find the one before with so few evaluations. */
    @Test
    void observe_conditionsAsBefore_returnsToThePlanThatRanThen() {
        Scenario scenario = scenario(ModelZoo.GOOGLENET);
        Plan plan = AdaptCases.PLANNER
                .withCollapser(GraphCollapser.none())
                .plan(scenario, Objective.PERIOD)
                .best()
                .orElseThrow();
        assertThat(plan.metrics().periodSeconds())
                .isLessThan(AdaptCases.plan(scenario).metrics().periodSeconds());
        AdaptivePlanner planner = AdaptivePlanner.of(plan, Objective.PERIOD).withBudget(StopRule.evaluations(50));
        AdaptivePlanner.Decision away = untilItMoves(planner, wifi(0.1), 3);
        AdaptivePlanner.Decision back = untilItMoves(away.next(), PLATFORM, 6);

        assertThat(back.plan().placement()).isEqualTo(plan.placement());
    }

    private static AdaptivePlanner.Decision untilItMoves(AdaptivePlanner planner, Platform platform, int most) {
        AdaptivePlanner.Decision decision = planner.observe(platform);
        for (int count = 1; count < most && !decision.moves(); count++) {
            decision = decision.next().observe(platform);
        }
        assertThat(decision.moves()).as(decision.reason()).isTrue();
        return decision;
    }

    @Test
    void observe_gainThatDoesNotPayWithinTheHorizon_stays() {
        AdaptivePlanner planner = watch(scenario(ModelZoo.GOOGLENET))
                .withSettings(AdaptSettings.withDefaults().withHorizonSeconds(0.3));
        AdaptivePlanner.Decision decision = planner.observe(wifi(0.1));

        assertThat(decision.moves()).isFalse();
        assertThat(decision.reason()).contains("does not pay for");
    }

    @Test
    void observe_smallGain_staysBelowTheThreshold() {
        AdaptivePlanner planner = watch(scenario(ModelZoo.GOOGLENET))
                .withSettings(AdaptSettings.withDefaults().withThreshold(0.95));

        assertThat(planner.observe(wifi(0.1)).reason()).endsWith("is below the threshold");
    }

    @Test
    void observe_deadlineMissedNow_movesAtOnce() {
        Scenario plain = scenario(ModelZoo.GOOGLENET);
        double response = AdaptCases.plan(plain).metrics().responseSeconds();
        Deadline deadline = new Deadline(Deadline.Measure.RESPONSE, response * 1.4);
        Scenario urgent = plain.withWorkload(new Workload(plain.workload().tasks().stream()
                .map(task -> task.withDeadline(deadline))
                .toList()));
        AdaptivePlanner.Decision decision = watch(urgent).observe(wifi(0.3));

        assertThat(decision.moves()).isTrue();
        assertThat(decision.reason()).isEqualTo("the running plan cannot keep its constraints any more");
        assertThat(decision.plan().metrics().feasible()).isTrue();
    }

    @Test
    void observe_deviceGone_movesToThoseLeft() {
        AdaptivePlanner planner = AdaptivePlanner.of(AdaptCases.plan(scenario(ModelZoo.ALEXNET)), Objective.PERIOD);
        AdaptivePlanner.Decision decision =
                planner.observe(PLATFORM.without("cloud").without("edge"));

        assertThat(decision.moves()).isTrue();
        assertThat(decision.plan().placement().of("t"))
                .containsOnlyKeys(planner.running().placement().of("t").keySet());
        assertThat(decision.plan().placement().of("t").values()).containsOnly("drone");
    }

    @Test
    void observe_ownBudget_isKept() {
        Plan plan = AdaptCases.plan(scenario(ModelZoo.GOOGLENET));
        AdaptivePlanner planner = AdaptivePlanner.of(plan, Objective.PERIOD).withBudget(StopRule.evaluations(50));
        AdaptivePlanner.Decision decision = untilItMoves(planner, wifi(0.1), 3);

        assertThat(decision.plan().run().orElseThrow().evaluations()).isLessThanOrEqualTo(50);
        assertThat(planner.observe(wifi(0.1)).reason())
                .isEqualTo(planner.observe(wifi(0.1)).reason());
    }

    @Test
    void observe_sameConditions_staysWithTheReason() {
        AdaptivePlanner planner = watch(scenario(ModelZoo.ALEXNET));
        AdaptivePlanner.Decision decision = planner.observe(PLATFORM);

        assertThat(decision.moves()).isFalse();
        assertThat(decision.layers()).isEmpty();
        assertThat(decision.plan()).isEqualTo(planner.running());
        assertThat(decision.reason()).isEqualTo("no better plan found");
    }
}
