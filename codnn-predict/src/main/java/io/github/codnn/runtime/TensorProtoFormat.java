package io.github.codnn.runtime;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ONNX's message of one tensor, with the field numbers of the public schema. */
final class TensorProtoFormat {

    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int FLOAT_DATA = 4;
    private static final int INT32_DATA = 5;
    private static final int STRING_DATA = 6;
    private static final int INT64_DATA = 7;
    private static final int NAME = 8;
    private static final int RAW_DATA = 9;
    private static final int DOUBLE_DATA = 10;
    private static final int UINT64_DATA = 11;
    private static final int EXTERNAL_DATA = 13;

    private static final int MAX_RANK = 64;

    private static final Map<Integer, ElementType> TYPES = Map.ofEntries(
            Map.entry(1, ElementType.FLOAT32),
            Map.entry(2, ElementType.UINT8),
            Map.entry(3, ElementType.INT8),
            Map.entry(4, ElementType.UINT16),
            Map.entry(5, ElementType.INT16),
            Map.entry(6, ElementType.INT32),
            Map.entry(7, ElementType.INT64),
            Map.entry(9, ElementType.BOOL),
            Map.entry(10, ElementType.FLOAT16),
            Map.entry(11, ElementType.FLOAT64),
            Map.entry(12, ElementType.UINT32),
            Map.entry(13, ElementType.UINT64),
            Map.entry(14, ElementType.COMPLEX64),
            Map.entry(15, ElementType.COMPLEX128),
            Map.entry(16, ElementType.BFLOAT16));

    private final List<Long> dimensions = new ArrayList<>();
    private final ByteArrayOutputStream elements = new ByteArrayOutputStream();
    private Optional<ElementType> type = Optional.empty();
    private Optional<byte[]> raw = Optional.empty();
    private String name = "";

    private TensorProtoFormat() {}

    static TensorValue parse(byte[] content, String fallback) throws IOException {
        TensorProtoFormat format = new TensorProtoFormat();
        // The type decides how elements are stored, and may come after them.
        format.read(content, false);
        format.read(content, true);
        ElementType type = format.type.orElseThrow(
                () -> new IllegalArgumentException("is no tensor: it states no data type. Is it an ONNX TensorProto?"));
        byte[] bytes = format.raw.orElseGet(format.elements::toByteArray);
        Tensor tensor =
                new Tensor(format.name.isBlank() ? fallback : format.name, new TensorShape(format.dimensions), type);
        return TensorValue.owning(tensor, bytes);
    }

    private void read(byte[] content, boolean values) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(content);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            boolean isElement = field == FLOAT_DATA
                    || field == INT32_DATA
                    || field == INT64_DATA
                    || field == DOUBLE_DATA
                    || field == UINT64_DATA;
            if (field == STRING_DATA || field == EXTERNAL_DATA) {
                throw new IllegalArgumentException(
                        field == STRING_DATA ? "holds text, not numbers" : "keeps its elements in another file");
            } else if (isElement && values) {
                readElements(in, field, tag);
            } else if (isElement || values) {
                in.skipField(tag);
            } else {
                readAttribute(in, field, tag);
            }
        }
    }

    private void readAttribute(CodedInputStream in, int field, int tag) throws IOException {
        switch (field) {
            case DIMS -> readDimensions(in, tag);
            case DATA_TYPE -> {
                int code = in.readInt32();
                type = Optional.ofNullable(TYPES.get(code));
                if (type.isEmpty()) {
                    throw new IllegalArgumentException(
                            "has elements of ONNX type " + code + ", which are not supported");
                }
            }
            case NAME -> name = in.readString();
            case RAW_DATA -> raw = Optional.of(in.readByteArray());
            default -> in.skipField(tag);
        }
    }

    private void readDimensions(CodedInputStream in, int tag) throws IOException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int limit = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                addDimension(in.readInt64());
            }
            in.popLimit(limit);
        } else {
            addDimension(in.readInt64());
        }
    }

    private void addDimension(long dimension) {
        if (dimensions.size() == MAX_RANK) {
            throw new IllegalArgumentException("has more than " + MAX_RANK + " dimensions");
        }
        dimensions.add(dimension);
    }

    private void readElements(CodedInputStream in, int field, int tag) throws IOException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int limit = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                readElement(in, field);
            }
            in.popLimit(limit);
        } else {
            readElement(in, field);
        }
    }

    private void readElement(CodedInputStream in, int field) throws IOException {
        ElementType stored = type.orElse(ElementType.FLOAT32);
        boolean isComplex = stored == ElementType.COMPLEX64 || stored == ElementType.COMPLEX128;
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        switch (field) {
            case FLOAT_DATA -> bytes.putFloat(in.readFloat());
            case DOUBLE_DATA -> bytes.putDouble(in.readDouble());
            case INT32_DATA -> bytes.putInt(in.readInt32());
            default -> bytes.putLong(in.readInt64());
        }
        int size = isComplex ? bytes.position() : Math.min(bytes.position(), stored.bits() / 8);
        elements.write(bytes.array(), 0, size);
    }

    /** All but the elements: the raw data is the last field of a message that is written. */
    static byte[] header(Tensor tensor) throws IOException {
        int code = TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == tensor.type())
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the " + tensor.type() + " of '" + tensor.name() + "' cannot be written"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (long dimension : tensor.shape().dimensions()) {
            out.writeInt64(DIMS, dimension);
        }
        out.writeInt32(DATA_TYPE, code);
        out.writeBytes(NAME, ByteString.copyFromUtf8(tensor.name()));
        out.writeTag(RAW_DATA, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(Math.toIntExact(tensor.bytes()));
        out.flush();
        return bytes.toByteArray();
    }
}
