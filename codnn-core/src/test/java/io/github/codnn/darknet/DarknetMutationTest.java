package io.github.codnn.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged cfg files end in a network or in one clear exception, and soon. */
@Tag("slow")
class DarknetMutationTest {

    private static final int MUTATIONS = 2000;
    private static final long MAX_NANOSECONDS = 1_000_000_000;

    /** Numbers at the edges of what counts can hold, and things that are no numbers. */
    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "2",
            "7",
            "65536",
            "2147483647",
            "-2147483648",
            "2147483648",
            "9223372036854775807",
            "1e9",
            "NaN",
            "",
            ",",
            "-1,-1,-1,-1",
            "0,1,2",
            "leaky",
            "\u0000",
            "0x10",
            "1#2",
            "=",
            "[net]");

    /** A network of our own with most kinds of sections, so that the test does not depend on files. */
    private static final String SAMPLE = """
            [net]
            width=64
            height=64
            channels=3
            [convolutional]
            batch_normalize=1
            filters=8
            size=3
            stride=2
            pad=1
            activation=leaky
            [convolutional]
            filters=16
            groups=2
            size=3
            pad=1
            activation=swish
            [maxpool]
            size=2
            stride=2
            [shortcut]
            from=-3
            activation=linear
            [upsample]
            stride=2
            [route]
            layers=-1,0
            [reorg]
            stride=2
            [route]
            layers=-1
            groups=2
            group_id=1
            [deconvolutional]
            filters=6
            size=2
            stride=2
            activation=relu
            [crnn]
            hidden_filters=4
            output_filters=5
            [crop]
            crop_height=20
            crop_width=20
            [local]
            filters=3
            size=3
            [lrn]
            [avgpool]
            [dropout]
            [connected]
            output=50
            activation=tanh
            [gru]
            output=40
            [lstm]
            output=30
            [batchnorm]
            [softmax]
            [cost]
            """;

    @Test
    void sample_isANetwork() {
        assertThat(DarknetReader.withDefaults()
                        .read("sample.cfg", SAMPLE)
                        .graph()
                        .layers())
                .hasSizeGreaterThan(25);
    }

    @Test
    void mutatedSample_endsInNetworkOrClearException() {
        mutate(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"darknet53", "resnet18", "vgg-16", "yolov3-tiny"})
    void mutatedFile_endsInNetworkOrClearException(String name) throws IOException {
        mutate(Files.readString(TestData.path("models/darknet/" + name + ".cfg")));
    }

    private static void mutate(String text) {
        Random random = new Random(20_260_101);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String mutated = text;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                mutated = mutation(mutated, random);
            }
            refused += check(mutated) ? 0 : 1;
        }
        // Neither harmless nor hopeless: both ways out are trodden.
        assertThat(refused).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    private static boolean check(String text) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        try {
            LayerGraph graph =
                    DarknetReader.withDefaults().read("mutated.cfg", text).graph();
            assertThat(graph.macs()).isNotNegative();
            assertThat(graph.parameterBytes()).isNotNegative();
            return true;
        } catch (CodnnException e) {
            assertThat(e.getMessage()).startsWith("mutated.cfg").doesNotContain("\n", "\r", "\0");
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return fail("On\n" + text, e);
        } finally {
            assertThat(threads.getCurrentThreadCpuTime() - start)
                    .as("CPU time for\n%s", text)
                    .isLessThan(MAX_NANOSECONDS);
        }
    }

    private static String mutation(String text, Random random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(8)) {
            case 0 -> {
                return text.substring(0, random.nextInt(text.length() + 1));
            }
            case 1 -> {
                return flipped(text, random);
            }
            case 2 -> lines.remove(at);
            case 3 -> lines.add(at, lines.get(other));
            case 4 -> Collections.swap(lines, at, other);
            case 5 -> lines.addAll(at, List.copyOf(lines.subList(Math.min(at, other), other + 1)));
            default -> lines.set(at, revalued(lines.get(at), random));
        }
        return String.join("\n", lines);
    }

    private static String flipped(String text, Random random) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (char) (text.charAt(at) ^ (1 << random.nextInt(7))) + text.substring(at + 1);
    }

    private static String revalued(String line, Random random) {
        int equals = line.indexOf('=');
        return line.substring(0, equals + 1) + VALUES.get(random.nextInt(VALUES.size()));
    }
}
