package io.github.codnn.onnx;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Dimension;
import io.github.codnn.onnx.ParsedModel.Function;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages of an ONNX file. The field numbers are those of the public schema, {@code onnx.proto} of ONNX
 * 1.17; each method names its message. What planning does not need (documentation, metadata, training, weights) is
 * skipped.
 */
final class ModelParser {

    /** An optional sequence of tensors has three types inside each other. */
    private static final int MAX_TYPE_DEPTH = 4;

    private final WireReader wire;
    private final TensorParser tensors;

    ModelParser(InputStream stream) {
        this(new WireReader(stream));
    }

    ModelParser(WireReader wire) {
        this.wire = wire;
        this.tensors = new TensorParser(wire);
    }

    /** ModelProto: graph 7, opset_import 8, functions 25. */
    Model model() throws IOException {
        Map<String, Long> opsets = new LinkedHashMap<>();
        Map<String, Long> functionOpsets = new LinkedHashMap<>();
        List<Function> functions = new ArrayList<>();
        List<Graph> graphs = new ArrayList<>(1);
        wire.file(tag -> {
            switch (tag) {
                case 7 << 3 | 2 -> graphs.add(graph());
                case 8 << 3 | 2 -> operatorSet(opsets);
                case 25 << 3 | 2 -> functions.add(function(functionOpsets));
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (graphs.isEmpty()) {
            throw new ImportFailure("it holds no graph. Maybe it is not an ONNX model.");
        }
        functionOpsets.forEach(opsets::putIfAbsent);
        return new Model(opsets, functions, merged(graphs));
    }

    /** Protobuf takes several messages in a place for one as parts of that one. */
    private static Graph merged(List<Graph> graphs) {
        Graph whole = graphs.get(0);
        for (Graph part : graphs.subList(1, graphs.size())) {
            whole.nodes().addAll(part.nodes());
            whole.initializers().addAll(part.initializers());
            whole.inputs().addAll(part.inputs());
            whole.outputs().addAll(part.outputs());
            whole.values().addAll(part.values());
        }
        return whole;
    }

    /** OperatorSetIdProto: domain 1, version 2. */
    void operatorSet(Map<String, Long> opsets) throws IOException {
        String[] domain = {""};
        long[] version = {0};
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> domain[0] = wire.text();
                case 2 << 3 -> version[0] = wire.number();
                default -> {
                    return false;
                }
            }
            return true;
        });
        opsets.put(domain[0].equals("ai.onnx") ? "" : domain[0], version[0]);
    }

    /** FunctionProto: name 1, input 4, output 5, node 7, opset_import 9, domain 10, attribute_proto 11, overload 13. */
    Function function(Map<String, Long> opsets) throws IOException {
        String[] texts = {"", "", ""};
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        Map<String, Attribute> defaults = new LinkedHashMap<>();
        Map<String, Long> own = new LinkedHashMap<>();
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> texts[1] = wire.text();
                case 4 << 3 | 2 -> inputs.add(wire.text());
                case 5 << 3 | 2 -> outputs.add(wire.text());
                case 7 << 3 | 2 -> nodes.add(node());
                case 9 << 3 | 2 -> operatorSet(own);
                case 10 << 3 | 2 -> texts[0] = wire.text();
                case 11 << 3 | 2 -> attribute(defaults);
                case 13 << 3 | 2 -> texts[2] = wire.text();
                default -> {
                    return false;
                }
            }
            return true;
        });
        own.forEach(opsets::putIfAbsent);
        return new Function(texts[0], texts[1], texts[2], inputs, outputs, defaults, nodes);
    }

    /** GraphProto: node 1, name 2, initializer 5, input 11, output 12, value_info 13, sparse_initializer 15. */
    private Graph graph() throws IOException {
        String[] name = {""};
        Graph graph = new Graph(
                "", new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> graph.nodes().add(node());
                case 2 << 3 | 2 -> name[0] = wire.text();
                case 5 << 3 | 2 -> graph.initializers().add(tensors.dense());
                case 11 << 3 | 2 -> graph.inputs().add(valueInfo());
                case 12 << 3 | 2 -> graph.outputs().add(valueInfo());
                case 13 << 3 | 2 -> graph.values().add(valueInfo());
                case 15 << 3 | 2 -> graph.initializers().add(tensors.sparse());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Graph(name[0], graph.nodes(), graph.initializers(), graph.inputs(), graph.outputs(), graph.values());
    }

    /** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5, domain 7, overload 8. */
    Node node() throws IOException {
        String[] texts = {"", "", "", ""};
        List<String> inputs = new ArrayList<>(2);
        List<String> outputs = new ArrayList<>(1);
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> inputs.add(wire.text());
                case 2 << 3 | 2 -> outputs.add(wire.text());
                case 3 << 3 | 2 -> texts[0] = wire.text();
                case 4 << 3 | 2 -> texts[1] = wire.text();
                case 5 << 3 | 2 -> attribute(attributes);
                case 7 << 3 | 2 -> texts[2] = wire.text();
                case 8 << 3 | 2 -> texts[3] = wire.text();
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (texts[1].isBlank()) {
            throw new ImportFailure("a node '" + texts[0] + "' names no operator");
        }
        String domain = texts[2].equals("ai.onnx") ? "" : texts[2];
        return new Node(texts[0], texts[1], domain, texts[3], inputs, outputs, attributes);
    }

    /**
     * AttributeProto: name 1, f 2, i 3, s 4, t 5, g 6, floats 7, ints 8, ref_attr_name 21, sparse_tensor 22; also how
     * many strings 9 there are, since a constant may be made of them.
     */
    private void attribute(Map<String, Attribute> attributes) throws IOException {
        AttributeParts parts = new AttributeParts();
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> parts.name = wire.text();
                case 2 << 3 | 5 -> parts.real = wire.real();
                case 3 << 3 -> parts.number = wire.number();
                case 4 << 3 | 2 -> parts.text = shortText();
                case 5 << 3 | 2 -> parts.tensor = tensors.dense();
                case 6 << 3 | 2 -> parts.graph = graph();
                case 7 << 3 | 2, 7 << 3 | 5 -> wire.reals(tag, parts.reals);
                case 8 << 3 | 2, 8 << 3 -> wire.numbers(tag, parts.numbers);
                case 21 << 3 | 2 -> parts.reference = wire.text();
                case 22 << 3 | 2 -> parts.tensor = tensors.sparse();
                default -> {
                    return false;
                }
            }
            return true;
        });
        attributes.put(parts.name, parts.build());
    }

    /** A text attribute; those that no setting could be, such as embedded programs, are skipped. */
    private String shortText() throws IOException {
        int length = wire.length();
        if (length > 256) {
            wire.skip(length);
            return "";
        }
        return new String(wire.raw(length), StandardCharsets.UTF_8);
    }

    /** ValueInfoProto: name 1, type 2. */
    ValueInfo valueInfo() throws IOException {
        String[] name = {""};
        TypeParts type = new TypeParts();
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> name[0] = wire.text();
                case 2 << 3 | 2 -> type(type, MAX_TYPE_DEPTH);
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new ValueInfo(name[0], type.dataType, type.dimensions(), type.isSequence);
    }

    /**
     * TypeProto: tensor_type 1, sequence_type 4, optional_type 9. TypeProto.Tensor: elem_type 1, shape 2.
     * TypeProto.Sequence and TypeProto.Optional: elem_type 1, a TypeProto.
     */
    private void type(TypeParts parts, int depth) throws IOException {
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> wire.message(inner -> tensorType(inner, parts));
                case 4 << 3 | 2, 9 << 3 | 2 -> {
                    if (depth == 0) {
                        throw new ImportFailure("a type has too many types inside each other");
                    }
                    parts.isSequence |= tag == (4 << 3 | 2);
                    wire.message(inner -> {
                        if (inner == (1 << 3 | 2)) {
                            type(parts, depth - 1);
                            return true;
                        }
                        return false;
                    });
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private boolean tensorType(int tag, TypeParts parts) throws IOException {
        switch (tag) {
            case 1 << 3 -> parts.dataType = (int) wire.number();
            case 2 << 3 | 2 -> parts.shape = shape();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What has been read of a type so far. */
    private static final class TypeParts {
        private int dataType;
        private boolean isSequence;
        private @Nullable List<Dimension> shape;

        private @Nullable List<Dimension> dimensions() {
            if (shape == null || !isSequence) {
                return shape;
            }
            List<Dimension> all = new ArrayList<>(List.of(new Dimension(-1, "")));
            all.addAll(shape);
            return List.copyOf(all);
        }
    }

    /** TensorShapeProto: dim 1. Dimension: dim_value 1, dim_param 2. */
    private List<Dimension> shape() throws IOException {
        List<Dimension> dimensions = new ArrayList<>();
        wire.message(tag -> {
            if (tag != (1 << 3 | 2)) {
                return false;
            }
            long[] value = {-1};
            String[] symbol = {""};
            wire.message(inner -> {
                switch (inner) {
                    case 1 << 3 -> value[0] = wire.number();
                    case 2 << 3 | 2 -> symbol[0] = wire.text();
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            dimensions.add(new Dimension(value[0], symbol[0]));
            return true;
        });
        return List.copyOf(dimensions);
    }

    /** What has been read of an attribute so far. */
    private static final class AttributeParts {
        private String name = "";
        private long number;
        private float real;
        private String text = "";
        private String reference = "";
        private @Nullable Weight tensor;
        private @Nullable Graph graph;
        private final ImmutableLongArray.Builder numbers = ImmutableLongArray.builder(0);
        private final ImmutableDoubleArray.Builder reals = ImmutableDoubleArray.builder(0);

        Attribute build() {
            return new Attribute(number, real, text, numbers.build(), reals.build(), tensor, graph, reference);
        }
    }
}
