package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Eight times the content takes about eight times the CPU time to read, and not 64 times. */
@Tag("slow")
class LinearReadingTest {

    private static final int GROWTH = 8;
    private static final double MAX_RATIO = 4.0 * GROWTH;

    private static String devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "{\"name\": \"device number " + index + "\", \"kind\": \"k\"}")
                .collect(Collectors.joining(",\n"));
    }

    private static String problem(int tasks) {
        String task = """
                {"name": "task number %d", "layers": [{"name": "l", "seconds": {"k": 1}}],
                 "tensors": [{"name": "x", "from": null, "to": ["l"], "bytes": 8},
                             {"name": "y", "from": "l", "to": [], "bytes": 8}]}""";
        return "{\"format\": \"codnn-problem/1\", \"name\": \"p\", \"links\": [], \"devices\": [" + devices(1)
                + "], \"tasks\": ["
                + IntStream.range(0, tasks).mapToObj(task::formatted).collect(Collectors.joining(",\n"))
                + "]}";
    }

    /** One chain of layers. */
    private static String chain(int layers) {
        String nodes = IntStream.range(0, layers)
                .mapToObj(index -> "{\"name\": \"layer number " + index + "\", \"seconds\": {\"k\": 1}}")
                .collect(Collectors.joining(",\n"));
        String tensors = IntStream.rangeClosed(0, layers)
                .mapToObj(index -> "{\"name\": \"tensor " + index + "\", \"from\": "
                        + (index == 0 ? "null" : "\"layer number " + (index - 1) + "\"") + ", \"to\": ["
                        + (index == layers ? "" : "\"layer number " + index + "\"") + "], \"bytes\": 8}")
                .collect(Collectors.joining(",\n"));
        return "{\"format\": \"codnn-problem/1\", \"name\": \"p\", \"links\": [], \"devices\": [" + devices(1)
                + "], \"tasks\": [{\"name\": \"t\", \"layers\": [" + nodes + "], \"tensors\": [" + tensors + "]}]}";
    }

    private static void assertLinear(int count, IntFunction<String> text, Consumer<String> reading) {
        reading.accept(text.apply(count)); // loads and compiles
        double few = least(text.apply(count), reading);
        double many = least(text.apply(GROWTH * count), reading);

        assertThat(many / few).isLessThan(MAX_RATIO);
    }

    /** The CPU time of this thread, which other processes do not change much. */
    private static double least(String text, Consumer<String> reading) {
        double least = Double.POSITIVE_INFINITY;
        for (int run = 0; run < 3; run++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            reading.accept(text);
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            least = Math.min(least, (double) nanos);
        }
        return least;
    }

    @Test
    void read_devicesOfAPlatform_takesLinearTime() {
        assertLinear(
                4000,
                count -> "{\"devices\": [" + devices(count) + "], \"links\": []}",
                text -> assertThat(PlatformJson.parse(text)).isNotNull());
    }

    @Test
    void read_tasksOfAProblem_takesLinearTime() {
        assertLinear(
                1500,
                LinearReadingTest::problem,
                text -> assertThat(ProblemJson.parse(text)).isNotNull());
    }

    @Test
    void read_layersOfATask_takesLinearTime() {
        assertLinear(
                1500,
                LinearReadingTest::chain,
                text -> assertThat(ProblemJson.parse(text)).isNotNull());
    }
}
