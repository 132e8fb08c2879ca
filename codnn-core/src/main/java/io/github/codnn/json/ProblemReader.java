package io.github.codnn.json;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.JsonField;
import io.github.codnn.internal.Quantities;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one problem; made for it and thrown away afterwards. */
final class ProblemReader {

    static final String FORMAT = "codnn-problem/1";

    private static final List<String> PROBLEM = List.of(
            "format",
            "name",
            "origin",
            "notes",
            "transfers",
            "stagesPerDevice",
            "memory",
            "maxDevices",
            "idle",
            "devices",
            "links",
            "media",
            "tasks",
            "reference");
    private static final List<String> TASK = List.of(
            "name",
            "network",
            "notices",
            "source",
            "sink",
            "frames",
            "deadlineSeconds",
            "deadlineMeasure",
            "layers",
            "tensors");
    private static final List<String> LAYER =
            List.of("name", "memoryBytes", "seconds", "joules", "unknownWork", "pinned", "colocate");
    private static final List<String> TENSOR = List.of("name", "from", "to", "bytes", "transferBytes", "result");

    private final JsonField root;
    private final Platform platform;
    private final Map<String, Map<String, Double>> secondsByLayer = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> unknownByLayer = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> joulesByLayer = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Double>>> secondsByOperator = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, String>>> ownUnknown = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Double>>> ownJoules = new LinkedHashMap<>();
    private final Set<String> deviceNames;
    private final Map<String, Set<Double>> wattsByKind = new LinkedHashMap<>();

    private ProblemReader(JsonField root) {
        this.root = root;
        root.only(PROBLEM);
        JsonField format = root.get("format");
        if (!format.text().equals(FORMAT)) {
            throw format.error("must be '" + FORMAT + "', but is '" + format.text() + "'");
        }
        platform = PlatformFields.read(root, PlatformFields.DEVICE);
        deviceNames = platform.devices().stream().map(Device::name).collect(Collectors.toSet());
        platform.devices()
                .forEach(device -> wattsByKind
                        .computeIfAbsent(device.kind(), any -> new HashSet<>())
                        .add(device.activeWatts()));
    }

    static Scenario read(JsonField root) {
        return new ProblemReader(root).scenario();
    }

    private Scenario scenario() {
        List<Task> tasks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonField field : root.get("tasks").elements()) {
            Task task = new TaskReader(field.only(TASK)).task();
            if (!names.add(task.name())) {
                throw field.error("is a second task named '" + task.name() + "'");
            }
            tasks.add(task);
        }
        String name = root.get("name").text();
        Scenario.Rules rules = rules();
        return root.make(() -> new Scenario(name, new Workload(tasks), platform, costModel(), rules));
    }

    /** Makes the cost model once: adding the times of one task after another takes quadratic time. */
    private TableCostModel costModel() {
        TableCostModel model = TableCostModel.of(secondsByLayer).withOperators(secondsByOperator);
        if (!unknownByLayer.isEmpty()) {
            ownUnknown.put(ProblemJson.MEASURED, unknownByLayer);
        }
        if (!joulesByLayer.isEmpty()) {
            ownJoules.put(ProblemJson.MEASURED, joulesByLayer);
        }
        return model.withUnknownWork(ownUnknown).withJoules(ownJoules);
    }

    private Scenario.Rules rules() {
        return root.make(() -> new Scenario.Rules(
                root.find("transfers")
                        .map(field -> field.choice(TransferMode.class))
                        .orElse(TransferMode.OVERLAPPED),
                root.find("stagesPerDevice")
                        .map(field -> field.choice(StagesPerDevice.class))
                        .orElse(StagesPerDevice.ONE),
                root.find("memory")
                        .map(field -> field.choice(MemoryModel.class))
                        .orElse(MemoryModel.PARAMETERS),
                (int) (long) root.find("maxDevices")
                        .map(field -> Math.min(field.integer(), Integer.MAX_VALUE))
                        .orElse((long) Integer.MAX_VALUE),
                root.find("idle").map(field -> field.choice(IdlePolicy.class)).orElse(IdlePolicy.PARTICIPATING)));
    }

    private String device(JsonField field) {
        String name = field.text();
        if (!deviceNames.contains(name)) {
            throw field.error("names device '" + name + "', which does not exist. There are "
                    + Checks.some(platform.devices().stream().map(Device::name).toList(), 8));
        }
        return name;
    }

    /** Reads one task of the problem. */
    private final class TaskReader {

        private final JsonField field;
        private final String name;
        private final List<JsonField> layerFields;
        private final Map<String, Integer> layerIndex = new LinkedHashMap<>();
        private final Map<String, Map<String, Double>> times = new LinkedHashMap<>();
        private final Map<String, Map<String, Double>> joules = new LinkedHashMap<>();
        private final Map<String, Map<String, String>> unknown = new LinkedHashMap<>();
        private final Map<String, String> pinned = new LinkedHashMap<>();
        private final Map<String, String> colocated = new LinkedHashMap<>();
        private final List<List<Tensor>> inputs = new ArrayList<>();
        private final List<List<Tensor>> outputs = new ArrayList<>();

        TaskReader(JsonField field) {
            this.field = field;
            name = field.get("name").text();
            layerFields = field.get("layers").elements();
        }

        Task task() {
            layerFields.forEach(this::readLayer);
            LayerGraph graph = graph(chooseOperator());
            Optional<Deadline> deadline = field.find("deadlineSeconds")
                    .map(limit -> limit.make(() -> new Deadline(measure(), limit.number())));
            return field.make(() -> new Task(
                    name,
                    graph,
                    field.find("source").map(ProblemReader.this::device),
                    field.find("sink").map(ProblemReader.this::device),
                    field.find("frames").map(JsonField::integer).orElse(1L),
                    deadline,
                    pinned,
                    colocated));
        }

        private Deadline.Measure measure() {
            return field.find("deadlineMeasure")
                    .map(measure -> measure.choice(Deadline.Measure.class))
                    .orElse(Deadline.Measure.MEAN);
        }

        /** Returns the seconds for every kind of device; infinite where the layer cannot run. */
        private Map<String, Double> readTimes(String layerName, JsonField seconds) {
            Map<String, Double> byKind = seconds.entries(time -> readTime(layerName, time));
            wattsByKind.keySet().forEach(kind -> byKind.putIfAbsent(kind, Double.POSITIVE_INFINITY));
            boolean runs = byKind.values().stream().anyMatch(time -> time <= Quantities.MAX_SECONDS);
            boolean isTimed = byKind.values().stream().anyMatch(Double::isFinite);
            if (!runs && isTimed) {
                throw seconds.error("of layer '" + layerName + "' are all greater than " + Quantities.MAX_SECONDS
                        + " s, which counts as 'cannot run here'. Maybe use another unit, or null where it cannot run");
            }
            return byKind;
        }

        private double readTime(String layerName, JsonField time) {
            if (time.node().isNull()) {
                return Double.POSITIVE_INFINITY;
            }
            double seconds = time.nonNegative();
            if (seconds > 1 / Quantities.LEAST) {
                String kind = time.path().substring(time.path().lastIndexOf("seconds.") + "seconds.".length());
                List<String> names = platform.devices().stream()
                        .filter(device -> device.kind().equals(kind))
                        .map(Device::name)
                        .toList();
                throw time.error("is too large a time of layer '" + layerName + "' on kind '" + kind + "' (devices ["
                        + Checks.some(names, 8) + "]): " + seconds + " s. Use null where a layer cannot run");
            }
            return Quantities.normal(seconds);
        }

        private void readLayer(JsonField layer) {
            layer.only(LAYER);
            String layerName = layer.get("name").text();
            if (layerIndex.putIfAbsent(layerName, layerIndex.size()) != null) {
                throw layer.error("is a second layer named '" + layerName + "' of task '" + name + "'");
            }
            JsonField seconds = layer.get("seconds");
            Map<String, Double> byKind = readTimes(layerName, seconds);
            times.put(layerName, byKind);
            Map<String, Double> measured = JoulesField.read(layer, layerName, byKind, wattsByKind);
            if (!measured.isEmpty()) {
                joules.put(layerName, measured);
            }
            layer.find("unknownWork").ifPresent(work -> unknown.put(layerName, work.entries(JsonField::text)));
            layer.find("pinned").ifPresent(where -> pinned.put(layerName, device(where)));
            layer.find("colocate").ifPresent(group -> colocated.put(layerName, group.text()));
            inputs.add(new ArrayList<>());
            outputs.add(new ArrayList<>());
        }

        /** Adds the times to the cost model; under an operator of this task's own if a name has other times already. */
        private String chooseOperator() {
            boolean clash = times.keySet().stream()
                    .filter(secondsByLayer::containsKey)
                    .anyMatch(layer -> !Objects.equals(times.get(layer), secondsByLayer.get(layer))
                            || !joules.getOrDefault(layer, Map.of()).equals(joulesByLayer.getOrDefault(layer, Map.of()))
                            || !unknown.getOrDefault(layer, Map.of())
                                    .equals(unknownByLayer.getOrDefault(layer, Map.of())));
            if (clash) {
                String operator = ProblemJson.MEASURED + " in " + name;
                secondsByOperator.put(operator, times);
                if (!unknown.isEmpty()) {
                    ownUnknown.put(operator, unknown);
                }
                if (!joules.isEmpty()) {
                    ownJoules.put(operator, joules);
                }
                return operator;
            }
            secondsByLayer.putAll(times);
            unknownByLayer.putAll(unknown);
            joulesByLayer.putAll(joules);
            return ProblemJson.MEASURED;
        }

        private LayerGraph graph(String operator) {
            LayerGraph.Builder builder = LayerGraph.builder(
                    field.find("network").map(JsonField::text).orElse(name));
            List<String> results = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (JsonField tensorField : field.elements("tensors")) {
                Tensor tensor = readTensor(tensorField.only(TENSOR), builder, results);
                if (!names.add(tensor.name())) {
                    throw tensorField.error("is a second tensor named '" + tensor.name() + "' of task '" + name + "'");
                }
            }
            for (JsonField layer : layerFields) {
                long bytes = layer.find("memoryBytes").map(JsonField::integer).orElse(0L);
                String layerName = layer.get("name").text();
                int index = layerIndex.getOrDefault(layerName, -1);
                builder.add(layer.make(
                        () -> Layer.of(layerName, new Operator.Other(operator), inputs.get(index), outputs.get(index))
                                .withParameters(0, bytes)));
            }
            results.forEach(builder::output);
            List<String> notices =
                    field.elements("notices").stream().map(JsonField::text).toList();
            return field.make(builder::build).withNotices(notices);
        }

        private Tensor readTensor(JsonField tensorField, LayerGraph.Builder builder, List<String> results) {
            Tensor dense = tensorField.make(() -> Tensor.ofBytes(
                    tensorField.get("name").text(), tensorField.get("bytes").integer()));
            Tensor tensor = tensorField
                    .find("transferBytes")
                    .map(sent -> sent.make(() -> dense.withTransferBytes(sent.integer())))
                    .orElse(dense);
            Optional<JsonField> from = tensorField.find("from");
            from.ifPresentOrElse(layer -> outputs.get(layer(layer)).add(tensor), () -> builder.input(tensor));
            List<JsonField> readers = tensorField.elements("to");
            for (JsonField reader : readers) {
                List<Tensor> read = inputs.get(layer(reader));
                if (!read.isEmpty() && read.get(read.size() - 1).equals(tensor)) {
                    throw reader.error("names layer '" + reader.text() + "' a second time");
                }
                read.add(tensor);
            }
            Optional<Boolean> result = tensorField.find("result").map(JsonField::truth);
            if (from.isEmpty() && readers.isEmpty() && result.isEmpty()) {
                throw tensorField.error("has neither a layer in 'from' nor one in 'to'");
            }
            if (result.orElse(readers.isEmpty())) {
                results.add(tensor.name());
            }
            return tensor;
        }

        private int layer(JsonField reference) {
            Integer index = layerIndex.get(reference.text());
            if (index == null) {
                throw reference.error(
                        "names layer '" + reference.text() + "', which task '" + name + "' does not have");
            }
            return index;
        }
    }
}
