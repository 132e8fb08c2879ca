package io.github.codnn.cli;

import static io.github.codnn.cli.CommandRunner.codnn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.chart.LineChart;
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
import io.github.codnn.report.MeasuredReport;
import io.github.codnn.report.ReproductionReport;
import io.github.codnn.reproduce.Effort;
import io.github.codnn.reproduce.Finding;
import io.github.codnn.reproduce.Judgement;
import io.github.codnn.reproduce.Reproduction;
import io.github.codnn.reproduce.Table;
import io.github.codnn.run.RunReport;
import io.github.codnn.run.Times;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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

    @Test
    void compare_withReport_writesFiguresOfItsJson() throws Exception {
        Path file = folder.resolve("compare.html");

        CommandRunner.Outcome outcome = codnn(
                "compare",
                "zoo:AlexNet",
                "--platform",
                PLATFORM,
                "--budget",
                "200",
                "--json",
                "--report",
                file.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        ReportFile report = ReportFile.read(file);
        assertThat(report.checkFigures(outcome.out())).isGreaterThan(100);
        assertThat(report.text()).contains("auto", "neurosurgeon", "dblpso-md");
    }

    @Test
    void front_withReport_drawsStepsAndWritesFiguresOfItsJson() throws Exception {
        Path file = folder.resolve("front.html");

        CommandRunner.Outcome outcome = codnn(
                "plan",
                "zoo:AlexNet",
                "--platform",
                PLATFORM,
                "--budget",
                "500",
                "--front",
                "period,energy,price",
                "--json",
                "--report",
                file.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        ReportFile report = ReportFile.read(file);
        assertThat(report.checkFigures(outcome.out())).isGreaterThan(10);
        assertThat(report.elements("polyline"))
                .anyMatch(line -> line.getAttribute("class").startsWith("line"));
    }

    @Test
    void whatIf_withReport_writesFiguresOfItsJson() throws Exception {
        Path plan = folder.resolve("plan.json");
        Path file = folder.resolve("what-if.html");
        codnn("plan", "zoo:AlexNet", "--platform", PLATFORM, "--strategy", "greedy", "--out", plan.toString());

        CommandRunner.Outcome outcome =
                codnn("what-if", plan.toString(), "--without", "edge", "--json", "--report", file.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(ReportFile.read(file).checkFigures(outcome.out())).isGreaterThan(15);
    }

    @Test
    void measured_ofRun_writesFiguresOfItsJson() throws Exception {
        Times times = new Times(100, 0.011, 0.0105, 0.02, 0.03);
        RunReport run = new RunReport(
                100,
                1.5,
                4,
                true,
                false,
                times,
                OptionalDouble.of(0.01),
                times,
                OptionalDouble.empty(),
                List.of(new RunReport.StepReport("<b>1</b>", "drone", times, OptionalDouble.of(0.02))),
                List.of(new RunReport.StepReport("drone -> edge", "wifi", times, OptionalDouble.empty())),
                List.of("lost & found"),
                List.of(),
                Optional.empty());
        Path file = folder.resolve("run.html");

        MeasuredReport.of(run).write(file);

        ReportFile report = ReportFile.read(file);
        assertThat(report.checkFigures(JsonOutput.render(RunDocument.of(run)))).isEqualTo(22);
        assertThat(report.text()).contains("<b>1</b>", "lost & found");
    }

    @Test
    void reproduction_withTableAndChart_writesVerdictsOfItsFindings() throws Exception {
        LineChart chart = new LineChart(
                "chart", "x", "y", List.of(new LineChart.Series("a", List.of(new LineChart.Point(1, 2, 0)))));
        Finding finding = new Finding(
                "title <i>",
                "claim",
                "setting",
                List.of(new Judgement("It holds.", "rule", Judgement.Verdict.CONFIRMED, "p = 0.01.")),
                List.of(new Table("means", List.of("strategy", "mean"), List.of(List.of("auto", "0.5")))),
                List.of(chart));
        Path file = folder.resolve("reproduction.html");

        ReproductionReport.of(new Reproduction(Effort.quick(Optional.empty()), List.of(finding)))
                .write(file);

        ReportFile report = ReportFile.read(file);
        assertThat(report.text()).contains("1. title <i>", "It holds.", "confirmed", "0.5");
        assertThat(report.elements("table")).hasSize(2);
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
