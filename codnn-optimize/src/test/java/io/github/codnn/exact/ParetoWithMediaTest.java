package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HardChains;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fronts of energy state where links share media, how many sweeps they take, and which chains are too large. */
class ParetoWithMediaTest {

    private static final List<Objective> PERIOD_AND_ENERGY = List.of(Objective.PERIOD, Objective.ENERGY);
    private static final SearchOptions UNLIMITED =
            SearchOptions.withDefaults().withStopRule(progress -> Optional.empty());

    /**
     * Three layers of 1 s, each pinned to a device of 1 W; links take so many seconds for what a layer hands over, and
     * share a channel: the only plan has the period of one transfer without the channel, of two with it.
     */
    private static Scenario onOneChannel(int secondsOfLink) {
        Scenario chain = SmallChains.pinned(SmallChains.of(3, 3, 100L * secondsOfLink, (layer, device) -> 1));
        List<Device> devices = chain.platform().devices().stream()
                .map(device -> device.withWatts(1, 0))
                .toList();
        List<Link> links = chain.platform().links().stream()
                .map(link -> link.withMedium("air"))
                .toList();
        Scenario shared =
                chain.withPlatform(new Platform(devices, links, List.of(new Medium("air", 100, Medium.Duplex.HALF))));
        return SmallChains.with(shared, SmallChains.task(shared).withFrames(10));
    }

    private static ParetoFront front(Scenario scenario, double epsilon) {
        return ExactPareto.withDefaults()
                .withEpsilon(epsilon)
                .search(OffloadingProblem.of(scenario, Objective.PERIOD), PERIOD_AND_ENERGY, UNLIMITED);
    }

    /** (1 + tolerance) x 2 - 1. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0.5, 2", "0.05, 1.1"})
    void search_channelDoublesThePeriod_statesThatTheFrontMayMissThatMuch(double tolerance, double epsilon) {
        ParetoFront front = front(onOneChannel(3), tolerance);

        assertThat(front.plans()).hasSize(1);
        assertThat(front.ideal().get(0)).isCloseTo(6, within(1e-9));
        assertThat(front.ideal().get(1)).isCloseTo(30, within(1e-9)); // 10 frames, 3 x 1 s at 1 W
        assertThat(front.epsilon()).isCloseTo(epsilon, within(1e-9));
    }

    @Test
    void search_channelThatIsNoBottleneck_provesTheFront() {
        Scenario scenario = onOneChannel(3);
        Scenario fast = scenario.withPlatform(new Platform(
                scenario.platform().devices(),
                scenario.platform().links().stream()
                        .map(link -> link.withBytesPerSecond(1e4))
                        .toList(),
                List.of(new Medium("air", 1e4, Medium.Duplex.HALF))));

        ParetoFront front = front(fast, 0);

        assertThat(front.ideal().get(0)).isCloseTo(1, within(1e-9));
        assertThat(front.epsilon()).isZero();
    }

    /** A mean of 4 s a frame would do without the channel: 9 s + 9 x 3 s for 10 frames; with it, they take 63 s. */
    @Test
    void search_channelBreaksTheDeadline_provesNothing() {
        Scenario scenario = onOneChannel(3);
        Scenario limited = SmallChains.with(scenario, SmallChains.task(scenario).withDeadline(Deadline.onMean(4)));

        ParetoFront front = front(limited, 0);

        assertThat(front.plans()).isEmpty();
        assertThat(front.epsilon()).isInfinite();
    }

    /** The listener hears of each cut of each sweep: with tolerances of 1, 0.1 and 0.01 and the one asked for. */
    @ParameterizedTest
    @CsvSource({"0, 4", "0.01, 3", "0.05, 3", "0.1, 2", "1, 1", "2, 1"})
    void search_withTolerance_sweepsWithGreaterOnesBefore(double tolerance, int sweeps) {
        int layers = 5;
        int[] heard = new int[1];
        SearchOptions listening = UNLIMITED.withListener(progress -> heard[0]++);
        OffloadingProblem problem = OffloadingProblem.of(HardChains.withCosts(layers, 3, 1), Objective.PERIOD);

        ExactPareto.withDefaults().withEpsilon(tolerance).search(problem, PERIOD_AND_ENERGY, listening);

        assertThat(heard[0]).isEqualTo(sweeps * layers);
    }

    @Test
    void search_greatTolerance_leavesPlansOut() {
        Scenario scenario = HardChains.withCosts(14, 4, 1);

        ParetoFront whole = front(scenario, 0);
        ParetoFront rough = front(scenario, 1);

        assertThat(whole.epsilon()).isZero();
        assertThat(rough.epsilon()).isEqualTo(1);
        assertThat(rough.plans()).hasSizeLessThan(whole.plans().size());
    }

    /** Layers x 8 classes x 2^8 sets of them, at most 2^22. */
    @ParameterizedTest
    @CsvSource({"2048, true", "2049, false"})
    void canSolve_differentDevices_countsLayersClassesAndSets(int layers, boolean expected) {
        OffloadingProblem problem =
                OffloadingProblem.of(SmallChains.of(layers, 8, 0, (layer, device) -> 1 + device), Objective.PERIOD);

        assertThat(ExactPareto.canSolve(problem, PERIOD_AND_ENERGY)).isEqualTo(expected);
        assertThat(ExactPareto.canSolve(problem, List.of(Objective.PERIOD, Objective.MEAN)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"62, true", "63, false"})
    void canSolve_onlyTimes_takesAsManyClassesAsASetHasBits(int devices, boolean expected) {
        OffloadingProblem problem =
                OffloadingProblem.of(SmallChains.of(2, devices, 0, (layer, device) -> 1 + device), Objective.PERIOD);

        assertThat(ExactPareto.canSolve(problem, List.of(Objective.PERIOD, Objective.RESPONSE)))
                .isEqualTo(expected);
    }
}
