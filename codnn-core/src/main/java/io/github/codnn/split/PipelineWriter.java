package io.github.codnn.split;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.platform.Medium;
import java.util.List;

/** Renders a manifest as a JSON tree. */
final class PipelineWriter {

    private PipelineWriter() {}

    static ObjectNode tree(PipelineManifest manifest) {
        ObjectNode root = JsonFiles.object()
                .put("format", PipelineJson.FORMAT)
                .put("model", manifest.model())
                .put("digest", manifest.digest());
        ArrayNode inputs = root.putArray("inputs");
        manifest.inputs().forEach(tensor -> writeTensor(tensor, inputs.addObject()));
        ArrayNode stages = root.putArray("stages");
        manifest.stages().forEach(stage -> writeStage(stage, stages.addObject()));
        writeRoutes(manifest.outputs(), root.putArray("outputs"));
        ArrayNode transfers = root.putArray("transfers");
        manifest.transfers().forEach(transfer -> writeTransfer(transfer, transfers.addObject()));
        ArrayNode media = root.putArray("media");
        manifest.media().forEach(medium -> writeMedium(medium, media.addObject()));
        manifest.predictedPeriodSeconds().ifPresent(seconds -> root.put("predictedPeriodSeconds", seconds));
        manifest.predictedResponseSeconds().ifPresent(seconds -> root.put("predictedResponseSeconds", seconds));
        return root;
    }

    private static void writeStage(PipelineStage stage, ObjectNode node) {
        node.put("name", stage.name()).put("device", stage.device());
        stage.endpoint().ifPresent(endpoint -> node.put("endpoint", endpoint));
        writeFile(stage.model(), node);
        if (!stage.externalData().isEmpty()) {
            ArrayNode data = node.putArray("externalData");
            stage.externalData().forEach(file -> writeFile(file, data.addObject()));
        }
        stage.predictedSeconds().ifPresent(seconds -> node.put("predictedSeconds", seconds));
        writeRoutes(stage.inputs(), node.putArray("inputs"));
        ArrayNode outputs = node.putArray("outputs");
        stage.outputs().forEach(tensor -> writeTensor(tensor, outputs.addObject()));
    }

    private static void writeFile(PipelineFile file, ObjectNode node) {
        node.put("file", file.name()).put("digest", file.digest()).put("bytes", file.bytes());
    }

    private static void writeRoutes(List<PipelineRoute> routes, ArrayNode array) {
        for (PipelineRoute route : routes) {
            ObjectNode node = array.addObject();
            writeTensor(route.tensor(), node);
            node.put("from", route.from());
        }
    }

    private static void writeTensor(PipelineTensor tensor, ObjectNode node) {
        node.put("name", tensor.name()).put("type", tensor.type().name());
        tensor.shape().ifPresent(shape -> {
            ArrayNode dimensions = node.putArray("shape");
            for (Dimension dimension : shape) {
                if (dimension.extent().isPresent()) {
                    dimensions.add(dimension.extent().getAsLong());
                } else if (dimension.name().isEmpty()) {
                    dimensions.addNull();
                } else {
                    dimensions.add(dimension.name());
                }
            }
        });
        tensor.plannedShape().ifPresent(shape -> shape.forEach(node.putArray("plannedShape")::add));
    }

    private static void writeTransfer(PipelineTransfer transfer, ObjectNode node) {
        node.put("tensor", transfer.tensor())
                .put("from", transfer.from())
                .put("to", transfer.to())
                .put("fromDevice", transfer.fromDevice())
                .put("toDevice", transfer.toDevice());
        transfer.medium().ifPresent(medium -> node.put("medium", medium));
        node.put("resource", transfer.resource())
                .put("latencySeconds", transfer.latencySeconds())
                .put("bytesPerSecond", transfer.bytesPerSecond())
                .put("bytes", transfer.bytes());
    }

    private static void writeMedium(Medium medium, ObjectNode node) {
        node.put("name", medium.name())
                .put("bytesPerSecond", medium.bytesPerSecond())
                .put("duplex", medium.duplex().name());
    }
}
