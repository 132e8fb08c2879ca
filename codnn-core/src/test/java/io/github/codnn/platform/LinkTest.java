package io.github.codnn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.json.PlatformJson;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What links carry: compressed transfers, and inputs that are sent encoded. */
class LinkTest {

    private static final Link LINK = Link.of("a", "b", 100, 0.5);

    @ParameterizedTest
    @CsvSource({
        "1, 9223372036854775807, 9223372036854775807",
        "0.1, 30, 3",
        "0.1, 31, 4",
        "0.07, 100, 7",
        "0.5, 0, 0",
        "0.5, 1, 1",
        "0.333, 9223372036854775807, 3071382888272640344",
        "1e-9, 1, 1",
    })
    void wireBytes_factor_isRoundedUpExactly(double factor, long bytes, long expected) {
        Link link = LINK.withWireBytesPerByte(factor);

        assertThat(link.wireBytes(bytes)).isEqualTo(expected);
        assertThat(link.seconds(bytes)).isEqualTo(0.5 + expected / 100.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
    void withWireBytesPerByte_outOfRange_isRefused(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LINK.withWireBytesPerByte(factor))
                .withMessageContaining("wireBytesPerByte of link a -> b");
    }

    @Test
    void with_otherFigures_keepTheFactor() {
        Link link = LINK.withWireBytesPerByte(0.25);

        assertThat(List.of(
                        link.withBytesPerSecond(7),
                        link.withLatencySeconds(1),
                        link.withMedium("m"),
                        link.withMedium("m").withoutMedium(),
                        link.withPower(RadioPower.NONE, RadioPower.NONE)))
                .allMatch(each -> each.wireBytesPerByte() == 0.25);
    }

    @Test
    void platformFile_factor_isReadAndChecked() {
        String file = """
                {"format": "codnn-platform/1",
                 "devices": [{"name": "a", "preset": "raspberry-pi-4b"}, {"name": "b", "preset": "tesla-t4-fp32"}],
                 "links": [{"from": "*", "to": "*", "bytesPerSecond": 100, "wireBytesPerByte": 0.4}]}
                """;

        assertThat(PlatformJson.parse(file).platform().links().get(0).wireBytes(10))
                .isEqualTo(4);
        assertThatThrownBy(() -> PlatformJson.parse(file.replace("0.4", "1.5")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("links[0]")
                .hasMessageContaining("at most 1, but is 1.5");
    }

    @Test
    void problemFile_factorAndInputBytes_areWrittenAndRead() {
        Tensor input = Tensor.ofBytes("x", 1000);
        LayerGraph graph = LayerGraph.builder("net")
                .input(input)
                .add(Layer.of("l", new Operator.Other("Measured"), List.of(input), List.of(Tensor.ofBytes("y", 4))))
                .build();
        Task task = Task.of("t", graph).withInputBytes("x", 60);
        Platform platform = new Platform(
                List.of(Device.of("a", "k"), Device.of("b", "k")), List.of(LINK.withWireBytesPerByte(0.5)));
        Scenario scenario =
                Scenario.of("s", Workload.of(task), platform, TableCostModel.of(Map.of("l", Map.of("k", 1.0))));

        Scenario read = ProblemJson.parse(ProblemJson.render(scenario));

        assertThat(read.platform().links()).isEqualTo(platform.links());
        Tensor tensor =
                read.workload().tasks().get(0).graph().layers().get(0).inputs().get(0);
        assertThat(tensor.bytes()).isEqualTo(1000);
        assertThat(tensor.transferBytes()).isEqualTo(60);
        assertThat(read.costModel()
                        .transfer(tensor, read.platform().links().get(0))
                        .seconds())
                .isEqualTo(0.5 + 30 / 100.0);
        assertThat(ProblemJson.parse(ProblemJson.render(read))).isEqualTo(read);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task.withInputBytes("z", 1))
                .withMessageContaining("no input 'z'. It has x");
    }
}
