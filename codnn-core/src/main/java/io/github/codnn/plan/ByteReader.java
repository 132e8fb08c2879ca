package io.github.codnn.plan;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@link ByteWriter} wrote. No count is taken from the bytes that the rest of them cannot hold, and only
 * small values are referred to, so that time and memory are proportional to the number of bytes. Used by one thread.
 */
final class ByteReader {

    private static final int MAX_DEPTH = 32;

    private final byte[] bytes;
    private final List<Object> known = new ArrayList<>();
    private int position;
    private int depth; // of networks in blocks

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    void checkEnd() {
        if (position < bytes.length) {
            throw new IllegalArgumentException("More bytes follow it");
        }
    }

    private int next() {
        if (position == bytes.length) {
            throw new IllegalArgumentException("The bytes end within a value");
        }
        return bytes[position++];
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = next();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("A number has more than 64 bits");
    }

    double decimal() {
        long bits = 0;
        for (int index = 0; index < Double.BYTES; index++) {
            bits = (bits << Byte.SIZE) | (next() & 0xFF);
        }
        return Double.longBitsToDouble(bits);
    }

    /** Reads the number of values that follow, each of which takes a byte at least. */
    int count() {
        long count = number();
        if (count < 0 || count > bytes.length - position) {
            throw new IllegalArgumentException(
                    count + " values cannot follow in " + (bytes.length - position) + " bytes");
        }
        return (int) count;
    }

    String text() {
        int reference = reference();
        if (reference > 0) {
            return (String) known.get(reference - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int rest = count(); rest > 0; rest--) {
            text.append((char) number());
        }
        return (String) remembered(text.toString());
    }

    private int reference() {
        long reference = number();
        if (reference < 0 || reference > known.size()) {
            throw new IllegalArgumentException("There is no value " + reference + " before byte " + position);
        }
        return (int) reference;
    }

    private Object remembered(Object value) {
        if (RecordShape.isSmall(value)) {
            known.add(value);
        }
        return value;
    }

    <T extends Record> T record(Class<T> type) {
        if (!RecordShape.isShared(type)) {
            return type.cast(parts(type));
        }
        int reference = reference();
        return type.cast(reference > 0 ? known.get(reference - 1) : remembered(parts(type)));
    }

    private Object parts(Class<?> type) {
        RecordShape shape = RecordShape.of(type);
        Object[] values = new Object[shape.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = value(shape.type(index));
        }
        return shape.create(values);
    }

    Object value(Type type) {
        return type instanceof ParameterizedType ? container(type) : simple((Class<?>) type);
    }

    private Object simple(Class<?> type) {
        if (type == String.class) {
            return text();
        } else if (type == long.class || type == Long.class) {
            return number();
        } else if (type == int.class || type == Integer.class) {
            return Math.toIntExact(number());
        } else if (type == double.class || type == Double.class) {
            return decimal();
        } else if (type == boolean.class) {
            return number() != 0;
        } else if (type == LayerGraph.class) {
            return graph();
        } else if (type == Operator.class) {
            return operator();
        } else if (type.isEnum()) {
            return constant(type);
        }
        return record(type.asSubclass(Record.class));
    }

    private Object constant(Class<?> type) {
        String name = text();
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no " + type.getSimpleName() + " '" + name + "'"));
    }

    private Object operator() {
        String name = text();
        return Arrays.stream(Operator.class.getPermittedSubclasses())
                .filter(each -> each.getSimpleName().equals(name))
                .findFirst()
                .map(each -> (Object) record(each.asSubclass(Record.class)))
                .orElseThrow(() -> new IllegalArgumentException("There is no operator '" + name + "'"));
    }

    private Object container(Type type) {
        Class<?> raw = (Class<?>) ((ParameterizedType) type).getRawType();
        Type first = RecordShape.argument(type, 0);
        int count = count();
        if (raw == Optional.class) {
            return count == 0 ? Optional.empty() : Optional.of(value(first));
        } else if (raw == List.class) {
            List<Object> list = new ArrayList<>(count);
            for (int rest = count; rest > 0; rest--) {
                list.add(value(first));
            }
            return list;
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int rest = count; rest > 0; rest--) {
            Object key = value(first);
            map.put(key, value(RecordShape.argument(type, 1)));
        }
        return map;
    }

    private LayerGraph graph() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("Blocks are nested more than " + MAX_DEPTH + " deep");
        }
        ByteWriter.Network parts = record(ByteWriter.Network.class);
        LayerGraph.Builder builder = LayerGraph.builder(parts.name());
        parts.inputs().forEach(builder::input);
        parts.layers().forEach(builder::add);
        parts.outputs().forEach(builder::output);
        depth--;
        return builder.build().withNotices(parts.notices());
    }
}
