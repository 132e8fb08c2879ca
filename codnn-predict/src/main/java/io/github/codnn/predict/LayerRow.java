package io.github.codnn.predict;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of a file of measurements that describe the layer; {@link Measurements} documents them. */
record LayerRow(
        String op,
        long cin,
        long h,
        long w,
        Window window,
        long cout,
        long group,
        long elementsIn,
        long elementsOut,
        int inputs,
        long outH,
        long outW) {

    /** No operator of a network reads more tensors. */
    private static final int MAX_INPUTS = 1_024;

    private static final Window NONE = new Window(List.of(), List.of(), List.of(), List.of(), List.of());

    static LayerRow parse(MeasurementCsv.Row row) {
        LayerRow parsed = new LayerRow(
                row.text("op"),
                row.whole("cin", 0),
                row.whole("h", 0),
                row.whole("w", 0),
                window(row),
                row.whole("cout", 0),
                row.whole("group", 1),
                row.whole("s_in", 0),
                row.whole("s_out", 0),
                (int) row.whole("n_inputs", 1, MAX_INPUTS),
                row.whole("out_h", 0),
                row.whole("out_w", 0));
        parsed.check();
        return parsed;
    }

    Layer toLayer(String name) {
        Operator operator = KnownOperators.named(op, window, group);
        if (operator instanceof Operator.FullyConnected) {
            return flat(name, operator)
                    .withParameters(weights(elementsIn, elementsOut), bytes(weights(elementsIn, elementsOut)))
                    .withMacs(weights(elementsIn, elementsOut));
        }
        if (operator instanceof Operator.MatMul) {
            return matrixProduct(name, operator);
        }
        if (!hasShape()) {
            return flat(name, operator);
        }
        long batch = batch();
        List<Tensor> in = tensors(name + " in", inputs, TensorShape.of(batch, cin, h, w));
        // Only windows need the extents of the output; other rows can have any values there, as some files do for
        // global pooling.
        boolean shaped =
                Math.multiplyExact(batch, Math.multiplyExact(cout, Math.multiplyExact(outH, outW))) == elementsOut;
        TensorShape written = shaped
                ? TensorShape.of(batch, cout, outH, outW)
                : TensorShape.of(batch, elementsOut / Math.max(1, batch));
        Tensor out = tensor(name + " out", written);
        Layer layer = Layer.of(name, operator, in, List.of(out));
        if (operator instanceof Operator.Convolution convolution) {
            long weights = Math.multiplyExact(
                    Math.multiplyExact(cin, cout) / group, convolution.window().elements());
            long positions = convolution.transposed() ? batch * h * w : batch * outH * outW;
            return layer.withParameters(weights, bytes(weights)).withMacs(Math.multiplyExact(weights, positions));
        }
        return layer;
    }

    static LayerRow of(Layer layer) {
        Operator operator = layer.operator();
        if (layer.inputs().isEmpty() || layer.outputs().isEmpty()) {
            throw new IllegalArgumentException(
                    "Layer '" + layer.name() + "' has no input or no output to be described by");
        }
        TensorShape in = layer.inputs().get(0).shape();
        TensorShape out = layer.outputs().get(0).shape();
        long elementsIn =
                layer.inputs().stream().mapToLong(t -> t.shape().elements()).sum();
        long elementsOut =
                layer.outputs().stream().mapToLong(t -> t.shape().elements()).sum();
        int count = layer.inputs().size();
        String kind = LayerFeatures.kindOf(layer);
        if (kind.equals("MatMul")) {
            LayerWork work = LayerWork.of(layer);
            return new LayerRow(
                    kind,
                    (long) work.k(),
                    (long) work.n(),
                    (long) work.groups(),
                    NONE,
                    (long) work.m(),
                    1,
                    elementsIn,
                    elementsOut,
                    count,
                    (long) work.n(),
                    (long) work.groups());
        }
        Window window = window(layer);
        boolean alike = layer.inputs().stream().allMatch(t -> t.shape().equals(in))
                && layer.outputs().size() == 1;
        if (!alike || in.rank() != 4 || out.rank() != 4 || in.dimension(0) != out.dimension(0)) {
            if (window.axes() > 0) {
                throw new IllegalArgumentException("Layer '" + layer.name() + "' (" + kind + ") works on " + in + " to "
                        + out + ", but only windows over two axes can be described");
            }
            return new LayerRow(kind, 0, 0, 0, NONE, 0, 1, elementsIn, elementsOut, count, 0, 0);
        }
        long groups = operator instanceof Operator.Convolution convolution ? convolution.groups() : 1;
        return new LayerRow(
                kind,
                in.dimension(1),
                in.dimension(2),
                in.dimension(3),
                window,
                out.dimension(1),
                groups,
                elementsIn,
                elementsOut,
                count,
                out.dimension(2),
                out.dimension(3));
    }

    String format() {
        String sliding =
                window.axes() == 0 ? "0,0,0" : joined(window.kernel()) + "," + joined(window.strides()) + "," + pads();
        return String.join(
                ",",
                op,
                "" + cin,
                "" + h,
                "" + w,
                sliding,
                "" + cout,
                "" + group,
                "" + elementsIn,
                "" + elementsOut,
                "" + inputs,
                "" + outH,
                "" + outW);
    }

    private boolean hasShape() {
        return cin > 0;
    }

    private long batch() {
        return elementsIn / Math.max(1, Math.multiplyExact(inputs, Math.multiplyExact(cin, Math.multiplyExact(h, w))));
    }

    private void check() {
        Operator operator = KnownOperators.named(op, window, group);
        boolean windowed = operator instanceof Operator.Convolution || operator instanceof Operator.Pooling;
        if (windowed && (window.axes() == 0 || !hasShape())) {
            throw new IllegalArgumentException(op + " needs cin, h, w, k and stride, but one of them is 0");
        }
        if (operator instanceof Operator.MatMul) {
            if (Math.multiplyExact(Math.multiplyExact(h, w), cout) != elementsOut) {
                throw new IllegalArgumentException("s_out is " + elementsOut + ", but h * w * cout is " + h * w * cout);
            }
            return;
        }
        if (hasShape()) {
            checkShape(operator);
        }
    }

    private void checkShape(Operator operator) {
        long each = Math.multiplyExact(inputs, Math.multiplyExact(cin, Math.multiplyExact(h, w)));
        if (each == 0 || elementsIn % each != 0 || elementsIn == 0) {
            throw new IllegalArgumentException("s_in is " + elementsIn + ", but n_inputs * cin * h * w is " + each);
        }
        if (window.axes() > 0) {
            long written = Math.multiplyExact(batch(), Math.multiplyExact(cout, Math.multiplyExact(outH, outW)));
            if (written != elementsOut) {
                throw new IllegalArgumentException(
                        "s_out is " + elementsOut + ", but cout * out_h * out_w is " + written);
            }
        }
        if (operator instanceof Operator.Convolution && (cin % group != 0 || cout % group != 0)) {
            throw new IllegalArgumentException("group " + group + " divides not both cin " + cin + " and cout " + cout);
        }
    }

    private Layer flat(String name, Operator operator) {
        List<Tensor> in = new ArrayList<>();
        for (int input = 0; input < inputs; input++) {
            long share = elementsIn / inputs + (input < elementsIn % inputs ? 1 : 0);
            in.add(tensor(name + " in " + input, TensorShape.of(1, share)));
        }
        return Layer.of(name, operator, in, List.of(tensor(name + " out", TensorShape.of(1, elementsOut))));
    }

    private Layer matrixProduct(String name, Operator operator) {
        long weights = weights(cin, cout);
        Tensor left = tensor(name + " in", TensorShape.of(w, h, cin));
        Tensor out = tensor(name + " out", TensorShape.of(w, h, cout));
        long macs = Math.multiplyExact(Math.multiplyExact(w, h), weights);
        if (inputs > 1) {
            Tensor right = tensor(name + " in 2", TensorShape.of(w, cin, cout));
            return Layer.of(name, operator, List.of(left, right), List.of(out)).withMacs(macs);
        }
        return Layer.of(name, operator, List.of(left), List.of(out))
                .withParameters(weights, bytes(weights))
                .withMacs(macs);
    }

    private static Window window(MeasurementCsv.Row row) {
        List<Integer> kernel = extents(row, "k", 2);
        if (kernel.contains(0) || row.text("stride").equals("0")) {
            return NONE;
        }
        List<Integer> pads = extents(row, "pad", 4);
        return new Window(kernel, extents(row, "stride", 2), List.of(1, 1), pads.subList(0, 2), pads.subList(2, 4));
    }

    private static Window window(Layer layer) {
        if (layer.operator() instanceof Operator.Convolution convolution) {
            return convolution.window();
        }
        return layer.operator() instanceof Operator.Pooling pooling ? pooling.window() : NONE;
    }

    // "3" is the value for all axes or sides, "1x7" has one value per axis, "0x0x1x1" one per side.
    private static List<Integer> extents(MeasurementCsv.Row row, String column, int count) {
        String text = row.text(column);
        String[] parts = text.split("x", -1);
        List<Integer> values = new ArrayList<>();
        try {
            for (String part : parts) {
                values.add(Integer.parseInt(part.strip()));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " must be a whole number, but is '" + text + "'", e);
        }
        if (values.size() == 1) {
            return Collections.nCopies(count, values.get(0));
        }
        if (values.size() == 2 && count == 4) {
            return List.of(values.get(0), values.get(1), values.get(0), values.get(1));
        }
        if (values.size() != count) {
            throw new IllegalArgumentException(column + " must have one or " + count + " parts, but is '" + text + "'");
        }
        return values;
    }

    private String pads() {
        if (window.padsBegin().equals(window.padsEnd())) {
            return joined(window.padsBegin());
        }
        List<Integer> all = new ArrayList<>(window.padsBegin());
        all.addAll(window.padsEnd());
        return joined(all);
    }

    private static String joined(List<Integer> values) {
        return values.stream().distinct().count() == 1
                ? String.valueOf(values.get(0))
                : values.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static List<Tensor> tensors(String name, int count, TensorShape shape) {
        List<Tensor> tensors = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            tensors.add(tensor(name + " " + index, shape));
        }
        return tensors;
    }

    private static Tensor tensor(String name, TensorShape shape) {
        return new Tensor(name, shape, ElementType.FLOAT32);
    }

    private static long weights(long in, long out) {
        return Math.multiplyExact(in, out);
    }

    private static long bytes(long count) {
        return Math.multiplyExact(count, 4L);
    }
}
