package io.github.codnn.split;

import io.github.codnn.internal.JsonField;
import io.github.codnn.platform.Medium;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads a manifest from a JSON tree. */
final class PipelineReader {

    private static final List<String> ROOT = List.of(
            "format",
            "model",
            "digest",
            "inputs",
            "stages",
            "outputs",
            "transfers",
            "media",
            "predictedPeriodSeconds",
            "predictedResponseSeconds");
    private static final List<String> STAGE = List.of(
            "name",
            "device",
            "endpoint",
            "file",
            "digest",
            "bytes",
            "externalData",
            "predictedSeconds",
            "inputs",
            "outputs");
    private static final List<String> FILE = List.of("file", "digest", "bytes");
    private static final List<String> TENSOR = List.of("name", "type", "shape", "plannedShape");
    private static final List<String> ROUTE = List.of("name", "type", "shape", "from");
    private static final List<String> TRANSFER = List.of(
            "tensor",
            "from",
            "to",
            "fromDevice",
            "toDevice",
            "medium",
            "resource",
            "latencySeconds",
            "bytesPerSecond",
            "bytes");
    private static final List<String> MEDIUM = List.of("name", "bytesPerSecond", "duplex");

    private PipelineReader() {}

    static PipelineManifest read(JsonField root) {
        root.only(ROOT);
        JsonField format = root.get("format");
        if (!format.text().equals(PipelineJson.FORMAT)) {
            throw format.error("must be '" + PipelineJson.FORMAT + "', but is '" + format.text() + "'");
        }
        return root.make(() -> new PipelineManifest(
                root.get("model").text(),
                root.get("digest").text(),
                tensors(root.get("inputs")),
                root.get("stages").elements().stream()
                        .map(PipelineReader::stage)
                        .toList(),
                routes(root.get("outputs")),
                root.elements("transfers").stream()
                        .map(PipelineReader::transfer)
                        .toList(),
                root.elements("media").stream().map(PipelineReader::medium).toList(),
                seconds(root, "predictedPeriodSeconds"),
                seconds(root, "predictedResponseSeconds")));
    }

    private static PipelineStage stage(JsonField field) {
        field.only(STAGE);
        return field.make(() -> new PipelineStage(
                field.get("name").text(),
                field.get("device").text(),
                field.find("endpoint").map(JsonField::text),
                file(field),
                field.elements("externalData").stream()
                        .map(data -> file(data.only(FILE)))
                        .toList(),
                seconds(field, "predictedSeconds"),
                routes(field.get("inputs")),
                tensors(field.get("outputs"))));
    }

    private static PipelineFile file(JsonField field) {
        return field.make(() -> new PipelineFile(
                field.get("file").text(),
                field.get("digest").text(),
                field.get("bytes").integer()));
    }

    private static List<PipelineTensor> tensors(JsonField field) {
        return field.elements().stream()
                .map(element -> tensor(element.only(TENSOR)))
                .toList();
    }

    private static List<PipelineRoute> routes(JsonField field) {
        return field.elements().stream()
                .map(element -> element.only(ROUTE))
                .map(element -> element.make(() ->
                        new PipelineRoute(tensor(element), element.get("from").text())))
                .toList();
    }

    private static PipelineTensor tensor(JsonField field) {
        return field.make(() -> new PipelineTensor(
                field.get("name").text(),
                field.get("type").choice(TensorType.class),
                field.find("shape")
                        .map(shape -> shape.elements().stream()
                                .map(PipelineReader::dimension)
                                .toList()),
                field.find("plannedShape")
                        .map(shape -> shape.elements().stream()
                                .map(JsonField::integer)
                                .toList())));
    }

    private static Dimension dimension(JsonField field) {
        if (field.node().isNull()) {
            return Dimension.named("");
        }
        return field.make(
                () -> field.node().isTextual() ? Dimension.named(field.text()) : Dimension.of(field.integer()));
    }

    private static PipelineTransfer transfer(JsonField field) {
        field.only(TRANSFER);
        Optional<String> medium = field.find("medium").map(JsonField::text);
        return field.make(() -> new PipelineTransfer(
                field.get("tensor").text(),
                field.get("from").text(),
                field.get("to").text(),
                field.get("fromDevice").text(),
                field.get("toDevice").text(),
                medium,
                field.get("resource").text(),
                field.get("latencySeconds").number(),
                field.get("bytesPerSecond").number(),
                field.get("bytes").integer()));
    }

    private static Medium medium(JsonField field) {
        field.only(MEDIUM);
        return field.make(() -> new Medium(
                field.get("name").text(),
                field.get("bytesPerSecond").number(),
                field.get("duplex").choice(Medium.Duplex.class)));
    }

    private static OptionalDouble seconds(JsonField field, String name) {
        return field.find(name)
                .map(value -> OptionalDouble.of(value.nonNegative()))
                .orElse(OptionalDouble.empty());
    }
}
