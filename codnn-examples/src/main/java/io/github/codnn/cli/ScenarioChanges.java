package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.LayerTimes;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.units.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that change the conditions of a plan. They apply in the order of their declaration here. */
final class ScenarioChanges {

    private static final String TIMES = "x";

    @Option(
            names = "--add",
            paramLabel = "NAME=DEVICE",
            description = "One more device, with the figures and links of one that is there.")
    private List<String> added = new ArrayList<>();

    @Option(names = "--without", paramLabel = "DEVICE", description = "Without this device and its links.")
    private List<String> removed = new ArrayList<>();

    @Option(
            names = "--device",
            paramLabel = "NAME=CHANGE",
            description =
                    "Another device of that name: x2 for twice as fast, the name of a device that it becomes like,"
                            + " or a preset, which needs --model.")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "The network of the plan (.onnx, .cfg, zoo:NAME), from which the times of a preset follow.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--medium",
            paramLabel = "NAME=CHANGE",
            description = "A medium of another rate, with all its links: 4Mbit/s, or x0.25 for a quarter.")
    private List<String> media = new ArrayList<>();

    @Option(
            names = "--link",
            paramLabel = "FROM:TO=CHANGE",
            description = "Links of another rate or latency; FROM or TO may be '*'. 4Mbit/s, x0.25, 30ms, +30ms, or a"
                    + " rate and a latency with a comma between them.")
    private List<String> links = new ArrayList<>();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Units.Seconds.class,
            description = "Most time for a frame of each task; its mean time, unless the plan had a deadline on the"
                    + " response.")
    private Optional<Double> deadline = Optional.empty();

    @Option(names = "--frames", paramLabel = "N", description = "Number of frames of each task.")
    private Optional<Long> frames = Optional.empty();

    @Mixin
    private ModelArgument models = new ModelArgument();

    /** Applies the options. */
    Scenario applyTo(Scenario scenario) {
        if (model.isEmpty()) {
            models.checkUnused("There is no --model");
        }
        Scenario changed = scenario;
        for (String each : added) {
            Part part = Part.of("--add", each);
            changed = changed.withPlatform(changed.platform().withCopy(part.name(), part.change()));
        }
        for (String each : removed) {
            changed = changed.withPlatform(changed.platform().without(each));
        }
        for (String each : devices) {
            changed = changeDevice(changed, Part.of("--device", each));
        }
        for (String each : media) {
            changed = changed.withPlatform(changeMedium(changed.platform(), Part.of("--medium", each)));
        }
        for (String each : links) {
            changed = changed.withPlatform(changeLinks(changed.platform(), Part.of("--link", each)));
        }
        return changed.withWorkload(new Workload(
                changed.workload().tasks().stream().map(this::withLimits).toList()));
    }

    private Task withLimits(Task task) {
        Task changed = frames.map(task::withFrames).orElse(task);
        Deadline.Measure measure = task.deadline().map(Deadline::measure).orElse(Deadline.Measure.MEAN);
        return deadline.map(seconds -> changed.withDeadline(new Deadline(measure, seconds)))
                .orElse(changed);
    }

    private Scenario changeDevice(Scenario scenario, Part part) {
        Platform platform = scenario.platform();
        Device old = platform.devices().get(platform.indexOf(part.name()));
        if (part.change().startsWith(TIMES) && part.change().length() > 1) {
            double factor = part.factor();
            return scenario.withCostModel(CostModel.withSpeed(scenario.costModel(), part.name(), factor));
        }
        boolean isDevice =
                platform.devices().stream().anyMatch(each -> each.name().equals(part.change()));
        Device next = isDevice
                ? platform.devices().get(platform.indexOf(part.change()))
                : DevicePresets.named(part.change()).device(part.name());
        Scenario changed = scenario.withPlatform(
                platform.withDevice(next.withName(part.name()).withTier(old.tier())));
        return isDevice ? changed : changed.withCostModel(ofPreset(changed, next));
    }

    /** The times of the layers on a preset, from what the model says about them. */
    private CostModel ofPreset(Scenario scenario, Device device) {
        String file = model.orElseThrow(() -> new CodnnException("--device " + device.name() + "="
                + "... names a preset, but a plan only has times on its own devices. Give the network with --model"));
        Map<String, Cost> costs = new LinkedHashMap<>();
        CostModel presets = RooflineCostModel.withPresets();
        for (Layer layer : models.readBound(file).graph().layers()) {
            costs.put(layer.name(), presets.compute(layer, device));
        }
        LayerTimes times = LayerTimes.of(device.name(), costs, scenario.costModel());
        times.checkCovers(scenario.workload().tasks().stream().map(Task::graph).toList(), List.of(device));
        return times;
    }

    private static Platform changeMedium(Platform platform, Part part) {
        double old = platform.media().stream()
                .filter(medium -> medium.name().equals(part.name()))
                .mapToDouble(Medium::bytesPerSecond)
                .findFirst()
                .orElse(1);
        return platform.withMediumRate(
                part.name(),
                part.change().startsWith(TIMES) ? old * part.factor() : Units.bytesPerSecond(part.change()));
    }

    private static Platform changeLinks(Platform platform, Part part) {
        UnaryOperator<Link> change = UnaryOperator.identity();
        for (String piece : part.change().split(",", -1)) {
            UnaryOperator<Link> before = change;
            UnaryOperator<Link> next = linkChange(new Part(part.option(), part.name(), piece));
            change = link -> next.apply(before.apply(link));
        }
        UnaryOperator<Link> whole = change;
        for (int colon = part.name().indexOf(':');
                colon >= 0;
                colon = part.name().indexOf(':', colon + 1)) {
            String from = part.name().substring(0, colon);
            String to = part.name().substring(colon + 1);
            if (isEnd(platform, from) && isEnd(platform, to)) {
                return platform.withLinks(from, to, whole);
            }
        }
        throw new CodnnException(
                "--link " + part.name() + "=...: write FROM:TO, each a device of the plan or '*'. It has "
                        + platform.devices().stream().map(Device::name).limit(8).toList());
    }

    private static boolean isEnd(Platform platform, String end) {
        return end.equals(Link.ANY)
                || platform.devices().stream().anyMatch(device -> device.name().equals(end));
    }

    private static UnaryOperator<Link> linkChange(Part part) {
        String change = part.change();
        if (change.startsWith(TIMES)) {
            double factor = part.factor();
            return link -> link.withBytesPerSecond(link.bytesPerSecond() * factor);
        }
        if (Units.isRate(change)) {
            double rate = Units.bytesPerSecond(change);
            return link -> link.withBytesPerSecond(rate);
        }
        if (change.startsWith("+")) {
            double more = Units.seconds(change.substring(1));
            return link -> link.withLatencySeconds(link.latencySeconds() + more);
        }
        double latency = Units.seconds(change);
        return link -> link.withLatencySeconds(latency);
    }

    /** {@code NAME=CHANGE} of an option. */
    private record Part(String option, String name, String change) {

        static Part of(String option, String text) {
            int equals = text.lastIndexOf('=');
            if (equals <= 0 || equals == text.length() - 1) {
                throw new CodnnException(
                        option + " " + text + ": write NAME=CHANGE; codnn help what-if lists the changes");
            }
            return new Part(option, text.substring(0, equals), text.substring(equals + 1));
        }

        double factor() {
            double factor = Units.number(change.substring(1), "a factor, as in x0.25");
            if (factor == 0) {
                throw new CodnnException(option + " " + name + "=" + change + ": a factor must be positive");
            }
            return factor;
        }
    }
}
