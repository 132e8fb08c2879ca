package io.github.codnn.bench;

import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.planner.Planner;
import io.github.codnn.planner.Strategies;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testproblems.GnmtGraphs;
import io.github.codnn.testproblems.HardGraphs;
import io.github.codnn.testproblems.ManyDevices;
import io.github.codnn.zoo.ModelZoo;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How near is the lower bound of the period to the best plan on 16, 32 and 64 devices? Prints a row in Markdown for
 * each graph, platform, number of devices and transfer mode: bound, best period, their ratio, CPU time and the peak of
 * the heap, garbage included. Layers are not collapsed.
 */
final class ManyDevicesTable {

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;
    private static final double MEBI = 1 << 20;

    private final PrintStream out;
    private final String strategy;
    private final Duration time;

    private ManyDevicesTable(PrintStream out, String strategy, Duration time) {
        this.out = out;
        this.strategy = strategy;
        this.time = time;
    }

    /** A network with the times of its layers on one device. */
    private record Network(String name, Supplier<Scenario> scenario) {

        static Network of(ModelZoo network) {
            return new Network(
                    network.title(),
                    () -> Scenario.of(
                            Task.of("frames", network.build(), "d0"),
                            Platform.builder()
                                    .device("d0", DevicePresets.RASPBERRY_PI_5)
                                    .build()));
        }
    }

    /**
     * Prints the table.
     *
     * @param arguments the strategy, seconds for each row, then texts of which a row must contain all, such as
     *     {@code "| 64 |"}
     */
    public static void main(String[] arguments) {
        ManyDevicesTable table = new ManyDevicesTable(
                System.out, arguments[0], Duration.ofMillis((long) (MILLIS * Double.parseDouble(arguments[1]))));
        table.out.println("| graph | layers | devices | platform | transfers | bound, ms | best, ms |"
                + " bound / best | CPU s | MB |");
        table.out.println("|---|---:|---:|---|---|---:|---:|---:|---:|---:|");
        List<String> wanted = Arrays.asList(arguments).subList(2, arguments.length);
        for (Network network : networks()) {
            for (int devices : new int[] {16, 32, 64}) {
                for (ManyDevices platform : ManyDevices.values()) {
                    for (TransferMode transfers : TransferMode.values()) {
                        table.run(network, devices, platform, transfers, wanted);
                    }
                }
            }
        }
    }

    private static List<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (ModelZoo each : List.of(
                ModelZoo.VGG16,
                ModelZoo.RESNET50,
                ModelZoo.GOOGLENET,
                ModelZoo.INCEPTION_V3,
                ModelZoo.DARKNET53,
                ModelZoo.VIT_B_16,
                ModelZoo.BERT_BASE,
                ModelZoo.GPT2)) {
            networks.add(Network.of(each));
        }
        networks.add(new Network("blocks", () -> HardGraphs.of(200, 1, 1)));
        networks.add(new Network("rows", () -> ManyDevices.rows(60, 6, 1)));
        networks.add(new Network("translator", () -> GnmtGraphs.WIDE.onEqual(1, TransferMode.OVERLAPPED)));
        return networks;
    }

    private void run(Network network, int devices, ManyDevices platform, TransferMode transfers, List<String> wanted) {
        String name = String.format(
                Locale.ROOT,
                "| %s | %s | %s |",
                devices,
                platform.name().toLowerCase(Locale.ROOT),
                transfers.name().toLowerCase(Locale.ROOT));
        String whole = "| " + network.name() + " " + name;
        if (!wanted.stream().allMatch(whole::contains)) {
            return;
        }
        Scenario scenario = platform.scenario(network.scenario().get(), devices).withTransfers(transfers);
        resetPeak();
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        SearchOptions options = SearchOptions.withDefaults()
                .withNanoClock(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime())
                .withStopRule(StopRule.elapsed(time));
        SearchResult result = Planner.withDefaults()
                .withStrategy(Strategies.named(strategy))
                .withCollapser(GraphCollapser.none())
                .withOptions(options)
                .plan(scenario, Objective.PERIOD);
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / NANOS;
        out.printf(
                Locale.ROOT,
                "| %s | %d %s %.4f | %.4f | %.3f | %.1f | %.0f |%n",
                network.name(),
                scenario.workload().layerCount(),
                name,
                MILLIS * result.lowerBound(),
                MILLIS * result.value(),
                result.lowerBound() / result.value(),
                seconds,
                peakMebibytes());
    }

    private static void resetPeak() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static double peakMebibytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / MEBI;
    }
}
