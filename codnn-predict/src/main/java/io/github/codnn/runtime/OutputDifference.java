package io.github.codnn.runtime;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Differences between two runs of the same frames. */
final class OutputDifference {

    private OutputDifference() {}

    static double greatest(List<Map<String, TensorValue>> one, List<Map<String, TensorValue>> other) {
        double greatest = 0;
        for (int frame = 0; frame < one.size(); frame++) {
            for (Map.Entry<String, TensorValue> output : other.get(frame).entrySet()) {
                TensorValue expected = one.get(frame).get(output.getKey());
                greatest = Math.max(
                        greatest,
                        expected == null ? Double.POSITIVE_INFINITY : difference(expected, output.getValue()));
            }
        }
        return greatest;
    }

    private static double difference(TensorValue one, TensorValue other) {
        if (!one.tensor().equals(other.tensor())) {
            return Double.POSITIVE_INFINITY;
        }
        if (one.equals(other)) {
            return 0;
        }
        ByteBuffer left = one.data();
        ByteBuffer right = other.data();
        double greatest = 0;
        while (left.hasRemaining()) {
            double first = next(one, left);
            double second = next(other, right);
            double difference = Double.compare(first, second) == 0 ? 0 : Math.abs(first - second);
            greatest = Math.max(greatest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        return greatest;
    }

    private static double next(TensorValue value, ByteBuffer elements) {
        return switch (value.tensor().type()) {
            case FLOAT32 -> elements.getFloat();
            case FLOAT64 -> elements.getDouble();
            case FLOAT16 -> half(elements.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(elements.getShort() << 16);
            case INT64, UINT64 -> elements.getLong();
            case INT32, UINT32 -> elements.getInt();
            case INT16, UINT16 -> elements.getShort();
            default -> elements.get();
        };
    }

    /** Decodes half precision: 1 sign bit, 5 exponent bits with a bias of 15, 10 fraction bits. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = switch (exponent) {
            case 0 -> fraction * 0x1p-24;
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> (0x400 | fraction) * Math.scalb(1.0, exponent - 25);
        };
        return bits < 0 ? -size : size;
    }
}
