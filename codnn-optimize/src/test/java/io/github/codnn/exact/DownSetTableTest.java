package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testing.TestData;
import io.github.codnn.testproblems.DownSetProgram;
import io.github.codnn.testproblems.GnmtGraphs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * {@code Exact} beside the plain dynamic program over down-sets: writes the tables of docs/benchmarks.md to
 * target/down-sets.md and target/problem-files.md. Run with -Xmx1g.
 */
@EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
class DownSetTableTest {

    private static final double FREE_SECONDS = 1; // what a search may take however fast the plain program is
    private static final SearchOptions OPTIONS =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(5)));
    private static final List<String> EQUAL = List.of("a", "a", "a", "a", "a", "a", "a", "a");

    /** What a calculation gave and took. */
    private record Measured<T>(T result, double cpuSeconds, double megabytes) {}

    @Test
    void search_translators_isProvenAndTakesAtMostTwiceTheTimeOfThePlainProgram() throws IOException {
        List<String> rows = new ArrayList<>(List.of(
                "| problem | devices | transfers | down-sets | period, ms | CPU s | MB | plain, ms | CPU s | MB |",
                "|---|---|---|---:|---:|---:|---:|---:|---:|---:|"));
        measure("warm-up", new GnmtGraphs(4, 4, 2, 1).onEqual(4, TransferMode.BLOCKING), true);
        for (int devices : List.of(2, 4, 6, 8)) {
            rows.add(row(GnmtGraphs.WIDE, EQUAL.subList(0, devices), TransferMode.BLOCKING, devices == 6));
            rows.add(row(GnmtGraphs.WIDE, EQUAL.subList(0, devices), TransferMode.OVERLAPPED, false));
        }
        for (List<String> kinds : List.of(List.of("a", "a", "b", "b"), List.of("a", "a", "a", "b", "b", "c"))) {
            rows.add(row(GnmtGraphs.WIDE, kinds, TransferMode.BLOCKING, false));
            rows.add(row(GnmtGraphs.WIDE, kinds, TransferMode.OVERLAPPED, false));
        }
        for (int devices : List.of(4, 6, 8)) {
            rows.add(row(GnmtGraphs.WIDER, EQUAL.subList(0, devices), TransferMode.BLOCKING, false));
        }
        write("down-sets.md", rows);
    }

    private static void write(String name, List<String> rows) throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", name), rows);
    }

    private static String row(GnmtGraphs graph, List<String> kinds, TransferMode transfers, boolean comparesPlain) {
        String name = "translator, " + graph.encoders() + " + " + graph.decoders();
        String mode = transfers.name().toLowerCase(Locale.ROOT);
        String measured = measure(name + " " + kinds, graph.on(kinds, transfers), comparesPlain);
        return "| " + name + " | " + String.join("", kinds) + " | " + mode + " | " + measured;
    }

    @Test
    void search_problemFiles_areProven() throws IOException {
        Map<String, Scenario> problems = new LinkedHashMap<>();
        try (var files = Files.list(TestData.path("data/problems"))) {
            for (Path file : files.filter(any -> any.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                problems.put(file.getFileName().toString().replace(".json", ""), ProblemJson.read(file));
            }
        }
        List<String> rows = new ArrayList<>(List.of(
                "| problem | devices | transfers | down-sets | period, ms | CPU s | MB | plain, ms | CPU s | MB |",
                "|---|---|---|---:|---:|---:|---:|---:|---:|---:|"));
        problems.forEach((name, scenario) -> {
            boolean isPlain = name.startsWith("msr");
            int devices = scenario.platform().devices().size();
            String mode = scenario.rules().transfers().name().toLowerCase(Locale.ROOT);
            rows.add("| " + name + " | " + devices + " | " + mode + " | " + measure(name, scenario, isPlain));
        });
        write("problem-files.md", rows);
    }

    private static String measure(String name, Scenario scenario, boolean comparesPlain) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        Measured<SearchResult> search = measured(() -> Exact.withDefaults().search(problem, OPTIONS));
        assertThat(search.result().stopReason()).as(name).isEqualTo(StopReason.PROVEN);
        boolean blocking = scenario.rules().transfers() == TransferMode.BLOCKING;
        String own = String.format(
                Locale.ROOT,
                "%.4f | %.2f | %.0f |",
                1e3 * search.result().value(),
                search.cpuSeconds(),
                search.megabytes());
        DownSetProgram plain = new DownSetProgram(scenario, blocking);
        boolean isMany = plain.size() > DownSetProgram.MAX_DOWN_SETS;
        String sets = (isMany ? "> " + DownSetProgram.MAX_DOWN_SETS : plain.size()) + " | ";
        if (!comparesPlain || isMany) {
            return sets + own + " | | |";
        }
        Measured<Double> other = measured(plain::leastPeriodOnEqual);
        assertThat(search.cpuSeconds()).as(name).isLessThan(2 * other.cpuSeconds() + FREE_SECONDS);
        assertThat(search.result().value()).as(name).isGreaterThanOrEqualTo(other.result() * (1 - 1e-9));
        return sets
                + own
                + String.format(
                        Locale.ROOT,
                        " %.4f | %.2f | %.0f |",
                        1e3 * other.result(),
                        other.cpuSeconds(),
                        other.megabytes());
    }

    /** Measures the CPU time of this thread and the greatest use of the heap, with garbage. */
    private static <T> Measured<T> measured(Supplier<T> calculation) {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        T result = calculation.get();
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long bytes =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return new Measured<>(result, (end - start) / 1e9, bytes / 1e6);
    }
}
