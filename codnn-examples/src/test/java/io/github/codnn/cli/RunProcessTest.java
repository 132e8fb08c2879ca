package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.run.CodnnProcess;
import io.github.codnn.run.TestPipelines;
import io.github.codnn.runtime.TensorFiles;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.ZooInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a process of its own, with real workers. */
@EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
class RunProcessTest {

    @TempDir
    private Path folder;

    private static List<Path> results(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.sorted().toList();
        }
    }

    private static void awaitResults(Path out, int count, CodnnProcess process) throws IOException {
        while (results(out).size() < count) {
            assertThat(process.isAlive()).as("%s", process.errorLines()).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** A process whose parent ignores the signal ignores it, too. */
    private static boolean ignoresInterrupts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    @Test
    void run_interrupted_endsCleanly() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs /proc");
        Assumptions.assumeFalse(ignoresInterrupts(), "the parent of this process ignores SIGINT");
        TestPipelines.write(folder, 2);
        Path out = folder.resolve("out");
        try (CodnnProcess run =
                CodnnProcess.start(folder, "run", folder.toString(), "--frames", "1000000", "--out", out.toString())) {
            awaitResults(out, 30, run);
            List<ProcessHandle> workers = run.descendants();
            assertThat(workers).hasSizeGreaterThanOrEqualTo(2);

            run.signal("INT");

            assertThat(run.awaitEnd()).isEqualTo(130);
            List<Path> results = results(out);
            assertThat(run.errorLines()).containsExactly("codnn: Interrupted after " + results.size() + " frames");
            for (Path result : results) {
                assertThat(result.toString()).endsWith("-x2.npy");
                TensorFiles.read(result, 1 << 20);
            }
            for (ProcessHandle worker : workers) {
                worker.onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }

    /** Three devices of one kind, each with its own price, and a network that uses all of them. */
    private Path plan(Path model) throws IOException {
        List<String> devices = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            devices.add("{\"name\": \"" + name + "\", \"preset\": \"raspberry-pi-3b-plus\"}");
        }
        Path platform = Files.writeString(folder.resolve("platform.json"), """
                {"format": "codnn-platform/1",
                 "devices": [%s],
                 "links": [{"from": "*", "to": "*", "latencySeconds": 1e-5, "bytesPerSecond": 1e9}]}
                """.formatted(String.join(", ", devices)));
        Path plan = folder.resolve("plan.json");
        CommandRunner.Outcome outcome = CommandRunner.codnn(
                "plan", model.toString(), "--platform", platform.toString(), "--out", plan.toString(), "--source", "a");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return plan;
    }

    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private CodnnProcess worker(String device, String bind, String... join) throws IOException {
        List<String> all = new ArrayList<>(List.of("worker", "--device", device, "--bind", bind));
        all.addAll(List.of(join));
        CodnnProcess worker = CodnnProcess.start(folder, all.toArray(String[]::new));
        worker.awaitLine("ready: device " + device);
        return worker;
    }

    @Test
    void run_machineLostForGood_plansAgainForTheOthers() throws Exception {
        Path model = folder.resolve("squeezenet.onnx");
        OnnxWriter.withDefaults()
                .withRandomWeights(1)
                .write(ModelZoo.named("squeezenet1.1").build(ZooInput.ofSize(64)), model);
        Path plan = plan(model);
        Path out = folder.resolve("out");
        Path alone = folder.resolve("alone");
        String join = freeAddress();
        List<String> common = List.of("run", "--plan", plan.toString(), "--model", model.toString(), "--frames", "400");
        List<String> arguments = new ArrayList<>(common);
        arguments.addAll(List.of("--join", join, "--wait", "2", "--out", out.toString(), "--json"));
        try (CodnnProcess first = worker("a", join);
                CodnnProcess second = worker("b", freeAddress(), "--join", join);
                CodnnProcess third = worker("c", freeAddress(), "--join", join);
                CodnnProcess run = CodnnProcess.start(folder, arguments.toArray(String[]::new))) {
            awaitResults(out, 60, run);
            second.signal("KILL");
            JsonNode report = new ObjectMapper().readTree(run.allOutput());

            assertThat(run.awaitEnd()).isZero();
            assertThat(third.isAlive() && first.isAlive()).isTrue();
            assertThat(report.path("frames").asInt()).isEqualTo(400);
            assertThat(report.path("replans")).hasSize(1);
            assertThat(report.path("replans").path(0).path("lost").path(0).asText())
                    .isEqualTo("b");
            assertThat(report.path("replans").path(0).path("devices").toString())
                    .doesNotContain("\"b\"");
        }
        List<String> again = new ArrayList<>(common);
        again.addAll(List.of("--no-links", "--out", alone.toString()));
        CommandRunner.Outcome outcome = CommandRunner.codnn(again.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        List<Path> expected = results(alone);
        assertThat(results(out)).hasSameSizeAs(expected).hasSize(400);
        for (int frame = 0; frame < expected.size(); frame++) {
            assertThat(results(out).get(frame)).hasSameBinaryContentAs(expected.get(frame));
        }
    }
}
