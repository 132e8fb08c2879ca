package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.github.codnn.CodnnException;
import io.github.codnn.testing.OnnxCase;
import io.github.codnn.testing.OnnxImageCases;
import io.github.codnn.testing.OnnxSequenceCases;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in a model or in one clear exception, within a second of processor time and 256 MB. */
@Tag("slow")
class OnnxMutationTest {

    private static final int MUTATIONS = 2_000;
    private static final long MAX_NANOS = 1_000_000_000;
    private static final long MAX_BYTES = 256L << 20;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void read_damagedSmallModels_endInModelOrException() throws IOException {
        List<byte[]> models = new ArrayList<>();
        for (OnnxCase one : OnnxImageCases.all()) {
            models.add(one.model().bytes());
        }
        for (OnnxCase one : OnnxSequenceCases.all()) {
            models.add(one.model().bytes());
        }

        assertSurvives(models, 20_260_101);
    }

    @Test
    @Timeout(300)
    void read_damagedRealModels_endInModelOrException() throws IOException {
        List<byte[]> models = new ArrayList<>();
        for (String name : List.of("bvlc_alexnet", "inception_v1", "resnet50", "vgg19")) {
            models.add(Files.readAllBytes(TestData.path("models/onnx/light_" + name + ".onnx")));
        }

        assertSurvives(models, 20_260_102);
    }

    private void assertSurvives(List<byte[]> models, long seed) throws IOException {
        Path file = folder.resolve("damaged.onnx");
        Path first = Files.write(folder.resolve("whole.onnx"), models.get(0));
        OnnxReader.withDefaults().read(first);
        List<OnnxMutation> mutations = List.of(OnnxMutation.values());
        int refused = 0;
        for (int number = 0; number < MUTATIONS; number++) {
            SplittableRandom random = new SplittableRandom(seed + number);
            OnnxMutation mutation = mutations.get(number % mutations.size());
            byte[] damaged = mutation.apply(models.get(random.nextInt(models.size())), random);
            Files.write(file, damaged);
            long nanos = thread.getCurrentThreadCpuTime();
            long bytes = thread.getCurrentThreadAllocatedBytes();
            refused += isRefused(file, mutation + " with seed " + (seed + number)) ? 1 : 0;
            assertThat(thread.getCurrentThreadCpuTime() - nanos)
                    .as("%s with seed %d: nanoseconds", mutation, seed + number)
                    .isLessThan(MAX_NANOS);
            assertThat(thread.getCurrentThreadAllocatedBytes() - bytes)
                    .as("%s with seed %d: bytes allocated in all", mutation, seed + number)
                    .isLessThan(MAX_BYTES);
        }
        assertThat(refused).as("files refused of %d", MUTATIONS).isBetween(MUTATIONS / 4, MUTATIONS - 1);
    }

    private static boolean isRefused(Path file, String what) {
        try {
            assertThat(OnnxReader.withDefaults().read(file).graph().macs()).isNotNegative();
            return false;
        } catch (CodnnException e) {
            assertThat(e.getMessage()).as(what).startsWith(file.toString()).doesNotContain("\n");
            return true;
        } catch (RuntimeException | Error e) {
            return fail(what + " ended in " + e, e);
        }
    }
}
