package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.testing.TestData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems with sentinels and extreme figures: the right plan, or a refusal that names what is wrong. */
class ExtremeFiguresTest {

    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(2000));

    private static Scenario fault(String name) {
        return ProblemJson.read(TestData.path("faults/" + name));
    }

    private static SearchResult plan(Scenario scenario) {
        return Planner.withDefaults().withOptions(SHORT).plan(scenario, Objective.PERIOD);
    }

    /** A chain of three layers on two devices; the first layer takes a given time on the first device. */
    private static String chain(String firstOnA, long bytes) {
        return """
                {"format": "codnn-problem/1", "name": "p",
                 "devices": [{"name": "a", "kind": "a"}, {"name": "b", "kind": "b"}],
                 "links": [{"from": "*", "to": "*", "bytesPerSecond": 1e6}],
                 "tasks": [{"name": "t", "frames": 10,
                  "layers": [{"name": "x", "seconds": {"a": %s, "b": 0.05}}, {"name": "y", "seconds": {"a": 0.06, "b": 0.01}},
                             {"name": "z", "seconds": {"a": 0.09, "b": 0.08}}],
                  "tensors": [{"name": "i", "from": null, "to": ["x"], "bytes": 0}, {"name": "p", "from": "x", "to": ["y"], "bytes": %d},
                              {"name": "q", "from": "y", "to": ["z"], "bytes": %d}, {"name": "o", "from": "z", "to": [], "bytes": 0}]}]}
                """.formatted(firstOnA, bytes, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "reports/bigM_period_3x2.json, 0.09",
        "attack/bigM-1e16-false-proof.json, 1.7",
        "attack/negative-zero-bound.json, 0.03",
        "attack/hang-1e308.json, -1",
        "attack/problem-denormal-hang.json, 0",
        "attack/overflow-message.json, -1",
        "reports/hang_1e308.json, -1",
        "reports/bytes_overflow_trace.json, 0.03"
    })
    void plan_faultyFile_givesTheRightPeriodOrARefusal(String file, double period) {
        Path data = TestData.path("faults/" + file); // skips the test where there is none
        if (period < 0) {
            assertThatThrownBy(() -> ProblemJson.read(data))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining("null");
            return;
        }
        SearchResult result = plan(fault(file));

        assertThat(result.value()).isCloseTo(period, within(1e-9 * period));
        assertThat(result.gap()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attack/dblpsomd-aioobe-pins.json", "attack/dblpsomd-aioobe-random.json"})
    void dblpsoMd_pinsThatSendFramesBack_findsTheClosestPlan(String file) {
        SearchResult result =
                DblpsoMd.withDefaults().search(OffloadingProblem.of(fault(file), Objective.PERIOD), SHORT);

        assertThat(result.best()).isEmpty();
        assertThat(result.closest()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attack/plan-63-devices.json", "attack/tensor-2^63-1-bytes.json"})
    void plan_fileThatFailedWithATrace_findsAPlan(String file) {
        assertThat(plan(fault(file)).bestOrClosest()).isPresent();
    }

    @Test
    void front_sentinelBesideSmallTimes_isExact() {
        ParetoFront front = ParetoPlanner.withDefaults()
                .front(fault("reports/bigM_two_layers.json"), List.of(Objective.PERIOD, Objective.RESPONSE));

        assertThat(front.ideal()).containsExactly(0.02, 0.02);
        assertThat(front.epsilon()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.1e9", "1e12", "2147483647000", "9.2e18", "3.4e38", "1e100"})
    void plan_timeThatMeansNever_runsTheLayerElsewhere(String seconds) {
        SearchResult result = plan(ProblemJson.parse(chain(seconds, 0)));

        assertThat(result.value()).isCloseTo(0.09, within(1e-10));
        assertThat(result.gap()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9", "9.9e8", "1e6", "2147483", "31536000"})
    void plan_longTimeBesideShortOnes_keepsTheShortOnes(String seconds) {
        SearchResult result = plan(ProblemJson.parse(chain(seconds, 0)));

        assertThat(result.value()).isCloseTo(0.09, within(1e-10));
        assertThat(result.gap()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.0", "4.9e-324", "1e-310", "1e-200", "0"})
    void plan_timeOfAlmostNothing_countsAsZero(String seconds) {
        SearchResult result = plan(ProblemJson.parse(chain(seconds, 0)));

        assertThat(result.gap()).isZero();
        assertThat(result.value()).isLessThanOrEqualTo(0.09);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e101", "1e300", "1e308", "1.7976931348623157e308"})
    void read_timeBeyondAllRange_namesLayerAndDeviceAndNull(String seconds) {
        assertThatThrownBy(() -> ProblemJson.parse(chain(seconds, 0)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll("problem:", "'x'", "'a'", "Use null");
    }

    @ParameterizedTest
    @ValueSource(longs = {5_000_000_000_000_000_000L, Long.MAX_VALUE, 1L << 62, 4_000_000_000_000_000_000L, 1L << 60})
    void plan_tensorsTooLargeToSend_stayOnOneDevice(long bytes) {
        SearchResult result = plan(ProblemJson.parse(chain("0.02", bytes)));

        assertThat(result.value()).isCloseTo(0.14, within(1e-10));
        assertThat(result.gap()).isZero();
    }
}
