package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemJsonTest {

    /** Two devices, two layers, a deadline, a pin: every field of the format once. */
    private static final String PROBLEM = """
            {"format": "codnn-problem/1", "name": "p", "transfers": "BLOCKING", "stagesPerDevice": "ANY",
             "devices": [
              {"name": "a", "kind": "slow", "memoryBytes": 1000, "activeWatts": 5.2, "idleWatts": 1.6,
               "pricePerSecond": 0.5},
              {"name": "b", "kind": "fast"}],
             "links": [{"from": "*", "to": "*", "bytesPerSecond": 1e6, "latencySeconds": 0.25},
              {"from": "b", "to": "a", "bytesPerSecond": 2e6, "transmit": {"wattsPerMegabitPerSecond": 0.1},
               "receive": {"baseWatts": 2}}],
             "tasks": [{"name": "t", "source": "a", "sink": "b", "frames": 100, "deadlineSeconds": 0.75,
              "layers": [
               {"name": "l1", "memoryBytes": 10, "seconds": {"slow": 0.5, "fast": 0.125}, "pinned": "a"},
               {"name": "l2", "seconds": {"slow": 1, "fast": 0.25}, "colocate": "g"}],
              "tensors": [
               {"name": "x", "from": null, "to": ["l1"], "bytes": 1000000},
               {"name": "y", "from": "l1", "to": ["l2"], "bytes": 500000},
               {"name": "z", "from": "l2", "to": [], "bytes": 4}]}],
             "reference": {"objective": "period", "optimum": 1.5}}
            """;

    @Test
    void read_everyField_isKept() {
        Scenario scenario = ProblemJson.parse(PROBLEM);

        assertThat(scenario.name()).isEqualTo("p");
        assertThat(scenario.rules())
                .isEqualTo(Scenario.Rules.DEFAULT
                        .withTransfers(TransferMode.BLOCKING)
                        .withStagesPerDevice(StagesPerDevice.ANY)
                        .withMemory(MemoryModel.PARAMETERS));
        assertThat(scenario.platform().devices())
                .containsExactly(new Device("a", "slow", Tier.EDGE, 1000, 5.2, 1.6, 0.5, 0), Device.of("b", "fast"));
        Link link = scenario.platform().link("b", "a").orElseThrow();
        assertThat(link.bytesPerSecond()).isEqualTo(2e6);
        assertThat(link.latencySeconds()).isZero();
        assertThat(link.transmit().wattsPerMegabitPerSecond()).isEqualTo(0.1);
        assertThat(link.receive().baseWatts()).isEqualTo(2);
        Task task = scenario.workload().tasks().get(0);
        assertThat(task.source()).contains("a");
        assertThat(task.sink()).contains("b");
        assertThat(task.frames()).isEqualTo(100);
        assertThat(task.deadline()).contains(Deadline.onMean(0.75));
        assertThat(task.pinned()).isEqualTo(Map.of("l1", "a"));
        assertThat(task.colocated()).isEqualTo(Map.of("l2", "g"));
        Tensor x = Tensor.ofBytes("x", 1_000_000);
        Tensor y = Tensor.ofBytes("y", 500_000);
        Tensor z = Tensor.ofBytes("z", 4);
        Operator measured = new Operator.Other("Measured");
        assertThat(task.graph().layers())
                .containsExactly(
                        Layer.of("l1", measured, List.of(x), List.of(y)).withParameters(0, 10),
                        Layer.of("l2", measured, List.of(y), List.of(z)));
        assertThat(task.graph().inputs()).containsExactly(x);
        assertThat(task.graph().outputs()).containsExactly(z);
        assertThat(scenario.costModel())
                .isEqualTo(TableCostModel.of(
                        Map.of("l1", Map.of("slow", 0.5, "fast", 0.125), "l2", Map.of("slow", 1.0, "fast", 0.25))));
    }

    @Test
    void read_absentFields_haveTheirDefaults() {
        Scenario scenario = ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k"}],
                 "tasks": [{"name": "t", "layers": [{"name": "l", "seconds": {"k": 1}}]}]}
                """);

        assertThat(scenario.rules()).isEqualTo(Scenario.Rules.DEFAULT.withMemory(MemoryModel.PARAMETERS));
        Task task = scenario.workload().tasks().get(0);
        assertThat(task).isEqualTo(Task.of("t", task.graph()));
        assertThat(task.graph().layers().get(0).parameterBytes()).isZero();
        assertThat(scenario.platform().links()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "slow": 0.5                | "slow": NaN                 | tasks[0].layers[0].seconds.slow must be a finite number, but is NaN
                    "slow": 0.5                | "slow": 1e999               | tasks[0].layers[0].seconds.slow must be a finite number, but is Infinity
                    "slow": 0.5                | "slow": -0.5                | tasks[0].layers[0].seconds.slow must be zero or greater, but is -0.5
                    "slow": 0.5                | "slow": "0.5"               | tasks[0].layers[0].seconds.slow must be a number, but is "0.5"
                    "bytesPerSecond": 1e6      | "bytesPerSecond": -1e6      | links[0].bytesPerSecond must be greater than zero, but is -1000000.0
                    "bytesPerSecond": 1e6      | "bytesPerSecond": NaN       | links[0].bytesPerSecond must be a finite number, but is NaN
                    "bytesPerSecond": 1e6,     | ''                          | links[0] must have a field 'bytesPerSecond'
                    "latencySeconds": 0.25     | "latency": 0.25             | links[0] has an unknown field 'latency'
                    "from": "b", "to": "a"     | "from": "c", "to": "a"      | links[1].from names device 'c', which does not exist. There are a, b
                    "from": "b", "to": "a"     | "from": "b", "to": "b"      | links[1]: A link must join two devices, but joins 'b' to itself
                    "from": "b", "to": "a"     | "from": "*", "to": "*"      | links[1] is a second link * -> *
                    "name": "b"                | "name": "a"                 | devices[1] is a second device named 'a'
                    "name": "b"                | "name": "*"                 | devices[1]: A device cannot be named '*'
                    "memoryBytes": 1000        | "memoryBytes": 0            | devices[0]: memoryBytes of device 'a' must be positive, but is 0
                    "memoryBytes": 1000        | "memoryBytes": 10.5         | devices[0].memoryBytes must be an integer below 2^63, but is 10.5
                    "memoryBytes": 1000        | "memoryBytes": 9223372036854775808 | devices[0].memoryBytes must be an integer below 2^63, but is 9223372036854775808
                    "source": "a"              | "source": "c"               | tasks[0].source names device 'c', which does not exist
                    "frames": 100              | "frames": 0                 | tasks[0]: The number of frames of task 't' must be positive, but is 0
                    "deadlineSeconds": 0.75    | "deadlineSeconds": 0        | tasks[0].deadlineSeconds: The deadline in seconds must be positive and finite, but is 0.0
                    "name": "l2"               | "name": "l1"                | tasks[0].layers[1] is a second layer named 'l1' of task 't'
                    "pinned": "a"              | "pinned": "c"               | tasks[0].layers[0].pinned names device 'c'
                    "name": "y"                | "name": "x"                 | tasks[0].tensors[1] is a second tensor named 'x'
                    "bytes": 500000            | "bytes": -1                 | tasks[0].tensors[1]: A dimension must be zero or greater
                    "to": ["l2"]               | "to": ["l3"]                | tasks[0].tensors[1].to[0] names layer 'l3', which task 't' does not have
                    "to": ["l2"]               | "to": ["l2", "l2"]          | tasks[0].tensors[1].to[1] names layer 'l2' a second time
                    "to": ["l2"]               | "to": "l2"                  | tasks[0].tensors[1].to must be an array, but is "l2"
                    "from": "l2", "to": []     | "from": "l2", "to": ["l1"]  | tasks[0]: The layers of network 't' form a cycle through l1, l2
                    "from": "l2", "to": []     | "to": []                    | tasks[0].tensors[2] has neither a layer in 'from' nor one in 'to'
                    "transfers": "BLOCKING"    | "transfers": "blocking"     | transfers must be one of [OVERLAPPED, BLOCKING], but is 'blocking'
                    "codnn-problem/1"          | "codnn-problem/2"           | format must be 'codnn-problem/1', but is 'codnn-problem/2'
                    "name": "p"                | "name": 7                   | name must be a text, but is 7
                    "name": "p"                | "name": " "                 | name must not be blank
                    "name": "p"                | "name": null                | must have a field 'name'
                    "name": "p"                | "name": "p", "name": "q"    | is not valid JSON: Duplicate
                    "tasks": [                 | "tasks": [7,                | tasks[0] must be an object, but is 7
                    "format"                   | format                      | line 1: is not valid JSON
                    """)
    void read_badField_isNamedInOneLine(String before, String after, String message) {
        assertThat(PROBLEM).contains(before);
        String broken = PROBLEM.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after));

        assertThatThrownBy(() -> ProblemJson.parse(broken))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("problem:")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                      | problem: is empty
                    []                                      | problem: must be an object, but is an array
                    {"format": "codnn-problem/1"} {}        | problem: line 1: something follows the end of the document
                    {"format": "codnn-problem/1"            | problem: line 1: is not valid JSON
                    {"format": "codnn-problem/1", "name": "p", "devices": [], "tasks": []} | There must be at least one device
                    {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k"}], "tasks": []} | There must be at least one task
                    {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k"}], "tasks": [{"name": "t", "layers": []}]} | There must be at least one layer
                    """)
    void read_brokenDocument_isRefused(String text, String message) {
        assertThatThrownBy(() -> ProblemJson.parse(text))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(message);
    }

    @Test
    void read_deepNesting_isRefused() {
        assertThatThrownBy(() -> ProblemJson.parse("[".repeat(100_000)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("nested more deeply");
    }

    @Test
    void read_missingFile_isNamed(@TempDir Path folder) {
        Path file = folder.resolve("nothing.json");

        assertThatThrownBy(() -> ProblemJson.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessage(file + ": there is no such file");
        assertThatThrownBy(() -> ProblemJson.read(folder))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(folder.toString());
    }

    @Tag("slow")
    @Test
    void read_hugeFile_isRefusedBeforeItFillsTheMemory(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("huge.json");
        byte[] zeros = "0,".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream stream = Files.newOutputStream(file)) {
            stream.write('[');
            for (int megabyte = 0; megabyte < 65; megabyte++) {
                stream.write(zeros);
            }
        }

        assertThatThrownBy(() -> ProblemJson.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("is larger");
    }

    @Test
    void read_notUtf8_isRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latin.json");
        Files.write(file, "{\"name\": \"Pl\u00e4ne\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ProblemJson.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("Invalid UTF-8");
    }

    @Test
    void roundTrip_everyField_givesAnEqualScenario() {
        Scenario plain = ProblemJson.parse(PROBLEM).withMaxDevices(3);
        List<Device> devices = plain.platform().devices().stream()
                .map(device -> device.withSwitchOnJoules(2.5))
                .toList();
        Scenario scenario = plain.withPlatform(
                        new Platform(devices, plain.platform().links()))
                .withIdle(IdlePolicy.ALL);

        assertThat(ProblemJson.parse(ProblemJson.render(scenario))).isEqualTo(scenario);
    }

    @Test
    void render_withoutSwitchOnAndIdle_leavesTheFieldsOut() {
        assertThat(ProblemJson.render(ProblemJson.parse(PROBLEM))).doesNotContain("switchOnJoules", "idle\"");
    }

    @Test
    void read_idle_isOneOfTwo() {
        String text = PROBLEM.replaceFirst("\"transfers\"", "\"idle\": \"ALL\", \"transfers\"");

        assertThat(ProblemJson.parse(text).rules().idle()).isEqualTo(IdlePolicy.ALL);
        assertThatThrownBy(() -> ProblemJson.parse(text.replace("\"ALL\"", "\"SOME\"")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("idle")
                .hasMessageContaining("SOME")
                .hasMessageContaining("PARTICIPATING");
    }

    @Test
    void roundTrip_layerNamesSharedByTasks_keepEachTasksTimes() {
        String task = "{\"name\": \"%s\", \"layers\": [{\"name\": \"l\", \"seconds\": {\"k\": %s}}]}";
        String problem = "{\"format\": \"codnn-problem/1\", \"name\": \"p\", \"devices\": [{\"name\": \"a\", \"kind\": "
                + "\"k\"}], \"tasks\": [" + task.formatted("one", 1) + "," + task.formatted("two", 2) + ","
                + task.formatted("three", 1) + "]}";
        Scenario scenario = ProblemJson.parse(problem);

        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        assertThat(evaluator.compiled().seconds(0, 0)).isEqualTo(1);
        assertThat(evaluator.compiled().seconds(1, 0)).isEqualTo(2);
        assertThat(evaluator.compiled().seconds(2, 0)).isEqualTo(1);
        assertThat(scenario.workload().tasks().get(1).graph().layers().get(0).name())
                .isEqualTo("l");
        assertThat(ProblemJson.parse(ProblemJson.render(scenario))).isEqualTo(scenario);
    }

    @Test
    void roundTrip_networkWithPredictedTimes_keepsEveryFigure() {
        Scenario scenario = networkScenario();
        Placement placement = new Placement(Map.of("drone", Map.of("conv", "pi", "relu", "pi", "add", "gpu")));

        String text = ProblemJson.render(scenario);
        Scenario copy = ProblemJson.parse(text);

        assertThat(PlanEvaluator.of(copy).evaluate(placement))
                .isEqualTo(PlanEvaluator.of(scenario).evaluate(placement));
        assertThat(copy.workload().tasks().get(0).graph().name()).isEqualTo("net");
        assertThat(ProblemJson.render(copy)).isEqualTo(text);
    }

    /** A tensor that is read and delivered, one that is neither, and an input that nothing reads. */
    private static Scenario networkScenario() {
        Tensor image = Tensor.float32("image", 1, 3, 8, 8);
        Tensor unused = Tensor.float32("unused", 2);
        Tensor features = Tensor.float32("features", 1, 4, 8, 8);
        Tensor dropped = Tensor.float32("dropped", 5);
        Tensor active = Tensor.float32("active", 1, 4, 8, 8);
        Tensor sum = Tensor.float32("sum", 1, 4, 8, 8);
        LayerGraph graph = LayerGraph.builder("net")
                .input(image)
                .input(unused)
                .add(Layer.of("conv", new Operator.MatMul(), List.of(image), List.of(features, dropped))
                        .withParameters(108, 432)
                        .withMacs(6912))
                .add(Layer.of("relu", new Operator.Activation("Relu"), List.of(features), List.of(active)))
                .add(Layer.of("add", new Operator.Elementwise("Add"), List.of(active, features), List.of(sum)))
                .output("sum")
                .output("features")
                .build();
        Task task = Task.of("drone", graph, "pi").withFrames(30).withDeadline(Deadline.onResponse(1));
        Platform platform = new Platform(
                List.of(DevicePresets.RASPBERRY_PI_4B.device("pi"), DevicePresets.RTX_2080.device("gpu")),
                List.of(LinkPresets.WIFI.uplink("pi", "gpu"), LinkPresets.WIFI.downlink("gpu", "pi")));
        return Scenario.of("net on two", Workload.of(task), platform, RooflineCostModel.withPresets());
    }

    @Test
    void write_devicesOfOneKindWithOwnTimes_getKindsOfTheirOwn() {
        LayerGraph graph = LayerGraph.builder("net")
                .add(Layer.of("l", new Operator.MatMul(), List.of(), List.of()))
                .build();
        Platform platform = new Platform(
                List.of(Device.of("a", "k"), Device.of("b", "k"), Device.of("c", "k"), Device.of("d", "k/b")),
                List.of());
        Scenario scenario = Scenario.of(
                "s",
                Workload.of(Task.of("t", graph)),
                platform,
                (layer, device) -> new Cost(device.name().equals("b") ? 2 : 1, 0));

        Scenario copy = ProblemJson.parse(ProblemJson.render(scenario));

        assertThat(copy.platform().devices().stream().map(Device::kind)).containsExactly("k", "k/b'", "k", "k/b");
        assertThat(PlanEvaluator.of(copy).compiled().seconds(0, 1)).isEqualTo(2);
    }

    @Test
    void write_energyThatIsNotTimeTimesPower_isKept() {
        LayerGraph graph = LayerGraph.builder("net")
                .add(Layer.of("l", new Operator.MatMul(), List.of(), List.of()))
                .build();
        Scenario scenario = Scenario.of(
                "s",
                Workload.of(Task.of("t", graph)),
                new Platform(List.of(Device.of("a", "k").withWatts(3, 1)), List.of()),
                (layer, device) -> new Cost(1, 2));

        Scenario read = ProblemJson.parse(ProblemJson.render(scenario));

        assertThat(PlanEvaluator.of(read).compiled().seconds(0, 0)).isEqualTo(1);
        assertThat(PlanEvaluator.of(read).compiled().joules(0, 0)).isEqualTo(2);
    }

    @Test
    void write_toAFile_replacesItAndLeavesNothingElse(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("p.json");
        Files.writeString(file, "old");
        Scenario scenario = ProblemJson.parse(PROBLEM);

        ProblemJson.write(scenario, file);

        assertThat(ProblemJson.read(file)).isEqualTo(scenario);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(
                        () -> ProblemJson.write(scenario, folder.resolve("none").resolve("p.json")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("cannot be written");
    }
}
