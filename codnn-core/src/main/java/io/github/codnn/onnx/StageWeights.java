package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ModelIndex.ByteRange;
import io.github.codnn.onnx.ModelIndex.IndexedWeight;
import io.github.codnn.onnx.ParsedModel.External;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Copies initialisers, with their values inside of the model file or in a file beside it. */
final class StageWeights {

    /** Smaller tensors stay in the model file: readers need some of them for shapes. */
    private static final long MIN_EXTERNAL_BYTES = 1024;

    /** Values begin at multiples of this, so that a runtime can map them to memory. */
    private static final int ALIGNMENT = 64;

    private static final int DENSE = 5;

    private final Path model;
    private final ExternalData external;

    StageWeights(Path model, ExternalData external) {
        this.model = model;
        this.external = external;
    }

    /** Where the raw values of a tensor lie: in the model file or another. */
    private record Values(Path file, ByteRange range) {}

    /** Appends a field of the graph with the values inside. */
    void addInline(IndexedWeight weight, StageBytes graph) {
        if (weight.weight().external() == null) {
            graph.copy(model, weight.field());
            return;
        }
        Values values = values(weight).orElseThrow();
        StageBytes tensor = head(weight);
        tensor.head(9, values.range().bytes()).copy(values.file(), values.range());
        graph.message(DENSE, tensor);
    }

    /** Appends a field of the graph whose values, if they are many, go to another file. */
    void addExternal(IndexedWeight weight, StageBytes graph, String dataFile, StageBytes data) {
        Optional<Values> values = values(weight);
        if (values.isEmpty() || values.get().range().bytes() < MIN_EXTERNAL_BYTES) {
            addInline(weight, graph);
            return;
        }
        data.bytes(new byte[(int) (-data.size() & (ALIGNMENT - 1))]);
        long offset = data.size();
        data.copy(values.get().file(), values.get().range());
        StageBytes tensor = head(weight);
        tensor.message(13, entry("location", dataFile))
                .message(13, entry("offset", Long.toString(offset)))
                .message(13, entry("length", Long.toString(data.size() - offset)))
                .number(14, 1);
        graph.message(DENSE, tensor);
    }

    private StageBytes head(IndexedWeight weight) {
        StageBytes tensor = new StageBytes();
        List<ByteRange> head = weight.head();
        head.forEach(field -> tensor.copy(model, field));
        return tensor;
    }

    /** StringStringEntryProto: key 1, value 2. */
    private static byte[] entry(String key, String value) {
        return new ProtobufMessage().text(1, key).text(2, value).toByteArray();
    }

    private Optional<Values> values(IndexedWeight weight) {
        External place = weight.weight().external();
        if (place == null) {
            return weight.raw().map(range -> new Values(model, range));
        }
        return Optional.of(externalValues(weight.weight(), place));
    }

    private Values externalValues(Weight weight, External place) {
        Path file = external.existingFile(weight.name(), place);
        ElementType type = ParsedModel.elementType(weight.dataType())
                .orElseThrow(() -> new ImportFailure("tensor '" + weight.name() + "' has external data of element type "
                        + weight.dataType() + ", which is not known here"));
        long bytes = type.bytes(TensorShape.of(weight.dimensions().toArray()).elements());
        if (place.length() >= 0 && place.length() != bytes) {
            throw new ImportFailure("tensor '" + weight.name() + "' of " + weight.dimensions() + " " + type + " has "
                    + place.length() + " bytes of external data");
        }
        try {
            if (place.offset() > Files.size(file) - bytes) {
                throw new ImportFailure("the values of tensor '" + weight.name() + "' end behind the end of the file '"
                        + place.location() + "'");
            }
        } catch (IOException e) {
            throw new ImportFailure("the file '" + place.location() + "' beside the model cannot be read");
        }
        return new Values(file, new ByteRange(place.offset(), place.offset() + bytes));
    }
}
