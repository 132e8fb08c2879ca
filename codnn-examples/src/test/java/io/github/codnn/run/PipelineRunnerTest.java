package io.github.codnn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Tensor;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members in this JVM: two devices and the caller, within reach of this machine only. */
class PipelineRunnerTest {

    private static final List<Worker> WORKERS = new ArrayList<>();
    private static Cluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startMembers() throws IOException {
        String name = UUID.randomUUID().toString();
        Worker first = Worker.start(new MemberSettings("d0", name, freeAddress(), Optional.empty(), 10));
        WORKERS.add(first);
        WORKERS.add(Worker.start(new MemberSettings("d1", name, freeAddress(), Optional.of(first.address()), 10)));
        cluster = new JoinedCluster(new MemberSettings("", name, freeAddress(), Optional.of(first.address()), 10));
    }

    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    @AfterAll
    static void stopMembers() {
        cluster.close();
        WORKERS.forEach(Worker::close);
    }

    private RunReport run(RunSettings settings, FrameSource source, FrameSink sink) {
        PipelineManifest manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
        return new PipelineRunner(folder, manifest, settings, Replanning.none())
                .run(cluster, source, sink, done -> {}, line -> {});
    }

    @Test
    void run_twoStages_deliversEachFrameOnceInOrder() throws IOException {
        TestPipelines.write(folder, 2);
        TestPipelines.CheckingSink sink = new TestPipelines.CheckingSink(2);

        RunReport report = run(RunSettings.withDefaults(), TestPipelines.counting(200), sink);

        assertThat(sink.delivered()).isEqualTo(200);
        assertThat(report.frames()).isEqualTo(200);
        assertThat(report.stages()).extracting(RunReport.StepReport::name).containsExactly("s0", "s1");
        assertThat(report.stages())
                .allSatisfy(stage -> assertThat(stage.times().count()).isEqualTo(200 - report.inFlight()));
        assertThat(report.faults()).isEmpty();
        assertThat(report.links()).isEmpty();
    }

    @Test
    void run_emulated_takesThePredictedTimes() throws IOException {
        TestPipelines.write(folder, 2, 0.02, 0.005);
        TestPipelines.CheckingSink sink = new TestPipelines.CheckingSink(2);
        RunSettings settings = RunSettings.withDefaults().withEmulation(true, true);

        RunReport report = run(settings, TestPipelines.counting(40), sink);

        assertThat(sink.delivered()).isEqualTo(40);
        assertThat(report.period().meanSeconds()).isBetween(0.0199, 0.025);
        assertThat(report.response().medianSeconds()).isGreaterThan(0.0499);
        assertThat(report.links()).extracting(RunReport.StepReport::name).containsExactly("s0 -> d1", "s1 -> caller");
        assertThat(report.links())
                .allSatisfy(link -> assertThat(link.times().meanSeconds()).isGreaterThanOrEqualTo(0.005));
    }

    @Test
    void run_frameOfAnotherShape_endsWithTheStageAndTheFrame() throws IOException {
        TestPipelines.write(folder, 2);
        FrameSource source = new FrameSource() {
            @Override
            public long count() {
                return 10;
            }

            @Override
            public List<TensorValue> frame(long number) {
                return number < 3
                        ? TestPipelines.counting(10).frame(number)
                        : List.of(TensorValue.zeros(Tensor.float32("x0", 1, 5)));
            }
        };
        TestPipelines.CheckingSink sink = new TestPipelines.CheckingSink(2);

        assertThatThrownBy(() -> run(RunSettings.withDefaults(), source, sink))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("Stage 's0' fails at frame 3: ")
                .hasMessageContaining("[1, 5]");
        assertThat(sink.delivered()).isEqualTo(3);
    }

    @Test
    void run_sinkThatFails_endsWithItsReason() throws IOException {
        TestPipelines.write(folder, 2);

        assertThatThrownBy(() -> run(RunSettings.withDefaults(), TestPipelines.counting(10), (number, results) -> {
                    if (number == 4) {
                        throw new CodnnException("No space left");
                    }
                }))
                .isInstanceOf(PipelineException.class)
                .hasMessage("No space left");
    }

    @Test
    void run_deviceWithoutMember_saysWhatToStart() throws IOException {
        TestPipelines.write(folder, 3);
        RunSettings settings = RunSettings.withDefaults().withWaitSeconds(1);

        assertThatThrownBy(() -> run(settings, TestPipelines.counting(10), FrameSink.none()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("codnn worker --device d2")
                .hasMessageContaining("0 frames were delivered");
    }
}
