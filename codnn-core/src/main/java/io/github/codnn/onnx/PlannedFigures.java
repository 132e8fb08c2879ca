package io.github.codnn.onnx;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Task;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineTransfer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What a plan predicts for the stages of one of its tasks and for the tensors between them. */
final class PlannedFigures {

    private final Plan plan;
    private final Task task;
    private final Map<String, String> deviceOfLayer;
    private final Map<String, Integer> stageOfLayer; // layers on which no output depends are in none
    private final List<PipelineTransfer> transfers = new ArrayList<>();

    PlannedFigures(Plan plan, Task task, Map<String, Integer> stageOfLayer) {
        this.plan = plan;
        this.task = task;
        this.deviceOfLayer = plan.placement().of(task.name());
        this.stageOfLayer = stageOfLayer;
        send();
    }

    /** The sum of the times of the layers of each stage. */
    double[] stageSeconds(int stages) {
        double[] seconds = new double[stages];
        for (Layer layer : task.graph().layers()) {
            Integer stage = stageOfLayer.get(layer.name());
            if (stage != null) {
                Platform platform = plan.scenario().platform();
                seconds[stage] += plan.scenario()
                        .costModel()
                        .compute(layer, platform.devices().get(platform.indexOf(device(layer))))
                        .seconds();
            }
        }
        return seconds;
    }

    /** Where the stages of a device are served already. */
    Optional<String> endpoint(String device) {
        Platform platform = plan.scenario().platform();
        return Optional.of(platform.devices().get(platform.indexOf(device)).endpoint())
                .filter(endpoint -> !endpoint.isEmpty());
    }

    OptionalDouble period() {
        return finite(metrics().periodSeconds());
    }

    OptionalDouble response() {
        return finite(metrics().responseSeconds());
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private TaskMetrics metrics() {
        return plan.metrics().tasks().stream()
                .filter(metrics -> metrics.task().equals(task.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The transfers in the order in which the plan sends them. */
    List<PipelineTransfer> transfers() {
        return transfers;
    }

    /** The media that the transfers share. */
    List<Medium> media() {
        Set<String> used = new HashSet<>();
        transfers.forEach(transfer -> transfer.medium().ifPresent(used::add));
        return plan.scenario().platform().media().stream()
                .filter(medium -> used.contains(medium.name()))
                .toList();
    }

    private String device(Layer layer) {
        return Objects.requireNonNull(deviceOfLayer.get(layer.name()), layer.name());
    }

    /** As the evaluation of plans does: each tensor goes once to each device that reads it, and at last to the sink. */
    private void send() {
        LayerGraph graph = task.graph();
        Map<String, List<Layer>> readers = new LinkedHashMap<>();
        for (Layer layer : graph.layers()) {
            layer.inputs()
                    .forEach(tensor -> readers.computeIfAbsent(tensor.name(), any -> new ArrayList<>())
                            .add(layer));
        }
        Set<String> results = new HashSet<>();
        graph.outputs().forEach(tensor -> results.add(tensor.name()));
        task.source()
                .ifPresent(source -> graph.inputs()
                        .forEach(tensor -> send(
                                tensor,
                                PipelineManifest.CALLER,
                                source,
                                readers.getOrDefault(tensor.name(), List.of()),
                                results)));
        for (Layer layer : graph.layers()) {
            Integer stage = stageOfLayer.get(layer.name());
            if (stage != null) {
                for (Tensor tensor : layer.outputs()) {
                    List<Layer> to = readers.getOrDefault(tensor.name(), List.of());
                    send(tensor, StageNames.stage(stage), device(layer), to, results);
                }
            }
        }
    }

    private void send(Tensor tensor, String from, String fromDevice, List<Layer> readers, Set<String> results) {
        Map<String, Integer> firstStages = new LinkedHashMap<>();
        for (Layer reader : readers) {
            Integer stage = stageOfLayer.get(reader.name());
            if (stage != null && !device(reader).equals(fromDevice)) {
                firstStages.merge(device(reader), stage, Math::min);
            }
        }
        firstStages.forEach((device, stage) -> add(tensor, from, StageNames.stage(stage), fromDevice, device));
        Optional<String> sink = task.sink()
                .filter(device -> results.contains(tensor.name()))
                .filter(device -> !device.equals(fromDevice) && !firstStages.containsKey(device));
        sink.ifPresent(device -> add(tensor, from, PipelineManifest.CALLER, fromDevice, device));
    }

    private void add(Tensor tensor, String from, String to, String fromDevice, String toDevice) {
        Platform platform = plan.scenario().platform();
        Optional<Link> found = platform.link(fromDevice, toDevice);
        if (found.isEmpty()) {
            throw new ImportFailure("the plan sends tensor '" + tensor.name() + "' from '" + fromDevice + "' to '"
                    + toDevice + "', but no link leads there");
        }
        Link link = found.get();
        transfers.add(new PipelineTransfer(
                tensor.name(),
                from,
                to,
                fromDevice,
                toDevice,
                link.medium(),
                platform.sharedResource(fromDevice, toDevice).orElse(fromDevice + " -> " + toDevice),
                link.latencySeconds(),
                link.bytesPerSecond(),
                link.wireBytes(tensor.transferBytes())));
    }
}
