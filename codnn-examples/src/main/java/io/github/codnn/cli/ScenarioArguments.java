package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.benchmark.BenchmarkProblem;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.LayerTimes;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.json.PlatformJson;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.planner.ParetoPlanner;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.predict.RegressionCostModel;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.units.InputBytes;
import io.github.codnn.units.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that state what to plan: a model and a platform, or a complete problem. */
final class ScenarioArguments {

    private static final String BUNDLED = "problem:";
    /** What exporters call every graph. */
    private static final Set<String> EXPORTED =
            Set.of("torch_jit", "torch-jit-export", "main_graph", "main", "graph", "tf2onnx");

    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_]([\\p{Alnum}_.-]*[\\p{Alnum}_])?");

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A file (.onnx, .cfg), zoo:NAME, or problem:NAME of codnn list problems.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--platform", paramLabel = "FILE", description = "The devices and links (JSON).")
    private Optional<Path> platform = Optional.empty();

    @Option(
            names = "--problem",
            paramLabel = "FILE",
            description = "A complete problem with measured times (JSON); problem:NAME is one of codnn list problems.")
    private Optional<String> problem = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "MODEL[,KEY=VALUE..]",
            description = "One of several tasks that share the platform, with name, source, sink, frames, deadline or"
                    + " input-bytes.")
    private List<String> tasks = new ArrayList<>();

    @Option(
            names = "--times",
            paramLabel = "FILE.csv",
            description = "Own times in place of the platform's speeds: columns layer, device (name or kind), seconds"
                    + " and, if measured, joules.")
    private Optional<Path> times = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "DEVICE",
            description = "Where frames arise and results return; the first terminal unless given.")
    private Optional<String> source = Optional.empty();

    @Option(names = "--sink", paramLabel = "DEVICE", description = "Where results go if not back to the source.")
    private Optional<String> sink = Optional.empty();

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Number of frames of each task, in place of those of a problem file.")
    private Optional<Long> frames = Optional.empty();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Units.Seconds.class,
            description =
                    "Most time for a frame of each task, in place of the deadlines of a problem file, as in 200ms.")
    private Optional<Double> deadline = Optional.empty();

    @Option(
            names = "--deadline-on",
            paramLabel = "MEASURE",
            description = "What the deadline limits: ${COMPLETION-CANDIDATES}; the mean time unless given.")
    private Optional<Deadline.Measure> deadlineOn = Optional.empty();

    @Option(
            names = "--pin",
            paramLabel = "LAYER=DEVICE",
            description = "A layer that must run on a device, for privacy for example; of each task that has it.")
    private List<String> pins = new ArrayList<>();

    @Option(
            names = "--input-bytes",
            paramLabel = "[NAME=]SIZE",
            description = "What is sent for an input of each network, in place of its numbers, as in 60KiB for a camera"
                    + " that sends JPEG.")
    private List<String> inputBytes = new ArrayList<>();

    @Option(names = "--transfers", paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}.")
    private Optional<TransferMode> transfers = Optional.empty();

    @Option(names = "--stages", paramLabel = "RULE", description = "Stages per device: ${COMPLETION-CANDIDATES}.")
    private Optional<StagesPerDevice> stages = Optional.empty();

    @Option(names = "--max-devices", paramLabel = "N", description = "Most devices that may run layers.")
    private Optional<Integer> maxDevices = Optional.empty();

    @Option(
            names = "--idle",
            paramLabel = "DEVICES",
            description =
                    "Which devices wait at idle power until the last task is done: ${COMPLETION-CANDIDATES}; those"
                            + " that take part unless given.")
    private Optional<IdlePolicy> idle = Optional.empty();

    @Mixin
    private ModelArgument models = new ModelArgument();

    private final Map<String, String> modelOfTask = new LinkedHashMap<>();

    /** Returns a planner: layers of a problem file stay as they are. */
    Planner planner(SearchArguments searches, Strategy strategy, SearchOptions options) {
        Planner planner =
                Planner.withDefaults().withStrategy(searches.ordered(strategy)).withOptions(options);
        return collapser(searches).map(planner::withCollapser).orElse(planner);
    }

    /** Returns a planner of fronts: layers of a problem file stay as they are. */
    ParetoPlanner paretoPlanner(SearchArguments searches, ParetoSearch search, SearchOptions options) {
        ParetoPlanner planner = ParetoPlanner.withDefaults().withSearch(search).withOptions(options);
        return collapser(searches).map(planner::withCollapser).orElse(planner);
    }

    private Optional<GraphCollapser> collapser(SearchArguments searches) {
        if (statedProblem().isEmpty()) {
            return searches.collapser();
        }
        if (searches.collapses()) {
            throw new CodnnException("The layers of a problem file stay as they are. Leave out --collapse");
        }
        return Optional.of(GraphCollapser.none());
    }

    /** Reads what to plan. */
    Scenario read() {
        Optional<String> stated = statedProblem();
        Scenario scenario = stated.isPresent() ? readProblem(stated.get()) : readModels();
        scenario = Pins.parse(pins).applyTo(scenario);
        scenario = changed(scenario, transfers, Scenario::withTransfers);
        scenario = changed(scenario, stages, Scenario::withStagesPerDevice);
        scenario = changed(scenario, maxDevices, Scenario::withMaxDevices);
        return changed(scenario, idle, Scenario::withIdle);
    }

    /** Returns the file or the name of a complete problem; MODEL may name one that comes with the library. */
    private Optional<String> statedProblem() {
        return problem.or(() -> model.filter(text -> text.startsWith(BUNDLED)));
    }

    private Scenario readProblem(String stated) {
        boolean isModel = problem.isPresent() && model.isPresent();
        if (isModel || Stream.of(platform, times, source, sink).anyMatch(Optional::isPresent) || !tasks.isEmpty()) {
            throw new CodnnException("A problem (" + stated + ") states the tasks, the times and the platform; give no"
                    + " MODEL, --platform, --task, --times, --source or --sink beside it");
        }
        models.checkUnused("A problem states the layers and their sizes");
        if (!inputBytes.isEmpty()) {
            throw new CodnnException(
                    "A problem states the sizes of its inputs (transferBytes). Leave out --input-bytes");
        }
        checkMeasure(deadline.isPresent());
        Scenario scenario = stated.startsWith(BUNDLED)
                ? BenchmarkProblem.named(stated.substring(BUNDLED.length())).scenario()
                : ProblemJson.read(Path.of(stated));
        return scenario.withWorkload(new Workload(
                scenario.workload().tasks().stream().map(this::withLimits).toList()));
    }

    private void checkMeasure(boolean anyDeadline) {
        if (deadlineOn.isPresent() && !anyDeadline) {
            throw new CodnnException(
                    "--deadline-on says what a deadline limits, but there is none. Give --deadline too");
        }
    }

    private Scenario readModels() {
        List<TaskArgument> stated = new ArrayList<>();
        model.ifPresent(text -> stated.add(TaskArgument.parse(text)));
        tasks.forEach(text -> stated.add(TaskArgument.parse(text)));
        if (stated.isEmpty() || platform.isEmpty()) {
            throw new CodnnException(
                    "Give a MODEL and --platform FILE, or --problem FILE, or problem:NAME of codnn list problems");
        }
        checkMeasure(deadline.isPresent()
                || stated.stream().anyMatch(task -> task.text("deadline").isPresent()));
        PlatformJson.Document document = PlatformJson.read(platform.get());
        List<ImportedModel> networks =
                models.readBound(stated.stream().map(TaskArgument::model).toList());
        Set<String> names = new HashSet<>();
        List<Task> made = new ArrayList<>();
        for (int index = 0; index < networks.size(); index++) {
            made.add(makeTask(stated.get(index), networks.get(index).graph(), document.platform(), names));
        }
        CostModel costs =
                measured(costModel(document), networks, document.platform().devices());
        return Scenario.of(made.get(0).name(), new Workload(made), document.platform(), costs);
    }

    private CostModel measured(CostModel platformCosts, List<ImportedModel> networks, List<Device> devices) {
        if (times.isEmpty()) {
            return platformCosts;
        }
        LayerTimes measured = LayerTimes.read(times.get(), platformCosts);
        measured.checkCovers(networks.stream().map(ImportedModel::graph).toList(), devices);
        return measured;
    }

    /** The speeds of the platform file, and those of the fitted models that it names, relative to it. */
    private CostModel costModel(PlatformJson.Document document) {
        Path folder = platform.orElseThrow().toAbsolutePath().getParent();
        Map<String, CostModel> fitted = new HashMap<>();
        document.costModelFiles()
                .forEach((kind, file) -> fitted.put(
                        kind, RegressionCostModel.read(folder == null ? Path.of(file) : folder.resolve(file))));
        return CostModel.byKind(fitted, document.costModel());
    }

    /** Reads the files of the networks once more: a plan remembers their digests. */
    Map<String, ModelFile> modelFiles() {
        Map<String, ModelFile> files = new LinkedHashMap<>();
        modelOfTask.forEach((task, file) -> files.put(task, ModelFile.of(Path.of(file))));
        return files;
    }

    private Task makeTask(TaskArgument stated, LayerGraph graph, Platform devices, Set<String> names) {
        String base = stated.text("name").orElseGet(() -> name(stated.model(), graph));
        String name = base;
        for (int number = 2; !names.add(name); number++) {
            name = base + "-" + number;
        }
        if (ModelArgument.isFile(stated.model())) {
            modelOfTask.put(name, stated.model());
        }
        String from = stated.text("source").or(() -> source).orElseGet(() -> firstTerminal(devices));
        List<String> sizes = stated.text("input-bytes").map(List::of).orElse(inputBytes);
        Task task = InputBytes.apply(sizes, Task.of(name, graph, from));
        task = changed(task, stated.text("sink").or(() -> sink), (each, to) -> each.withSink(Optional.of(to)));
        task = changed(task, stated.count("frames").or(() -> frames), Task::withFrames);
        return changed(task, stated.seconds("deadline").or(() -> deadline), this::withDeadline);
    }

    /** Names a network like its file if exporters gave its graph a sentence or always the same as a name. */
    private static String name(String model, LayerGraph graph) {
        Path file = ModelArgument.isFile(model) ? Path.of(model).getFileName() : null;
        boolean tells = PLAIN.matcher(graph.name()).matches() && !EXPORTED.contains(graph.name());
        if (file == null || tells) {
            return graph.name();
        }
        String stem = file.toString().replaceFirst("\\.[^.]*$", "");
        return stem.isBlank() ? graph.name() : stem;
    }

    /** Applies an option if it is given. */
    private static <T, V> T changed(T value, Optional<V> option, BiFunction<T, V, T> change) {
        return option.map(given -> change.apply(value, given)).orElse(value);
    }

    private Task withDeadline(Task task, double seconds) {
        return task.withDeadline(new Deadline(deadlineOn.orElse(Deadline.Measure.MEAN), seconds));
    }

    private static String firstTerminal(Platform platform) {
        return platform.devices().stream()
                .filter(device -> device.tier() == Tier.TERMINAL)
                .findFirst()
                .map(Device::name)
                .orElseThrow(() -> new CodnnException("The platform has no device of tier TERMINAL. Give --source."));
    }

    private Task withLimits(Task task) {
        return changed(changed(task, frames, Task::withFrames), deadline, this::withDeadline);
    }
}
