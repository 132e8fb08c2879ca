package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cli.CommandRunner.Outcome;
import io.github.codnn.graph.Tensor;
import io.github.codnn.run.TestPipelines;
import io.github.codnn.runtime.TensorFiles;
import io.github.codnn.runtime.TensorValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The command line with real processes, one for each of two devices. */
class RunCommandTest {

    @TempDir
    private Path folder;

    private Path frames(int count) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int frame = 0; frame < count; frame++) {
            TensorFiles.write(TestPipelines.value("x0", frame), in.resolve("frame" + frame + ".npy"));
        }
        return in;
    }

    private Outcome run(Path in, Path out) throws IOException {
        TestPipelines.write(folder, 2);
        return CommandRunner.codnn("run", folder.toString(), "--in", in.toString(), "--out", out.toString(), "--json");
    }

    @Test
    void run_framesFromAFolder_writesTheirResults() throws IOException {
        Path out = folder.resolve("out");

        Outcome outcome = run(frames(3), out);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out())
                .contains("\"format\" : \"codnn-run/1\"", "\"frames\" : 3", "\"emulatedLinks\" : false");
        for (int frame = 0; frame < 3; frame++) {
            Path file = out.resolve("00000000" + frame + "-x2.npy");
            assertThat(TensorFiles.read(file, 1 << 20).withName("x2")).isEqualTo(TestPipelines.value("x2", frame + 11));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_frameThatIsDamaged_endsWithItsFile() throws IOException {
        Path in = frames(3);
        Files.write(in.resolve("frame1.npy"), new byte[] {1, 2, 3});

        assertFailure(run(in, folder.resolve("out")), Codnn.BAD_INPUT, "frame1.npy: is no .npy file");
        assertThat(folder.resolve("out/000000000-x2.npy")).exists();
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_frameThatIsTooLarge_endsWithItsFile() throws IOException {
        Path in = frames(3);
        TensorFiles.write(TensorValue.zeros(Tensor.float32("x0", 1, 1 << 20)), in.resolve("frame2.npy"));

        assertFailure(run(in, folder.resolve("out")), Codnn.BAD_INPUT, "frame2.npy: holds FLOAT32 [1, 1048576]");
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void run_diskThatIsFull_endsWithTheResultsBefore() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "needs /dev/full");
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.createSymbolicLink(out.resolve("000000002-x2.npy"), full);

        assertFailure(run(frames(5), out), Codnn.FAILURE, "000000002-x2.npy: cannot be written");
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @Test
    void run_modelThatIsNotThatOfTheManifest_isRefused() throws IOException {
        TestPipelines.write(folder, 2);
        Files.write(folder.resolve("stage1.onnx"), new byte[] {1});

        assertFailure(
                CommandRunner.codnn("run", folder.toString()),
                Codnn.BAD_INPUT,
                "stage1.onnx: is not the file that pipeline.json describes");
    }

    @Test
    void run_addressesThatCannotBe_areRefused() throws IOException {
        TestPipelines.write(folder, 2);

        assertFailure(
                CommandRunner.codnn("run", folder.toString(), "--join", "127.0.0.1:99999"),
                Codnn.BAD_INPUT,
                "port 99999");
        assertFailure(
                CommandRunner.codnn("worker", "--device", "d0", "--join", "192.0.2.1:5701"), Codnn.BAD_INPUT, "--bind");
    }

    private static void assertFailure(Outcome outcome, int status, String reason) {
        assertThat(outcome.err()).contains(reason);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.status()).isEqualTo(status);
    }
}
