package io.github.codnn.onnx;

import io.github.codnn.onnx.ModelIndex.ByteRange;
import io.github.codnn.onnx.ModelIndex.IndexedAnnotation;
import io.github.codnn.onnx.ModelIndex.IndexedFunction;
import io.github.codnn.onnx.ModelIndex.IndexedNode;
import io.github.codnn.onnx.ModelIndex.IndexedValue;
import io.github.codnn.onnx.ModelIndex.IndexedWeight;
import io.github.codnn.onnx.ParsedModel.Function;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out where the parts of an ONNX file lie. Weights are skipped, so memory depends on the number of nodes. */
final class ModelIndexer {

    private final WireReader wire;
    private final ModelParser parser;
    private final TensorParser tensors;
    private final ModelIndex index = new ModelIndex();

    private ModelIndexer(InputStream stream) {
        wire = new WireReader(stream);
        parser = new ModelParser(wire);
        tensors = new TensorParser(wire);
    }

    static ModelIndex index(InputStream stream) throws IOException {
        return new ModelIndexer(stream).index();
    }

    /** Reads one field and returns what is to be noted of it, or nothing if the field is to be skipped. */
    @FunctionalInterface
    private interface FieldReader {
        @Nullable
        Noting read(int tag) throws IOException;
    }

    /** Notes where a field lies. */
    @FunctionalInterface
    private interface Noting {
        void at(ByteRange field);
    }

    /** The fields of one message, which follow each other without a gap. */
    private final class Tracked implements WireReader.Fields {
        private final FieldReader reader;
        private final Noting others;
        private long start;

        Tracked(FieldReader reader, Noting others) {
            this.reader = reader;
            this.others = others;
        }

        @Override
        public void begin(long position) {
            start = position;
        }

        @Override
        public boolean read(int tag) throws IOException {
            Noting noting = reader.read(tag);
            if (noting == null) {
                wire.skipField(tag);
            }
            ByteRange field = new ByteRange(start, wire.position());
            (noting == null ? others : noting).at(field);
            start = field.end();
            return true;
        }
    }

    /** ModelProto: graph 7, opset_import 8, training_info 20, functions 25. */
    private ModelIndex index() throws IOException {
        boolean[] hasGraph = {false};
        Map<String, Long> functionOpsets = new LinkedHashMap<>();
        wire.file(new Tracked(
                tag -> switch (tag) {
                    case 7 << 3 | 2 -> {
                        hasGraph[0] = true;
                        graph();
                        yield field -> {};
                    }
                    case 8 << 3 | 2 -> {
                        parser.operatorSet(index.opsets());
                        yield index.header()::add;
                    }
                    case 20 << 3 | 2 -> {
                        wire.skipField(tag);
                        yield field -> {};
                    }
                    case 25 << 3 | 2 -> {
                        Function function = parser.function(functionOpsets);
                        yield field -> index.functions().add(new IndexedFunction(function, field));
                    }
                    default -> null;
                },
                index.header()::add));
        if (!hasGraph[0]) {
            throw new ImportFailure("it holds no graph. Maybe it is not an ONNX model.");
        }
        functionOpsets.forEach(index.opsets()::putIfAbsent);
        return index;
    }

    /**
     * GraphProto: node 1, initializer 5, input 11, output 12, value_info 13, quantization_annotation 14,
     * sparse_initializer 15.
     */
    private void graph() throws IOException {
        wire.message(new Tracked(
                tag -> switch (tag) {
                    case 1 << 3 | 2 -> {
                        Node node = parser.node();
                        yield field -> index.nodes().add(new IndexedNode(node, field));
                    }
                    case 5 << 3 | 2 -> dense();
                    case 11 << 3 | 2 -> value(index.inputs());
                    case 12 << 3 | 2 -> value(index.outputs());
                    case 13 << 3 | 2 -> value(index.values());
                    case 14 << 3 | 2 -> annotation();
                    case 15 << 3 | 2 -> sparse();
                    default -> null;
                },
                index.graphHeader()::add));
    }

    private Noting value(List<IndexedValue> values) throws IOException {
        ValueInfo info = parser.valueInfo();
        return field -> values.add(new IndexedValue(info, field));
    }

    /** TensorAnnotation: tensor_name 1. */
    private Noting annotation() throws IOException {
        String[] tensor = {""};
        wire.message(tag -> {
            if (tag != (1 << 3 | 2)) {
                return false;
            }
            tensor[0] = wire.text();
            return true;
        });
        return field -> index.annotations().add(new IndexedAnnotation(tensor[0], field));
    }

    /** TensorProto: raw_data 9, external_data 13, data_location 14; all other fields are its head. */
    private Noting dense() throws IOException {
        TensorParts parts = new TensorParts();
        List<ByteRange> head = new ArrayList<>();
        ByteRange[] raw = {new ByteRange(0, 0)};
        wire.message(new Tracked(
                tag -> {
                    if (!tensors.field(tag, parts)) {
                        return null;
                    }
                    return switch (tag) {
                        case 9 << 3 | 2 -> field -> raw[0] = new ByteRange(field.end() - parts.rawLength, field.end());
                        case 13 << 3 | 2, 14 << 3 -> field -> {};
                        default -> head::add;
                    };
                },
                head::add));
        Weight weight = parts.build();
        Optional<ByteRange> values =
                raw[0].bytes() == 0 || weight.external() != null ? Optional.empty() : Optional.of(raw[0]);
        return field -> index.weights().add(new IndexedWeight(weight, false, field, head, values));
    }

    /** SparseTensorProto: values 1, indices 2, dims 3. */
    private Noting sparse() throws IOException {
        TensorParts parts = new TensorParts();
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2, 2 << 3 | 2 -> {
                    Weight part = tensors.dense();
                    if (part.external() != null) {
                        throw new ImportFailure("sparse tensor '" + part.name() + "' has external data");
                    }
                    if (tag == (1 << 3 | 2)) {
                        parts.name = part.name();
                        parts.dataType = part.dataType();
                    }
                }
                case 3 << 3, 3 << 3 | 2 -> wire.numbers(tag, parts.dimensions);
                default -> {
                    return false;
                }
            }
            return true;
        });
        Weight weight = parts.build();
        return field -> index.weights().add(new IndexedWeight(weight, true, field, List.of(), Optional.empty()));
    }
}
