package io.github.codnn.onnx;

import io.github.codnn.onnx.ParsedModel.Function;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of an ONNX file lie in it, so that they can be copied as they are.
 *
 * @param header the fields of the model that every piece has: versions, operator sets, metadata
 * @param graphHeader the fields of the main graph that every piece has: name, documentation, metadata
 * @param opsets operator set versions by domain
 * @param functions the functions that the file defines
 * @param nodes the nodes of the main graph
 * @param weights the initialisers of the main graph
 * @param inputs the inputs of the main graph
 * @param outputs the outputs of the main graph
 * @param values what the file declares of inner tensors
 * @param annotations quantisation annotations
 */
record ModelIndex(
        List<ByteRange> header,
        List<ByteRange> graphHeader,
        Map<String, Long> opsets,
        List<IndexedFunction> functions,
        List<IndexedNode> nodes,
        List<IndexedWeight> weights,
        List<IndexedValue> inputs,
        List<IndexedValue> outputs,
        List<IndexedValue> values,
        List<IndexedAnnotation> annotations) {

    /** An index that is still empty. */
    ModelIndex() {
        this(
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** A run of bytes of a file: from {@code start} up to, but without, {@code end}. */
    record ByteRange(long start, long end) {
        long bytes() {
            return end - start;
        }
    }

    /** A node and its whole field, tag and length included. */
    record IndexedNode(Node node, ByteRange field) {}

    /** A function and its whole field. */
    record IndexedFunction(Function function, ByteRange field) {}

    /** A declared tensor and its whole field. */
    record IndexedValue(ValueInfo info, ByteRange field) {}

    /** A quantisation annotation and its whole field. */
    record IndexedAnnotation(String tensor, ByteRange field) {}

    /**
     * An initialiser.
     *
     * @param weight what was read of it
     * @param isSparse whether it is a sparse one, which is copied whole only
     * @param field its whole field
     * @param head the fields of a dense one that say neither where its values are nor what they are as raw bytes
     * @param raw its values, if they are raw bytes in this file
     */
    record IndexedWeight(
            Weight weight, boolean isSparse, ByteRange field, List<ByteRange> head, Optional<ByteRange> raw) {}

    /** What the reader of networks needs. */
    Model model(String name) {
        Graph graph = new Graph(
                name,
                nodes.stream().map(IndexedNode::node).toList(),
                weights.stream().map(IndexedWeight::weight).toList(),
                inputs.stream().map(IndexedValue::info).toList(),
                outputs.stream().map(IndexedValue::info).toList(),
                values.stream().map(IndexedValue::info).toList());
        return new Model(
                opsets, functions.stream().map(IndexedFunction::function).toList(), graph);
    }
}
