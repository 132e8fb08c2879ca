package io.github.codnn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a cluster whose workers are processes that somebody else starts, as on other machines. */
class MachineFaultsTest {

    private static final int STAGES = 3;
    private static final int HEARTBEAT_SECONDS = 3;
    private static final int SLOW_MILLIS = 100;

    @TempDir
    private Path folder;

    private final String cluster = UUID.randomUUID().toString();
    private final Map<String, CodnnProcess> workers = new HashMap<>();
    private final List<String> notices = new ArrayList<>();

    @AfterEach
    void stopWorkers() {
        workers.values().forEach(CodnnProcess::close);
    }

    private static String freeAddress() {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startWorker(String device, String bind, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--cluster", cluster, "--bind", bind));
        all.addAll(List.of(arguments));
        try {
            workers.put(device, CodnnProcess.worker(folder, device, all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a worker for each device and returns the address of the first. */
    private String startWorkers() {
        String first = freeAddress();
        startWorker("d0", first);
        for (int device = 1; device < STAGES; device++) {
            startWorker("d" + device, freeAddress(), "--join", first);
        }
        return first;
    }

    private RunReport run(String join, Replanning replanning, int waitSeconds, long frames, LongConsumer fault) {
        PipelineManifest manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
        TestPipelines.CheckingSink check = new TestPipelines.CheckingSink(STAGES);
        RunSettings settings = RunSettings.withDefaults().withWaitSeconds(waitSeconds);
        FrameSink sink = (number, results) -> {
            check.accept(number, results);
            fault.accept(number);
        };
        MemberSettings member = new MemberSettings("", cluster, freeAddress(), Optional.of(join), HEARTBEAT_SECONDS);
        try (JoinedCluster joined = new JoinedCluster(member)) {
            RunReport report = new PipelineRunner(folder, manifest, settings, replanning)
                    .run(joined, TestPipelines.counting(frames), sink, done -> {}, notices::add);
            assertThat(check.delivered()).isEqualTo(frames);
            return report;
        }
    }

    private Path pipelineOn(String... devices) throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        TestPipelines.writeOn(other, List.of(devices), Map.of());
        return other;
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_machineThatLeavesAndComesBack_waitsForIt() throws IOException {
        TestPipelines.write(folder, STAGES);
        String join = startWorkers();

        RunReport report = run(join, Replanning.none(), 60, 2000, number -> {
            if (number == 700) {
                workers.get("d1").signal("KILL");
                startWorker("d1", freeAddress(), "--join", join);
            }
        });

        assertThat(report.faults()).hasSize(1);
        assertThat(report.replans()).isEmpty();
    }

    @Test
    void run_machineThatIsLostForGood_goesOnWithAnotherPlan() throws IOException {
        TestPipelines.write(folder, STAGES);
        Path other = pipelineOn("d0", "d0", "d2");
        String join = startWorkers();

        RunReport report = run(
                join,
                devices -> {
                    assertThat(devices).containsExactly("d0", "d2");
                    return other;
                },
                1,
                600,
                number -> {
                    if (number == 200) {
                        workers.get("d1").signal("KILL");
                    }
                });

        assertThat(report.replans()).singleElement().satisfies(replan -> {
            assertThat(replan.lost()).containsExactly("d1");
            assertThat(replan.devices()).containsExactly("d0", "d2");
            assertThat(replan.frame()).isBetween(200L, 599L);
        });
        assertThat(notices).last().asString().startsWith("lost d1 at frame ").contains("a new plan on d0, d2");
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_machineThatIsLostWithoutAnotherPlan_saysWhy() throws IOException {
        TestPipelines.write(folder, STAGES);
        String join = startWorkers();
        Replanning none = devices -> {
            throw new CodnnException("none keeps all constraints on d0, d2");
        };

        assertThatThrownBy(() -> run(join, none, 1, 600, number -> {
                    if (number == 200) {
                        workers.get("d1").signal("KILL");
                    }
                }))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("No member is device 'd1' within 1 s")
                .hasMessageContaining("frames were delivered. There is no other plan: none keeps all constraints");
    }

    /** Both links of the middle stage lead through a proxy, which becomes slow when the cluster is complete. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_linkThatIsSlow_goesOnAndShowsIt() throws IOException {
        TestPipelines.write(folder, STAGES);
        String bind = freeAddress();
        try (SlowProxy proxy = new SlowProxy(MemberSettings.port(bind))) {
            startWorker("d1", bind, "--public-address", proxy.address());
            startWorker("d0", freeAddress(), "--join", proxy.address());
            startWorker("d2", freeAddress(), "--join", proxy.address());

            proxy.delay(SLOW_MILLIS);

            RunReport report = run(proxy.address(), Replanning.none(), 60, 60, number -> {});

            assertThat(report.faults()).isEmpty();
            assertThat(report.response().medianSeconds()).isGreaterThan(2e-3 * SLOW_MILLIS);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_stageThatIsServedElsewhere_callsItThereAndEndsWithItsServer() throws IOException {
        TestPipelines.write(folder, STAGES);
        Path served = folder.resolve("stage1.onnx");
        try (CodnnProcess server =
                CodnnProcess.start(folder, "serve", served.toString(), "--name", "s1", "--port", "0", "--json")) {
            String port = server.awaitLine("\"port\"").replaceAll("[^0-9]", "");
            TestPipelines.writeOn(folder, List.of("d0", "d1", "d2"), Map.of("d1", "127.0.0.1:" + port));
            String join = freeAddress();
            startWorker("d0", join);
            startWorker("d2", freeAddress(), "--join", join);

            RunReport report = run(join, Replanning.none(), 60, 100, number -> {});
            assertThat(report.frames()).isEqualTo(100);
            assertThat(report.stages().get(1).times().count()).isPositive();

            assertThatThrownBy(() -> run(join, Replanning.none(), 60, 5000, number -> {
                        if (number == 50) {
                            server.signal("KILL");
                        }
                    }))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining("Stage 's1' fails at frame")
                    .hasMessageContaining("UNAVAILABLE");
        }
    }
}
