package io.github.codnn.cli;

import static io.github.codnn.cli.CommandRunner.codnn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ReportTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\" onload=\"alert(2)",
            "' onerror='alert(3)",
            "</script><img src=x onerror=alert(4)>",
            "&lt;b&gt;",
            "]]><!--",
            "\u202egnp\u0000.\ud83d",
            "javascript:alert(5)");

    @TempDir
    private Path folder;

    @Test
    void plan_withReport_writesFiguresOfItsJson() throws Exception {
        Path file = folder.resolve("plan.html");

        CommandRunner.Outcome outcome = codnn(
                "plan",
                "zoo:GoogLeNet",
                "--platform",
                PLATFORM,
                "--strategy",
                "greedy",
                "--frames",
                "50",
                "--json",
                "--report",
                file.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        ReportFile report = ReportFile.read(file);
        assertThat(report.checkFigures(outcome.out())).isGreaterThan(20);
        assertThat(report.elements("h2").stream().map(Element::getTextContent))
                .contains("At a glance", "Network", "Timeline", "Utilisation", "Stages", "Tasks", "Energy");
        assertThat(Files.size(file)).isLessThan(400_000);
    }

    @Test
    void plan_namesThatAreMarkup_areTextInReport() throws Exception {
        Path problem = folder.resolve("hostile.json");
        Path file = folder.resolve("hostile.html");
        ProblemJson.write(CompiledScenario.tabulated(hostile()), problem);

        CommandRunner.Outcome outcome =
                codnn("plan", "--problem", problem.toString(), "--json", "--report", file.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        ReportFile report = ReportFile.read(file);
        assertThat(report.checkFigures(outcome.out())).isPositive();
        assertThat(report.html().split("<script", -1)).hasSize(2);
        assertThat(report.elements("script")).isEmpty();
        assertThat(report.elements("img")).isEmpty();
        assertThat(report.attributes()).noneMatch(name -> name.startsWith("on"));
        for (String name : HOSTILE.subList(0, 4)) {
            assertThat(report.text()).contains(name);
        }
        assertThat(report.html()).doesNotContain("\u202e", "\u0000");
    }

    @Test
    void plan_reportThatCannotBeWritten_isRefusedBeforeTheSearch() {
        CommandRunner.Outcome outcome = codnn(
                "plan",
                "zoo:VGG19",
                "--platform",
                PLATFORM,
                "--report",
                folder.resolve("missing/plan.html").toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("does not exist");
        assertThat(outcome.out()).isEmpty();
    }

    /** A chain whose layers, tensors, devices and task have such names. */
    private static Scenario hostile() {
        LayerGraph.Builder graph = LayerGraph.builder(HOSTILE.get(0));
        Tensor tensor = Tensor.float32("in" + HOSTILE.get(0), 1, 64, 32, 32);
        graph.input(tensor);
        for (String name : HOSTILE) {
            Tensor next = Tensor.float32("out " + name, 1, 64, 32, 32);
            graph.add(Layer.of(name, new Operator.Activation("Relu"), List.of(tensor), List.of(next))
                    .withMacs(4_000_000_000L));
            tensor = next;
        }
        Platform.Builder platform = Platform.builder();
        List<String> devices = HOSTILE.subList(0, 4);
        devices.forEach(name -> platform.device(Device.of(name, "jetson-nano-gpu")));
        for (String from : devices) {
            devices.stream().filter(to -> !to.equals(from)).forEach(to -> platform.link(Link.of(from, to, 1e8, 1e-3)));
        }
        Task task = Task.of(HOSTILE.get(1), graph.output(tensor.name()).build(), devices.get(0))
                .withFrames(20);
        return Scenario.of(HOSTILE.get(3), Workload.of(task), platform.build(), RooflineCostModel.withPresets());
    }
}
