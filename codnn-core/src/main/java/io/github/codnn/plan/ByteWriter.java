package io.github.codnn.plan;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes records and what they are made of as bytes that {@link ByteReader} reads: numbers with seven bits a byte,
 * short texts and small records once. Used by one thread.
 */
final class ByteWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<Object, Integer> known = new HashMap<>();

    byte[] bytes() {
        return bytes.toByteArray();
    }

    void number(long value) {
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1)); // small for small negative numbers, too
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    void decimal(double value) {
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes.write((int) (bits >>> shift));
        }
    }

    void text(String text) {
        if (isNew(text)) {
            number(text.length());
            text.chars().forEach(this::number);
            remember(text);
        }
    }

    /** Writes the number of a known value, or 0, after which the value follows. */
    private boolean isNew(Object value) {
        int number = known.getOrDefault(value, 0);
        number(number);
        return number == 0;
    }

    private void remember(Object value) {
        if (RecordShape.isSmall(value)) {
            known.put(value, known.size() + 1);
        }
    }

    void record(Record value) {
        if (!RecordShape.isShared(value.getClass())) {
            parts(value);
        } else if (isNew(value)) {
            parts(value);
            remember(value);
        }
    }

    private void parts(Record value) {
        RecordShape shape = RecordShape.of(value.getClass());
        for (int index = 0; index < shape.size(); index++) {
            value(shape.type(index), shape.get(index, value));
        }
    }

    void value(Type type, Object value) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long || value instanceof Integer) {
            number(((Number) value).longValue());
        } else if (value instanceof Double number) {
            decimal(number);
        } else if (value instanceof Boolean flag) {
            number(flag ? 1 : 0);
        } else if (value instanceof Enum<?> constant) {
            text(constant.name());
        } else if (value instanceof LayerGraph graph) {
            graph(graph);
        } else if (value instanceof Record part) {
            if (type == Operator.class) {
                text(part.getClass().getSimpleName());
            }
            record(part);
        } else {
            container(type, value);
        }
    }

    private void container(Type type, Object value) {
        if (value instanceof Collection<?> list) {
            number(list.size());
            list.forEach(each -> value(RecordShape.argument(type, 0), each));
        } else if (value instanceof Map<?, ?> map) {
            number(map.size());
            map.forEach((key, each) -> {
                value(RecordShape.argument(type, 0), key);
                value(RecordShape.argument(type, 1), each);
            });
        } else if (value instanceof Optional<?> optional) {
            number(optional.isPresent() ? 1 : 0);
            optional.ifPresent(each -> value(RecordShape.argument(type, 0), each));
        } else {
            throw new AssertionError("There is no form for a value of " + value.getClass());
        }
    }

    private void graph(LayerGraph graph) {
        record(new Network(
                graph.name(),
                graph.inputs(),
                graph.layers(),
                graph.outputs().stream().map(Tensor::name).toList(),
                graph.notices()));
    }

    /**
     * What a network is built from.
     *
     * @param name of the network
     * @param inputs in order
     * @param layers in topological order
     * @param outputs the names of the tensors that it delivers
     * @param notices in order
     */
    record Network(String name, List<Tensor> inputs, List<Layer> layers, List<String> outputs, List<String> notices) {}
}
