package io.github.codnn.reproduce;

import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Compares DBPSO with the strategies of section 4.2. */
final class StrategyComparison implements Experiment {

    /** The networks of section 4.2. */
    static final List<ModelZoo> NETWORKS =
            List.of(ModelZoo.VGG16, ModelZoo.VGG19, ModelZoo.GOOGLENET, ModelZoo.DARKNET53);

    private static final long FRAMES = 100;
    private static final double LEAST_CLAIMED = 0.096;
    private static final double MAX_CLAIMED = 0.531;
    private static final String OURS = "DBPSO, our defaults";

    private static final List<Rival> RIVALS = List.of(
            new Rival("all on the camera", LocalOnly.withDefaults(), false),
            new Rival("best single device", SingleDevice.withDefaults(), false),
            new Rival("Neurosurgeon", Neurosurgeon.withDefaults(), false),
            new Rival("DNNOff-style", DnnOff.withDefaults(), false),
            new Rival("DADS", Dads.withDefaults(), false),
            new Rival("greedy", Greedy.withDefaults(), false),
            new Rival(
                    "genetic algorithm, not seeded",
                    GeneticAlgorithm.withDefaults().withSeeded(false),
                    true),
            new Rival("PSO-GA, not seeded", PsoGa.withDefaults().withSeeded(false), true),
            new Rival("DBPSO as published", Dbpso.asPublished(), true),
            new Rival(OURS, Dbpso.withDefaults(), true));

    /** A strategy of the comparison, and whether it is random. */
    private record Rival(String name, Strategy strategy, boolean chance) {}

    @Override
    public Finding run(Effort effort) {
        Table means = Table.of("strategies", titles("strategy"));
        Table savings = Table.of("savings", titles(OURS + " against"));
        Map<String, double[]> medians = new LinkedHashMap<>();
        for (Rival rival : RIVALS) {
            double[] row = NETWORKS.stream()
                    .mapToDouble(model -> median(model, rival, effort))
                    .toArray();
            medians.put(rival.name(), row);
            means = means.with(cells(rival.name(), row));
        }
        means = means.with(cells("proven lower bound", bounds()));
        double[] ours = medians.getOrDefault(OURS, new double[NETWORKS.size()]);
        List<Double> all = new ArrayList<>();
        for (Map.Entry<String, double[]> rival : medians.entrySet()) {
            if (!rival.getKey().equals(OURS)) {
                double[] saved = IntStream.range(0, ours.length)
                        .mapToDouble(i -> 1 - ours[i] / rival.getValue()[i])
                        .toArray();
                savings = savings.with(percentages(rival.getKey(), saved));
                for (double value : saved) {
                    all.add(value);
                }
            }
        }
        return finding(effort, List.of(means, savings), all);
    }

    private static Finding finding(Effort effort, List<Table> tables, List<Double> savings) {
        double least = savings.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = savings.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        boolean better = least >= -1e-9;
        return new Finding(
                "DBPSO against other strategies (section 4.2)",
                "DBPSO needs 9.6 % to 53.1 % less mean response time than Neurosurgeon, DNNOff and others on VGG-16, "
                        + "VGG-19, GoogLeNet and DarkNet-53.",
                "A Raspberry Pi 4B as camera, a Jetson Nano, a TX2 NX and an AGX Xavier at the edge, a Tesla T4 in "
                        + "the cloud; Wi-Fi at 18.88 Mbit/s up, 100 Mbit/s at the edge and into the cloud. Mean time "
                        + "per frame of "
                        + FRAMES
                        + " frames (equation 1), all strategies on the same chain of blocks; where chance has a part, "
                        + "the "
                        + "median of " + effort.seeds() + " seeds at " + effort.evaluations() + " evaluations.",
                better && most >= LEAST_CLAIMED ? Verdict.IN_PART : Verdict.REFUTED,
                String.format(
                        Locale.ROOT,
                        "%s: it saves %.1f %% to %.1f %% (claimed: %.1f %% to %.1f %%). Devices, bandwidths and "
                                + "constants of the paper are not published, so that only the direction can be "
                                + "compared. What is left to be saved depends on the links: where one device is as "
                                + "fast as its upload, nothing is.",
                        better ? "Our DBPSO is never behind" : "Our DBPSO is behind at least once",
                        least * 100,
                        most * 100,
                        LEAST_CLAIMED * 100,
                        MAX_CLAIMED * 100),
                tables,
                List.of());
    }

    /** Returns one of the comparison's scenarios. */
    static Scenario scenario(ModelZoo model, double bandwidthFactor) {
        Task task = Task.of("frames", model.build(), EdgePlatform.CAMERA).withFrames(FRAMES);
        return Scenario.of(
                model.title(),
                Workload.of(task),
                EdgePlatform.withBandwidth(bandwidthFactor),
                RooflineCostModel.withPresets());
    }

    private static double median(ModelZoo model, Rival rival, Effort effort) {
        Scenario scenario = scenario(model, 1);
        double[] values = IntStream.range(0, rival.chance() ? effort.seeds() : 1)
                .mapToDouble(seed -> search(scenario, rival.strategy(), effort, seed))
                .toArray();
        return new Sample(values).median();
    }

    private static double search(Scenario scenario, Strategy strategy, Effort effort, long seed) {
        SearchResult result = Reproduction.PLANNER
                .withStrategy(strategy)
                .withOptions(effort.options(seed))
                .plan(scenario, Objective.MEAN);
        return result.best().or(result::closest).orElseThrow().metrics().meanSeconds();
    }

    private static double[] bounds() {
        return NETWORKS.stream()
                .mapToDouble(model -> Reproduction.PLANNER
                        .plan(scenario(model, 1), Objective.MEAN)
                        .lowerBound())
                .toArray();
    }

    private static String[] titles(String first) {
        List<String> titles = new ArrayList<>(List.of(first));
        NETWORKS.forEach(model -> titles.add(model.title()));
        return titles.toArray(String[]::new);
    }

    private static Object[] cells(String first, double[] row) {
        List<Object> cells = new ArrayList<>(List.of(first));
        for (double value : row) {
            cells.add(Table.number(value * 1e3) + " ms");
        }
        return cells.toArray();
    }

    private static Object[] percentages(String first, double[] row) {
        List<Object> cells = new ArrayList<>(List.of(first));
        for (double value : row) {
            cells.add(Table.percent(value));
        }
        return cells.toArray();
    }
}
