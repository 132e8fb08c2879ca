package io.github.codnn.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.split.PipelineManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Faults of real processes in mid-run: every frame comes out once, in order, and the run ends by itself. */
@EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
class ProcessFaultsTest {

    private static final int STAGES = 3;
    private static final int HEARTBEAT_SECONDS = 3;

    /** Less than half a kilobyte for each frame of the second half. */
    private static final long FLAT_BYTES = 4 << 20;

    @TempDir
    private Path folder;

    /** Runs frames of at least 2 ms and does something to the cluster after each of some frames. */
    private RunReport run(long frames, BiConsumer<LocalCluster, Long> fault) throws IOException {
        PipelineManifest manifest = TestPipelines.write(folder, STAGES, 0.002, 0.0001);
        TestPipelines.CheckingSink check = new TestPipelines.CheckingSink(STAGES);
        RunSettings settings = RunSettings.withDefaults().withEmulation(true, true);
        try (LocalCluster cluster = new LocalCluster("io.github.codnn.cli.Codnn", HEARTBEAT_SECONDS)) {
            FrameSink sink = (number, results) -> {
                check.accept(number, results);
                fault.accept(cluster, number);
            };
            RunReport report = new PipelineRunner(folder, manifest, settings, Replanning.none())
                    .run(cluster, TestPipelines.counting(frames), sink, done -> {}, line -> {});
            assertThat(check.delivered()).isEqualTo(frames);
            return report;
        }
    }

    private static void signal(LocalCluster cluster, String device, String name) {
        CodnnProcess.signal(cluster.process(device).orElseThrow().pid(), name);
    }

    @Test
    void run_workerKilledInMidStream_goesOnFromTheFirstFrameNotDelivered() throws IOException {
        RunReport report = run(300, (cluster, number) -> {
            if (number == 100) {
                signal(cluster, "d1", "KILL");
            }
        });

        assertThat(report.faults()).hasSize(1);
        assertThat(report.faults().get(0)).startsWith("fault at frame ").contains("goes on");
    }

    @Test
    void run_workerThatHangs_isReplacedAfterTheHeartbeatTimeout() throws IOException {
        RunReport report = run(300, (cluster, number) -> {
            if (number == 100) {
                signal(cluster, "d1", "STOP");
            }
        });

        assertThat(report.faults()).hasSize(1);
    }

    @Test
    void run_killedTwentyTimes_recoversEachTimeWithinFiveSeconds() throws IOException {
        assertThat(RecoveryTimes.measure(folder, 20)).hasSize(20).allMatch(recovery -> recovery.resultSeconds() < 5);
    }

    @Test
    void run_tenThousandFrames_losesNoneAndKeepsMemoryFlat() throws IOException {
        List<Long> used = new ArrayList<>();
        run(10_000, (cluster, number) -> {
            if (number % 1000 == 999) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                used.add(runtime.totalMemory() - runtime.freeMemory());
            }
        });

        assertThat(used.get(9)).isLessThan(used.get(1) + FLAT_BYTES);
    }
}
