package io.github.codnn.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.observe.AdaptationReport;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.run.AdaptiveRun.Outcome;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose emulated Wi-Fi drops to a quarter of its rate. */
class AdaptiveRunTest {

    private static final int ELEMENTS = 4_096;
    private static final int SLOW_MILLIS = 100;

    @TempDir
    private Path folder;

    /** Two layers of 20 ms on either device, with 16 KiB between them: 17 ms over the radio, 66 ms after the drop. */
    private AdaptiveRun tiny() throws IOException {
        byte[] bytes = OnnxFile.opset(13)
                .input("x0", OnnxFile.FLOAT, 1, ELEMENTS)
                .real("addend", 1)
                .node("Add", List.of("x0", "addend"), "x1")
                .node("Add", List.of("x1", "addend"), "x2")
                .output("x2", OnnxFile.FLOAT, 1, ELEMENTS)
                .bytes();
        Path model = Files.write(folder.resolve("tiny.onnx"), bytes);
        Medium radio = new Medium("radio", 1e6, Medium.Duplex.FULL);
        Platform platform = Platform.builder()
                .device("d0", DevicePresets.RASPBERRY_PI_3B_PLUS)
                .device("d1", DevicePresets.RASPBERRY_PI_3B_PLUS)
                .medium(radio)
                .link(Link.of("d0", "d1", radio, 1e-3))
                .link(Link.of("d1", "d0", radio, 1e-3))
                .build();
        CostModel costs = new CostModel() {
            @Override
            public Cost compute(Layer layer, Device device) {
                return new Cost(0.02, 0.02);
            }
        };
        Task task = Task.of("tiny", OnnxReader.withDefaults().read(model).graph(), "d0")
                .withFrames(100);
        Scenario scenario = Scenario.of("tiny", new Workload(List.of(task)), platform, costs);
        Plan plan =
                Planner.withDefaults().plan(scenario, Objective.PERIOD).best().orElseThrow();
        assertThat(plan.metrics().throughputPerSecond()).isEqualTo(50);
        return new AdaptiveRun(plan, model, "radio", 0.8);
    }

    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** Members in this JVM, which start faster than processes. */
    @Test
    void run_mediumDropsToAQuarter_movesAndLosesNoFrame() throws IOException {
        String name = UUID.randomUUID().toString();
        AdaptiveRun run = tiny();
        try (Worker first = Worker.start(new MemberSettings("d0", name, freeAddress(), Optional.empty(), 10));
                Worker second =
                        Worker.start(new MemberSettings("d1", name, freeAddress(), Optional.of(first.address()), 10));
                Cluster cluster = new JoinedCluster(
                        new MemberSettings("", name, freeAddress(), Optional.of(second.address()), 10))) {
            Outcome outcome = run.run(cluster, 100, 100);

            assertThat(outcome.report().faults()).isEmpty();
            List<AdaptationReport.Span> spans =
                    outcome.report().adaptation().orElseThrow().spans();
            assertThat(spans.get(spans.size() - 1).devices()).containsExactly("d0");
            assertThat(outcome.predicted()).isEqualTo(25);
            assertMoves(run, outcome);
        }
    }

    /** What passes the proxy in one piece waits from frame 100 on. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_realLinkBecomesSlow_movesAndLosesNoFrame() throws IOException {
        String name = UUID.randomUUID().toString();
        String bind = freeAddress();
        AdaptiveRun run = tiny();
        try (SlowProxy proxy = new SlowProxy(MemberSettings.port(bind));
                Worker second = Worker.start(
                        new MemberSettings("d1", name, bind, Optional.empty(), Optional.of(proxy.address()), 10));
                Worker first =
                        Worker.start(new MemberSettings("d0", name, freeAddress(), Optional.of(proxy.address()), 10));
                Cluster cluster = new JoinedCluster(
                        new MemberSettings("", name, freeAddress(), Optional.of(first.address()), 10))) {
            RunReport report = run.runOnRealLinks(cluster, 200, 500, number -> {
                if (number == 100) {
                    proxy.delay(SLOW_MILLIS);
                }
            });

            assertThat(second.address()).isNotEqualTo(first.address());
            AdaptationReport adaptation = report.adaptation().orElseThrow();
            assertThat(adaptation.spans().get(0).devices()).containsExactlyInAnyOrder("d0", "d1");
            assertThat(adaptation.spans().get(adaptation.spans().size() - 1).devices())
                    .as("%s", run.notices())
                    .containsExactly("d0");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_deviceIsLost_goesOnWithTheOthersAndLosesNoFrame() throws IOException {
        String name = UUID.randomUUID().toString();
        AdaptiveRun run = tiny();
        try (Worker first = Worker.start(new MemberSettings("d0", name, freeAddress(), Optional.empty(), 3));
                Worker second =
                        Worker.start(new MemberSettings("d1", name, freeAddress(), Optional.of(first.address()), 3));
                Cluster cluster = new JoinedCluster(
                        new MemberSettings("", name, freeAddress(), Optional.of(first.address()), 3))) {
            Runnable loss = second::close;
            RunReport report = run.runOnRealLinks(cluster, 200, 200, number -> {
                if (number == 50) {
                    loss.run();
                }
            });

            assertThat(report.frames()).isEqualTo(200);
            assertThat(report.replans()).singleElement().satisfies(replan -> {
                assertThat(replan.lost()).containsExactly("d1");
                assertThat(replan.devices()).containsExactly("d0");
            });
            assertThat(report.adaptation().orElseThrow().spans())
                    .last()
                    .satisfies(span -> assertThat(span.reason()).isEqualTo("lost d1"));
        }
    }

    private static void assertMoves(AdaptiveRun run, Outcome outcome) {
        assertThat(outcome.recoverySeconds()).as("%s", run.notices()).isLessThan(10);
        assertThat(run.notices()).anyMatch(line -> line.contains(": move, because a period lower by "));
    }

    /** GoogLeNet on a drone, an edge device and a cloud, each a process. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_wifiOfReadmeDropsToAQuarter_recoversWithinTenSeconds() {
        AdaptiveRun run = AdaptiveRun.readme(folder);
        try (LocalCluster cluster = new LocalCluster(AdaptiveRun.MAIN_CLASS, 10)) {
            Outcome outcome = run.run(cluster, 1_000, 150);

            assertThat(outcome.report().faults()).isEmpty();
            assertMoves(run, outcome);
            assertThat(outcome.slow()).as("%s", run.notices()).isLessThan(0.8 * outcome.predicted());
            assertThat(outcome.after()).as("%s", run.notices()).isGreaterThan(0.9 * outcome.predicted());
        }
    }
}
