package io.github.codnn.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.internal.JsonField;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.Stage;
import io.github.codnn.plan.StopReason;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.plan.UnknownWork;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.simulate.StreamCheck;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Plan files, format {@code codnn-plan/1}: a placement, its metrics, how it was found, and the whole problem, so that
 * a plan can be evaluated and simulated from its file alone.
 *
 * <p>{@code problem} is a document of {@link ProblemJson}. Each of {@code tasks} has its {@code name}, {@code model}
 * (missing if not known: {@code file}, its name, and {@code digest}, see {@link ModelFile}),
 * {@code placement} (device by layer), {@code stages} ({@code device}, {@code layers}, {@code seconds}) and
 * {@code metrics}; {@code metrics} at the top are those of all tasks together; {@link io.github.codnn.plan.PlanMetrics}
 * defines them. {@code notices} are what the readers of the networks assumed or left out, {@code unknownShare} is the
 * share of the computing time that rests on work that the cost model does not know, and {@code unknownLayers} are its
 * layers ({@code task}, {@code layer}, {@code reason}); {@link io.github.codnn.plan.UnknownWork} defines them.
 * {@code simulated}, the times of a simulation, and {@code frameRate}, a rate that was asked for, may stand beside
 * {@code metrics} and are ignored. Whether a deadline is
 * kept is decided by {@link StreamCheck}.
 * The record of the search follows: {@code objective}, {@code value}, {@code lowerBound}, {@code gap},
 * {@code blockBound} and {@code blockGap} (among the plans that keep the blocks of a collapsed network whole; missing
 * if it was not collapsed), {@code strategy}, {@code settings}, {@code seed}, {@code evaluations},
 * {@code elapsedSeconds} and {@code stopReason}; it is missing for a plan made by hand. A plan that breaks
 * constraints has no {@code gap}, but an
 * {@code infeasibility} if the search looked for the closest plan: whether it is {@code proven} that no plan keeps all
 * constraints, whether it is proven that none is {@code closest}r, and {@code limits}, each with {@code constraint},
 * {@code subject} (the task or the device), {@code quantity} (with its unit), {@code limit}, {@code leastAchievable},
 * {@code proven} (else it is a lower bound) and {@code others};
 * {@link io.github.codnn.plan.RunRecord.LeastValue} defines them. Figures that are not finite, such as the lower bound
 * where none is known or the throughput of a placement that takes no time, are null.
 */
public final class PlanJson {

    private static final String FORMAT = "codnn-plan/1";
    private static final List<String> PLAN = List.of(
            "format",
            "problem",
            "tasks",
            "links",
            "media",
            "notices",
            "unknownShare",
            "unknownLayers",
            "metrics",
            "frameRate",
            "simulated",
            "objective",
            "value",
            "lowerBound",
            "gap",
            "blockBound",
            "blockGap",
            "boundCovers",
            "strategy",
            "settings",
            "seed",
            "evaluations",
            "elapsedSeconds",
            "stopReason",
            "infeasibility");

    private PlanJson() {}

    /**
     * Reads a plan file of at most 64 MiB. Metrics and stages are computed from problem and placement; those in
     * the file are ignored.
     *
     * @param file the file
     * @return the plan
     * @throws CodnnException if the file cannot be read or its content cannot be used
     */
    public static Plan read(Path file) {
        return read(JsonFiles.read(file));
    }

    /**
     * A plan with what its file states wrongly.
     *
     * @param plan the plan
     * @param contradictions each stage, metric or gap of the file that is not that of the placement, with both values
     */
    public record Checked(Plan plan, List<String> contradictions) {

        /** Copies the components. */
        public Checked {
            Objects.requireNonNull(plan, "plan");
            contradictions = List.copyOf(contradictions);
        }
    }

    /**
     * Reads a plan file as {@link #read(Path)} does, and compares the stages and figures in it with those of its
     * placement.
     *
     * @param file the file
     * @return the plan and what contradicts it
     * @throws CodnnException if the file cannot be read or its content cannot be used
     */
    public static Checked readChecked(Path file) {
        JsonField root = JsonFiles.read(file);
        Plan plan = read(root);
        return new Checked(plan, StatedFigures.compare(root.node(), tree(plan, OptionalDouble.empty())));
    }

    /**
     * Reads a plan from text; see {@link #read(Path)}.
     *
     * @param json the content of a plan file
     * @return the plan
     * @throws CodnnException if the content cannot be used
     */
    public static Plan parse(String json) {
        return read(JsonFiles.parse("plan", json));
    }

    /**
     * Writes a plan as text.
     *
     * @param plan the plan
     * @param elapsedSeconds how long the search took, if it is to be written; not part of the plan because it differs
     *     from run to run
     * @return the content of a plan file
     * @throws CodnnException if the format cannot express the problem; see {@link ProblemJson#render}
     */
    public static String render(Plan plan, OptionalDouble elapsedSeconds) {
        return JsonFiles.text(tree(plan, elapsedSeconds));
    }

    /**
     * Writes a plan file, whole or not at all.
     *
     * @param plan the plan
     * @param elapsedSeconds how long the search took, if it is to be written
     * @param file the file, replaced if it exists
     * @throws CodnnException if the file cannot be written or the format cannot express the problem
     */
    public static void write(Plan plan, OptionalDouble elapsedSeconds, Path file) {
        JsonFiles.write(tree(plan, elapsedSeconds), file);
    }

    /**
     * Writes the placement, the stages and the metrics of a plan, without its problem and the record of its search. Use
     * it in documents that hold many plans of one problem, such as a Pareto front.
     *
     * @param plan the plan
     * @return a JSON object with the fields {@code tasks} and {@code metrics} of a plan file; {@link #parse} cannot
     *     read it
     */
    public static String renderOutcome(Plan plan) {
        ObjectNode root = JsonFiles.object();
        writeOutcome(plan, root);
        return JsonFiles.text(root);
    }

    private static Plan read(JsonField root) {
        root.only(PLAN);
        root.find("elapsedSeconds").ifPresent(JsonField::nonNegative);
        JsonField format = root.get("format");
        if (!format.text().equals(FORMAT)) {
            throw format.error("must be '" + FORMAT + "', but is '" + format.text() + "'");
        }
        Scenario scenario = ProblemReader.read(root.get("problem"));
        JsonField tasks = root.get("tasks");
        Map<String, Map<String, String>> placement = new LinkedHashMap<>();
        Map<String, ModelFile> models = new LinkedHashMap<>();
        for (JsonField task : tasks.elements()) {
            task.only(List.of("name", "model", "placement", "stages", "metrics"));
            String name = task.get("name").text();
            task.find("model").ifPresent(model -> models.put(name, readModel(model)));
            if (placement.put(name, task.get("placement").entries(JsonField::text)) != null) {
                throw task.error("is a second task named '" + name + "'");
            }
        }
        Plan plan = tasks.make(() -> StreamCheck.of(scenario)
                .applyTo(PlanEvaluator.of(scenario).plan(new Placement(placement)))
                .withModels(models));
        return root.find("strategy").isPresent() ? plan.withRun(readRun(root, scenario)) : plan;
    }

    private static ModelFile readModel(JsonField model) {
        model.only(List.of("file", "digest"));
        return model.make(() ->
                new ModelFile(model.get("file").text(), model.get("digest").text()));
    }

    /** What {@code lowerBound} held for in files that were written before there was a {@code blockBound}. */
    private enum BoundCovers {
        ALL_PLANS,
        WHOLE_BLOCKS
    }

    private static RunRecord readRun(JsonField root, Scenario scenario) {
        boolean isOfBlocks = root.find("boundCovers")
                .filter(field -> field.choice(BoundCovers.class) == BoundCovers.WHOLE_BLOCKS)
                .isPresent();
        List<String> ofNetworks = scenario.notices();
        List<String> ofSearch = root.find("notices").stream()
                .flatMap(field -> field.elements().stream().map(JsonField::text))
                .filter(notice -> !ofNetworks.contains(notice))
                .toList();
        return root.make(() -> new RunRecord(
                root.get("objective").text(),
                root.find("value").map(JsonField::number).orElse(Double.POSITIVE_INFINITY),
                root.find("lowerBound")
                        .filter(field -> !isOfBlocks)
                        .map(JsonField::number)
                        .orElse(Double.NEGATIVE_INFINITY),
                root.find(isOfBlocks ? "lowerBound" : "blockBound")
                        .map(field -> OptionalDouble.of(field.number()))
                        .orElse(OptionalDouble.empty()),
                root.get("strategy").text(),
                root.get("settings").anyText(),
                root.get("seed").integer(),
                root.get("evaluations").integer(),
                stopReason(root.get("stopReason")),
                ofSearch,
                root.find("infeasibility").map(InfeasibilityFields::read)));
    }

    private static StopReason stopReason(JsonField field) {
        String text = field.text();
        return Arrays.stream(StopReason.values())
                .filter(reason -> reason.label().equals(text))
                .findFirst()
                .orElseThrow(() -> field.error("must be one of "
                        + Arrays.stream(StopReason.values())
                                .map(StopReason::label)
                                .toList() + ", but is '" + text
                        + "'"));
    }

    private static ObjectNode tree(Plan plan, OptionalDouble elapsedSeconds) {
        ObjectNode root = JsonFiles.object().put("format", FORMAT);
        root.set("problem", ProblemWriter.tree(plan.scenario()));
        writeOutcome(plan, root);
        plan.run().ifPresent(run -> writeRun(plan, run, root));
        if (elapsedSeconds.isPresent()) {
            putFinite(root, "elapsedSeconds", elapsedSeconds.getAsDouble());
        }
        return root;
    }

    private static void writeOutcome(Plan plan, ObjectNode root) {
        ArrayNode tasks = root.putArray("tasks");
        Map<String, List<Stage>> stages = plan.stages().stream().collect(Collectors.groupingBy(Stage::task));
        plan.metrics()
                .tasks()
                .forEach(task -> writeTask(plan, task, stages.getOrDefault(task.task(), List.of()), tasks.addObject()));
        writeTransfers(plan.transferLoads(), root);
        plan.notices().forEach(root.putArray("notices")::add);
        writeUnknownWork(plan.unknownWork(), root);
        writeMetrics(plan.metrics(), root.putObject("metrics"));
    }

    private static void writeTransfers(Plan.TransferLoads loads, ObjectNode root) {
        ArrayNode links = root.putArray("links");
        loads.links().forEach(link -> {
            ObjectNode each = links.addObject().put("from", link.from()).put("to", link.to());
            each.put("medium", link.medium().orElse(null));
            each.put("secondsPerFrame", link.seconds()).put("share", link.share());
        });
        ArrayNode media = root.putArray("media");
        loads.media()
                .forEach(medium -> media.addObject()
                        .put("name", medium.name())
                        .put("secondsPerFrame", medium.seconds())
                        .put("share", medium.share()));
    }

    private static void writeUnknownWork(UnknownWork work, ObjectNode root) {
        root.put("unknownShare", work.share());
        ArrayNode layers = root.putArray("unknownLayers");
        work.layers()
                .forEach(part -> layers.addObject()
                        .put("task", part.task())
                        .put("layer", part.layer())
                        .put("reason", part.reason()));
    }

    private static void writeTask(Plan plan, TaskMetrics metrics, List<Stage> ofTask, ObjectNode node) {
        node.put("name", metrics.task());
        ModelFile model = plan.models().get(metrics.task());
        if (model != null) {
            node.putObject("model").put("file", model.name()).put("digest", model.digest());
        }
        ObjectNode placement = node.putObject("placement");
        plan.placement().of(metrics.task()).forEach(placement::put);
        ArrayNode stages = node.putArray("stages");
        ofTask.forEach(stage -> {
            ObjectNode each = stages.addObject().put("device", stage.device());
            ArrayNode layers = each.putArray("layers");
            stage.layers().forEach(layers::add);
            each.put("seconds", stage.seconds());
        });
        ObjectNode figures = node.putObject("metrics");
        putFinite(figures, "periodSeconds", metrics.periodSeconds());
        putFinite(figures, "throughputPerSecond", metrics.throughputPerSecond());
        putFinite(figures, "responseSeconds", metrics.responseSeconds());
        putFinite(figures, "makespanSeconds", metrics.makespanSeconds());
        putFinite(figures, "meanSeconds", metrics.meanSeconds());
    }

    private static void writeMetrics(MetricsSnapshot metrics, ObjectNode node) {
        putFinite(node, "periodSeconds", metrics.periodSeconds());
        putFinite(node, "throughputPerSecond", metrics.throughputPerSecond());
        putFinite(node, "responseSeconds", metrics.responseSeconds());
        putFinite(node, "makespanSeconds", metrics.makespanSeconds());
        putFinite(node, "meanSeconds", metrics.meanSeconds());
        putFinite(node, "energyJoules", metrics.energyJoules());
        putFinite(node, "computeJoules", metrics.computeJoules());
        putFinite(node, "idleJoules", metrics.idleJoules());
        putFinite(node, "transferJoules", metrics.transferJoules());
        putFinite(node, "switchOnJoules", metrics.switchOnJoules());
        putFinite(node, "price", metrics.price());
        node.put("devicesUsed", metrics.devicesUsed());
        node.put("feasible", metrics.feasible());
        putFinite(node, "violation", metrics.violation());
        node.put("deadlineAchievementRate", metrics.deadlineAchievementRate());
        ArrayNode violations = node.putArray("violations");
        metrics.violations().forEach(violation -> {
            ObjectNode each = violations.addObject();
            each.put("constraint", violation.constraint().name()).put("subject", violation.subject());
            putFinite(each, "amount", violation.amount());
            each.put("message", violation.message());
        });
    }

    private static void writeRun(Plan plan, RunRecord run, ObjectNode root) {
        root.put("objective", run.objective());
        putFinite(root, "value", run.value());
        putFinite(root, "lowerBound", run.lowerBound());
        if (plan.metrics().feasible()) {
            putFinite(root, "gap", plan.gap().orElse(Double.POSITIVE_INFINITY));
        }
        run.blockBound().ifPresent(bound -> putFinite(root, "blockBound", bound));
        plan.blockGap().ifPresent(gap -> root.put("blockGap", gap));
        root.put("strategy", run.strategy())
                .put("settings", run.settings())
                .put("seed", run.seed())
                .put("evaluations", run.evaluations())
                .put("stopReason", run.stopReason().label());
        run.infeasibility().ifPresent(known -> InfeasibilityFields.write(known, root.putObject("infeasibility")));
    }

    /** JSON has no infinity. */
    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
