package io.github.codnn.bench;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.RadioPower;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.zoo.ModelZoo;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far from the optimum can a plan of one network be at most, after a counted number of evaluations? Prints a row in
 * Markdown for each case: network, objective, platform, rules, value, bound, gap, evaluations and CPU time; then the
 * median and the greatest gap.
 */
final class CertificateTable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long EVALUATIONS = 20_000;
    private static final long FRAMES = 100;
    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final List<Double> gaps = new ArrayList<>();

    private CertificateTable(PrintStream out) {
        this.out = out;
    }

    /** A problem of the table. */
    private record Case(ModelZoo network, Objective objective, String platform, String rules) {

        Scenario scenario() {
            Platform devices = CertificateTable.platform(platform);
            String source = devices.devices().get(0).name();
            Task task = Task.of("task", network.build(), source).withFrames(FRAMES);
            Scenario scenario = Scenario.of(task, devices);
            if (rules.contains("any")) {
                scenario = scenario.withStagesPerDevice(StagesPerDevice.ANY);
            }
            return rules.contains("blocking") ? scenario.withTransfers(TransferMode.BLOCKING) : scenario;
        }
    }

    /**
     * Prints the table.
     *
     * @param arguments what the row of a case must contain, such as {@code ENERGY} or {@code "| resnet50"}: all of
     *     them; nothing for all cases
     */
    public static void main(String[] arguments) {
        CertificateTable table = new CertificateTable(System.out);
        table.out.println("| network | objective | devices | rules | value | bound | gap | evaluations | CPU s |");
        table.out.println("|---|---|---|---|---:|---:|---:|---:|---:|");
        for (Case each : cases()) {
            String name = name(each);
            if (Arrays.stream(arguments).allMatch(name::contains)) {
                table.run(each);
            }
        }
        table.summarise();
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (ModelZoo network :
                List.of(ModelZoo.ALEXNET, ModelZoo.VGG16, ModelZoo.GOOGLENET, ModelZoo.RESNET50, ModelZoo.DARKNET53)) {
            for (Objective objective : List.of(Objective.ENERGY, Objective.PRICE, Objective.RESPONSE)) {
                cases.add(new Case(network, objective, "readme", "one"));
            }
        }
        for (ModelZoo network : List.of(ModelZoo.GOOGLENET, ModelZoo.RESNET18, ModelZoo.GPT2)) {
            for (String rules : List.of("any", "one blocking", "any blocking")) {
                cases.add(new Case(network, Objective.ENERGY, "readme", rules));
            }
            cases.add(new Case(network, Objective.PERIOD, "readme", "any"));
        }
        for (Objective objective : List.of(Objective.ENERGY, Objective.MEAN, Objective.RESPONSE)) {
            cases.add(new Case(ModelZoo.GPT2, objective, "readme", "one"));
            cases.add(new Case(ModelZoo.RESNET18, objective, "5", "one"));
            cases.add(new Case(ModelZoo.GOOGLENET, objective, "5", "one"));
            cases.add(new Case(ModelZoo.GOOGLENET, objective, "10", "one"));
            cases.add(new Case(ModelZoo.VGG16, objective, "10", "any"));
            cases.add(new Case(ModelZoo.SQUEEZENET_1_1, objective, "media", "one"));
        }
        cases.add(new Case(ModelZoo.MOBILENET_V2, Objective.ENERGY, "media", "any"));
        cases.add(new Case(ModelZoo.GOOGLENET, Objective.MEAN, "readme", "one"));
        cases.add(new Case(ModelZoo.GOOGLENET, Objective.RESPONSE, "readme", "any blocking"));
        cases.add(new Case(ModelZoo.BERT_BASE, Objective.ENERGY, "5", "one"));
        return cases;
    }

    private static Platform platform(String name) {
        return switch (name) {
            case "readme" -> ReplanCases.three();
            case "media" -> onOneChannel();
            default -> many(Integer.parseInt(name));
        };
    }

    /** A terminal and edges that share one radio channel. */
    private static Platform onOneChannel() {
        Medium air = new Medium("air", 2.36e6, Medium.Duplex.HALF);
        return Platform.builder()
                .device("drone", DevicePresets.RASPBERRY_PI_4B)
                .device("edge", DevicePresets.JETSON_NANO_GPU)
                .device("roof", DevicePresets.JETSON_TX2_NX_GPU)
                .medium(air)
                .link(Link.of(Link.ANY, Link.ANY, air, 2e-3)
                        .withPower(new RadioPower(0.3, 0.1), new RadioPower(0.1, 0.1)))
                .build();
    }

    /** A terminal, edges of three kinds on a local network, each with a rate of its own, and a cloud. */
    private static Platform many(int count) {
        List<DevicePresets> edges =
                List.of(DevicePresets.JETSON_NANO_GPU, DevicePresets.RASPBERRY_PI_5, DevicePresets.JETSON_TX2_NX_GPU);
        Platform.Builder builder = Platform.builder().device("d0", DevicePresets.RASPBERRY_PI_4B);
        List<Link> own = new ArrayList<>();
        for (int index = 1; index < count - 1; index++) {
            builder.device("d" + index, edges.get(index % edges.size()));
            for (int other = 1; other < index; other++) {
                own.addAll(Link.symmetric("d" + index, "d" + other, 10e6 + 1e6 * index + 3e5 * other, 1e-3));
            }
        }
        builder.device("cloud", DevicePresets.TESLA_T4_FP32).link("d0", LinkPresets.WIFI_5);
        for (int index = 1; index < count - 1; index++) {
            builder.link("d" + index, "cloud", LinkPresets.WAN_100M);
        }
        return builder.links(own).build();
    }

    private static String name(Case each) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s |",
                each.network().title(),
                each.objective(),
                each.platform(),
                each.rules());
    }

    private void run(Case each) {
        Scenario scenario = each.scenario();
        long start = THREADS.getCurrentThreadCpuTime();
        SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(EVALUATIONS));
        SearchResult result = Planner.withDefaults().withOptions(options).plan(scenario, each.objective());
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / NANOS;
        gaps.add(result.gap());
        out.printf(
                Locale.ROOT,
                "%s %.6g | %.6g | %.2f %% | %,d | %.1f |%n",
                name(each),
                result.value(),
                result.lowerBound(),
                100 * result.gap(),
                result.evaluations(),
                seconds);
    }

    private void summarise() {
        double[] sorted =
                gaps.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        long great = Arrays.stream(sorted).filter(gap -> gap > 0.1).count();
        if (sorted.length > 0) {
            out.printf(
                    Locale.ROOT,
                    "%n%d cases: median gap %.2f %%, greatest %.2f %%, above 10 %%: %d, proven: %d%n",
                    sorted.length,
                    100 * sorted[sorted.length / 2],
                    100 * sorted[sorted.length - 1],
                    great,
                    Arrays.stream(sorted).filter(gap -> gap == 0).count());
        }
    }
}
