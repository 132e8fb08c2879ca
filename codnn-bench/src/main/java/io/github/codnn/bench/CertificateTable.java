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
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How far from the optimum can a plan be at most, after 1, 10 and 60 seconds? Prints a row in Markdown for each case:
 * networks, objective, platform, rules, and for each time limit the value, the bound, the gap and the seconds that
 * passed; then the median and the greatest gap of each time limit.
 */
final class CertificateTable {

    private static final String SECONDS = "--seconds=";
    private static final long FRAMES = 100;
    private static final double LARGE = 0.1;
    private static final double LARGE_OF_TASKS = 0.25;
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final double[] limits; // seconds
    private final List<List<Double>> gaps = new ArrayList<>(); // [limit]
    private final int[] large; // [limit] gaps above what is wanted

    private CertificateTable(PrintStream out, double[] limits) {
        this.out = out;
        this.limits = limits;
        large = new int[limits.length];
        for (int limit = 0; limit < limits.length; limit++) {
            gaps.add(new ArrayList<>());
        }
    }

    /** A problem of the table. */
    private record Case(List<ModelZoo> networks, Objective objective, String platform, String rules) {

        Case(ModelZoo network, Objective objective, String platform, String rules) {
            this(List.of(network), objective, platform, rules);
        }

        Scenario scenario() {
            Platform devices = CertificateTable.platform(platform);
            String source = devices.devices().get(0).name();
            List<Task> tasks = IntStream.range(0, networks.size())
                    .mapToObj(
                            index -> Task.of("task" + index, networks.get(index).build(), source)
                                    .withFrames(FRAMES))
                    .toList();
            Scenario scenario = Scenario.of(tasks.get(0), devices).withWorkload(new Workload(tasks));
            if (rules.contains("any")) {
                scenario = scenario.withStagesPerDevice(StagesPerDevice.ANY);
            }
            return rules.contains("blocking") ? scenario.withTransfers(TransferMode.BLOCKING) : scenario;
        }

        @Override
        public String toString() {
            String titles = networks.stream()
                    .collect(Collectors.groupingBy(ModelZoo::title, TreeMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(entry -> (entry.getValue() > 1 ? entry.getValue() + " " : "") + entry.getKey())
                    .collect(Collectors.joining(" + "));
            return String.format(Locale.ROOT, "| %s | %s | %s | %s |", titles, objective, platform, rules);
        }
    }

    /**
     * Prints the table.
     *
     * @param arguments {@code --seconds=1,10,60} for other time limits than these; and what the row of a case must
     *     contain, such as {@code ENERGY} or {@code "| resnet50"}: all of them; nothing for all cases
     */
    public static void main(String[] arguments) {
        double[] limits = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(SECONDS))
                .flatMap(argument -> Pattern.compile(",").splitAsStream(argument.substring(SECONDS.length())))
                .mapToDouble(Double::parseDouble)
                .toArray();
        CertificateTable table =
                new CertificateTable(System.out, limits.length > 0 ? limits : new double[] {1, 10, 60});
        table.printHead();
        for (Case each : cases()) {
            if (Arrays.stream(arguments)
                    .allMatch(argument ->
                            argument.startsWith(SECONDS) || each.toString().contains(argument))) {
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
        addSeveral(cases);
        return cases;
    }

    private static void addSeveral(List<Case> cases) {
        List<ModelZoo> two = Collections.nCopies(2, ModelZoo.ALEXNET);
        List<ModelZoo> mixed = List.of(ModelZoo.ALEXNET, ModelZoo.VGG16, ModelZoo.RESNET18);
        List<ModelZoo> ten = Collections.nCopies(10, ModelZoo.ALEXNET);
        for (Objective objective : List.of(Objective.ENERGY, Objective.MEAN, Objective.RESPONSE, Objective.PRICE)) {
            cases.add(new Case(two, objective, "readme", "one"));
            cases.add(new Case(mixed, objective, "5", "one"));
            cases.add(new Case(ten, objective, "10", "one"));
        }
        cases.add(new Case(two, Objective.ENERGY, "media", "any blocking"));
        cases.add(new Case(List.of(ModelZoo.RESNET18, ModelZoo.GOOGLENET), Objective.ENERGY, "readme", "one"));
        cases.add(new Case(List.of(ModelZoo.RESNET18, ModelZoo.GOOGLENET), Objective.MEAN, "readme", "any"));
    }

    private void printHead() {
        String columns = "";
        String rules = "";
        for (double limit : limits) {
            columns += String.format(Locale.ROOT, " value | bound | gap, %1$.3g s | took, s |", limit);
            rules += "---:|---:|---:|---:|";
        }
        out.println("| networks | minimise | devices | rules |" + columns);
        out.println("|---|---|---|---|" + rules);
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

    private void run(Case each) {
        Scenario scenario = each.scenario();
        out.print(each);
        for (int limit = 0; limit < limits.length; limit++) {
            StopRule rule = StopRule.elapsed(Duration.ofMillis((long) (limits[limit] * MILLIS)));
            long start = System.nanoTime();
            SearchResult result = Planner.withDefaults()
                    .withOptions(SearchOptions.withDefaults().withStopRule(rule))
                    .plan(scenario, each.objective());
            double seconds = (System.nanoTime() - start) / NANOS;
            gaps.get(limit).add(result.gap());
            large[limit] += result.gap() > (each.networks().size() > 1 ? LARGE_OF_TASKS : LARGE) ? 1 : 0;
            out.printf(
                    Locale.ROOT,
                    " %.6g | %.6g | %.2f %% | %.1f |",
                    result.value(),
                    result.lowerBound(),
                    100 * result.gap(),
                    seconds);
        }
        out.println();
    }

    private void summarise() {
        for (int limit = 0; limit < limits.length; limit++) {
            double[] sorted = gaps.get(limit).stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            if (sorted.length > 0) {
                out.printf(
                        Locale.ROOT,
                        "%n%.3g s: %d cases, median gap %.2f %%, greatest %.2f %%, "
                                + "above 10 %% (several tasks: 25 %%): %d, proven: %d%n",
                        limits[limit],
                        sorted.length,
                        100 * sorted[sorted.length / 2],
                        100 * sorted[sorted.length - 1],
                        large[limit],
                        Arrays.stream(sorted).filter(gap -> gap == 0).count());
            }
        }
    }
}
