package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.benchmark.BenchmarkProblem;
import io.github.codnn.cost.Roofline;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.planner.Strategies;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.text.Figures;
import io.github.codnn.text.FrontText;
import io.github.codnn.text.TextTable;
import io.github.codnn.zoo.ModelZoo;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code codnn list presets|strategies|models|problems}: what there is to choose from, with figures and sources. */
@Command(
        name = "list",
        description = "Lists the presets of devices and links, the strategies, the networks of the zoo or the problems"
                + " with proven optima, with figures and sources.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    private static final double SECONDS_PER_HOUR = 3600;

    /** What can be listed. */
    enum Subject {
        PRESETS,
        STRATEGIES,
        MODELS,
        PROBLEMS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}.")
    private Subject subject = Subject.PRESETS;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        switch (subject) {
            case PRESETS -> output.print(ListCommand::presets, ListCommand::presetsText);
            case STRATEGIES -> output.print(ListCommand::strategies, ListCommand::strategiesText);
            case MODELS -> output.print(ListCommand::models, ListCommand::modelsText);
            case PROBLEMS -> output.print(ListCommand::problems, ListCommand::problemsText);
        }
        return CommandLine.ExitCode.OK;
    }

    private static Roofline speed(DevicePresets preset) {
        return RooflineCostModel.withPresets().roofline(preset.preset()).orElseThrow();
    }

    private static ObjectNode presets() {
        ObjectNode document = JsonOutput.object();
        ArrayNode devices = document.putArray("devices");
        for (DevicePresets preset : DevicePresets.values()) {
            Device device = preset.device("any");
            Roofline speed = speed(preset);
            devices.addObject()
                    .put("name", preset.preset())
                    .put("tier", device.tier().name())
                    .put("memoryBytes", device.memoryBytes())
                    .put("macsPerSecond", speed.macsPerSecond())
                    .put("weightBytesPerSecond", speed.weightBytesPerSecond())
                    .put("secondsPerKernel", speed.secondsPerKernel())
                    .put("activeWatts", device.activeWatts())
                    .put("idleWatts", device.idleWatts())
                    .put("pricePerSecond", device.pricePerSecond())
                    .put("source", preset.source());
        }
        ArrayNode links = document.putArray("links");
        for (LinkPresets preset : LinkPresets.values()) {
            Link up = preset.uplink("terminal", Link.ANY);
            links.addObject()
                    .put("name", preset.preset())
                    .put("uplinkBytesPerSecond", up.bytesPerSecond())
                    .put(
                            "downlinkBytesPerSecond",
                            preset.downlink(Link.ANY, "terminal").bytesPerSecond())
                    .put("latencySeconds", up.latencySeconds())
                    .put("duplex", duplex(preset))
                    .put("source", preset.source());
        }
        return document;
    }

    private static String duplex(LinkPresets preset) {
        return preset.medium().map(medium -> medium.duplex().name()).orElse("SWITCHED");
    }

    private static String presetsText() {
        TextTable devices = new TextTable(
                "device", "tier", "memory", "GMAC/s", "weights GB/s", "a kernel", "at work", "idle", "price an hour");
        TextTable links = new TextTable("link", "up Mbit/s", "down Mbit/s", "latency", "medium");
        Map<String, String> sources = new TreeMap<>();
        for (DevicePresets preset : DevicePresets.values()) {
            Device device = preset.device("any");
            Roofline speed = speed(preset);
            devices.row(
                    preset.preset(),
                    device.tier().name(),
                    Figures.bytes(device.memoryBytes()),
                    Figures.number(speed.macsPerSecond() * 1e-9),
                    Figures.number(speed.weightBytesPerSecond() * 1e-9),
                    Figures.seconds(speed.secondsPerKernel()),
                    Figures.number(device.activeWatts()) + " W",
                    Figures.number(device.idleWatts()) + " W",
                    device.pricePerSecond() == 0
                            ? "-"
                            : Figures.number(device.pricePerSecond() * SECONDS_PER_HOUR) + " USD");
            sources.put(preset.preset(), preset.source());
        }
        for (LinkPresets preset : LinkPresets.values()) {
            Link up = preset.uplink("terminal", Link.ANY);
            links.row(
                    preset.preset(),
                    megabits(up),
                    megabits(preset.downlink(Link.ANY, "terminal")),
                    Figures.seconds(up.latencySeconds()),
                    duplex(preset).toLowerCase(Locale.ROOT));
            sources.put(preset.preset(), preset.source());
        }
        return devices + System.lineSeparator() + links + sources(sources);
    }

    private static String megabits(Link link) {
        return Figures.number(link.bytesPerSecond() * 8e-6);
    }

    private static String sources(Map<String, String> sources) {
        StringBuilder text = new StringBuilder(String.format("%nSources:"));
        sources.forEach((name, source) -> text.append(String.format("%n  %s: %s", name, source)));
        return text.toString();
    }

    private static ObjectNode strategies() {
        ObjectNode document = JsonOutput.object();
        ArrayNode array = document.putArray("strategies");
        Strategies.all()
                .forEach(entry -> array.addObject()
                        .put("name", entry.name())
                        .put("class", entry.strategy().getClass().getSimpleName())
                        .put("description", entry.description())
                        .put("source", entry.source()));
        return document;
    }

    private static String strategiesText() {
        StringBuilder text = new StringBuilder();
        Strategies.all()
                .forEach(entry -> text.append(String.format(
                        "%-20s %s%s%n",
                        entry.name(),
                        entry.description(),
                        entry.source().isEmpty() ? "" : " (" + entry.source() + ")")));
        return text.toString().stripTrailing();
    }

    private static ObjectNode models() {
        ObjectNode document = JsonOutput.object();
        ArrayNode array = document.putArray("models");
        for (ModelZoo network : ModelZoo.values()) {
            LayerGraph graph = network.build();
            array.addObject()
                    .put("name", network.title())
                    .put("layers", graph.layers().size())
                    .put("parameters", graph.parameters())
                    .put("parameterBytes", graph.parameterBytes())
                    .put("macs", graph.macs())
                    .put("source", network.source());
        }
        return document;
    }

    private static String modelsText() {
        TextTable table = new TextTable("network", "layers", "parameters", "weights", "MACs", "input");
        Map<String, String> sources = new TreeMap<>();
        for (ModelZoo network : ModelZoo.values()) {
            LayerGraph graph = network.build();
            table.row(
                    network.title(),
                    Figures.count(graph.layers().size()),
                    Figures.count(graph.parameters()),
                    Figures.bytes(graph.parameterBytes()),
                    Figures.count(graph.macs()),
                    graph.inputs().get(0).shape().toString());
            sources.put(network.title(), network.source());
        }
        return table + sources(sources);
    }

    private static ObjectNode problems() {
        ObjectNode document = JsonOutput.object();
        ArrayNode array = document.putArray("problems");
        for (BenchmarkProblem problem : BenchmarkProblem.all()) {
            array.addObject()
                    .put("name", problem.name())
                    .put("tasks", problem.scenario().workload().tasks().size())
                    .put("layers", problem.scenario().workload().layerCount())
                    .put("devices", problem.scenario().platform().devices().size())
                    .put("objective", problem.objective().label())
                    .put("optimum", problem.optimum())
                    .put("provenBy", problem.provenBy())
                    .put("source", problem.origin());
        }
        return document;
    }

    private static String problemsText() {
        TextTable table = new TextTable("problem", "tasks", "layers", "devices", "objective", "optimum", "proven by");
        Map<String, String> sources = new TreeMap<>();
        for (BenchmarkProblem problem : BenchmarkProblem.all()) {
            table.row(
                    problem.name(),
                    Figures.count(problem.scenario().workload().tasks().size()),
                    Figures.count(problem.scenario().workload().layerCount()),
                    Figures.count(problem.scenario().platform().devices().size()),
                    problem.objective().label(),
                    FrontText.figure(problem.objective(), problem.optimum()),
                    problem.provenBy());
            sources.put(problem.name(), problem.origin());
        }
        return table + sources(sources);
    }
}
