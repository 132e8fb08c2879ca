package io.github.codnn.onnx;

import com.google.protobuf.WireFormat;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.io.IOException;

/** Decodes tensors of an ONNX file: name, type and shape of every one, values of the small ones only. */
final class TensorParser {

    /** Values of tensors above this size are skipped. */
    private static final int MAX_VALUE_BYTES = SmallTensor.MAX_ELEMENTS * Long.BYTES;

    /** Real numbers take part in shapes as a few scale factors; more than these are weights. */
    private static final int MAX_REAL_BYTES = 16 * Double.BYTES;

    private final WireReader wire;

    TensorParser(WireReader wire) {
        this.wire = wire;
    }

    /**
     * TensorProto: dims 1, data_type 2, float_data 4, int32_data 5, int64_data 7, name 8, raw_data 9, double_data 10,
     * uint64_data 11, external_data 13, data_location 14.
     */
    Weight dense() throws IOException {
        TensorParts parts = new TensorParts();
        wire.message(tag -> field(tag, parts));
        return parts.build();
    }

    /** Reads one field of a TensorProto, or returns false if it is to be skipped. */
    boolean field(int tag, TensorParts parts) throws IOException {
        switch (tag) {
            case 1 << 3, 1 << 3 | 2 -> wire.numbers(tag, parts.dimensions);
            case 2 << 3 -> parts.dataType = (int) wire.number();
            case 8 << 3 | 2 -> parts.name = wire.text();
            case 9 << 3 | 2 -> raw(parts);
            case 13 << 3 | 2 -> external(parts);
            case 14 << 3 -> parts.isExternal = wire.number() == 1;
            default -> {
                return typedValues(tag, parts);
            }
        }
        return true;
    }

    /** SparseTensorProto: values 1, dims 3; it represents a dense tensor of those dims. */
    Weight sparse() throws IOException {
        TensorParts parts = new TensorParts();
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> {
                    Weight values = dense();
                    parts.name = values.name();
                    parts.dataType = values.dataType();
                }
                case 3 << 3, 3 << 3 | 2 -> wire.numbers(tag, parts.dimensions);
                default -> {
                    return false;
                }
            }
            return true;
        });
        return parts.build();
    }

    private void raw(TensorParts parts) throws IOException {
        int length = wire.length();
        parts.rawLength = length;
        if (length > MAX_VALUE_BYTES || (parts.holdsReal() && length > MAX_REAL_BYTES)) {
            wire.skip(length);
        } else {
            parts.raw = wire.raw(length);
        }
    }

    /** Values in a list of their own type, packed or single. */
    private boolean typedValues(int tag, TensorParts parts) throws IOException {
        int field = WireFormat.getTagFieldNumber(tag);
        boolean packed = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        switch (field) {
            case 4, 5, 7, 10, 11 -> {
                if (packed) {
                    packedValues(field, parts);
                    return true;
                }
                if (parts.isFull() || WireFormat.getTagWireType(tag) != wireType(field)) {
                    return false;
                }
                oneValue(field, parts);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void packedValues(int field, TensorParts parts) throws IOException {
        int length = wire.length();
        if (length > (wireType(field) == WireFormat.WIRETYPE_VARINT ? MAX_VALUE_BYTES : MAX_REAL_BYTES)) {
            parts.giveUp();
            wire.skip(length);
        } else {
            wire.packed(length, () -> oneValue(field, parts));
        }
    }

    private static int wireType(int field) {
        return switch (field) {
            case 4 -> WireFormat.WIRETYPE_FIXED32;
            case 10 -> WireFormat.WIRETYPE_FIXED64;
            default -> WireFormat.WIRETYPE_VARINT;
        };
    }

    private void oneValue(int field, TensorParts parts) throws IOException {
        switch (field) {
            case 4 -> parts.add(wire.real());
            case 10 -> parts.add(wire.longReal());
            default -> parts.add(wire.number());
        }
    }

    /** StringStringEntryProto: key 1, value 2; keys {@code location}, {@code offset}, {@code length}. */
    private void external(TensorParts parts) throws IOException {
        String[] entry = {"", ""};
        wire.message(tag -> {
            switch (tag) {
                case 1 << 3 | 2 -> entry[0] = wire.text();
                case 2 << 3 | 2 -> entry[1] = wire.text();
                default -> {
                    return false;
                }
            }
            return true;
        });
        parts.externalEntry(entry[0], entry[1]);
    }
}
