package io.github.codnn.serve;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.serve.protocol.InferTensorContents;
import io.github.codnn.serve.protocol.ModelInferRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns tensors of the protocol into values and back. Elements stand in row-major order, little endian; a request may
 * give them raw or in the field of their type.
 */
final class TensorCodec {

    private TensorCodec() {}

    /**
     * Reads the inputs of a request.
     *
     * @throws CodnnException if a type, a shape or the number of elements is wrong
     */
    static List<TensorValue> inputs(ModelInferRequest request) {
        int raw = request.getRawInputContentsCount();
        if (raw > 0 && raw != request.getInputsCount()) {
            throw new CodnnException("the request has " + request.getInputsCount() + " inputs and " + raw
                    + " raw_input_contents; give one for each input, or contents in each input");
        }
        List<TensorValue> values = new ArrayList<>();
        for (int i = 0; i < request.getInputsCount(); i++) {
            ModelInferRequest.InferInputTensor input = request.getInputs(i);
            if (raw > 0 && input.hasContents()) {
                throw new CodnnException(
                        "input '" + input.getName() + "' has contents beside the raw_input_contents of the request");
            }
            Tensor tensor = tensor(input.getName(), input.getDatatype(), input.getShapeList());
            byte[] bytes = raw > 0 ? request.getRawInputContents(i).toByteArray() : typed(tensor, input.getContents());
            values.add(value(tensor, bytes));
        }
        return values;
    }

    /** Reads a tensor that is given as raw bytes. */
    static TensorValue raw(String name, String type, List<Long> shape, ByteString bytes) {
        return value(tensor(name, type, shape), bytes.toByteArray());
    }

    /** Returns the elements of a value as raw bytes, without a copy. */
    static ByteString raw(TensorValue value) {
        return UnsafeByteOperations.unsafeWrap(value.data());
    }

    /** Reads a tensor that a server gives in the field of its type. */
    static TensorValue typed(String name, String type, List<Long> shape, InferTensorContents contents) {
        Tensor tensor = tensor(name, type, shape);
        return value(tensor, typed(tensor, contents));
    }

    private static Tensor tensor(String name, String type, List<Long> shape) {
        try {
            return new Tensor(name, new TensorShape(shape), DataType.named(type).elements());
        } catch (CodnnException | IllegalArgumentException | ArithmeticException e) {
            throw new CodnnException("tensor '" + name + "': " + e.getMessage(), e);
        }
    }

    private static TensorValue value(Tensor tensor, byte[] bytes) {
        try {
            return TensorValue.of(tensor, bytes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CodnnException("tensor '" + tensor.name() + "': " + e.getMessage(), e);
        }
    }

    private static byte[] typed(Tensor tensor, InferTensorContents contents) {
        DataType type = DataType.of(tensor.type());
        int elements = count(type, contents);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            switch (type) {
                case BOOL -> bytes.put((byte) (contents.getBoolContents(i) ? 1 : 0));
                case INT8 -> bytes.put((byte) inRange(tensor, contents.getIntContents(i), Byte.MIN_VALUE, 0x7f));
                case INT16 ->
                    bytes.putShort((short) inRange(tensor, contents.getIntContents(i), Short.MIN_VALUE, 0x7fff));
                case INT32 -> bytes.putInt(contents.getIntContents(i));
                case INT64 -> bytes.putLong(contents.getInt64Contents(i));
                case UINT8 -> bytes.put((byte) inRange(tensor, contents.getUintContents(i), 0, 0xff));
                case UINT16 -> bytes.putShort((short) inRange(tensor, contents.getUintContents(i), 0, 0xffff));
                case UINT32 -> bytes.putInt(contents.getUintContents(i));
                case UINT64 -> bytes.putLong(contents.getUint64Contents(i));
                case FP32 -> bytes.putFloat(contents.getFp32Contents(i));
                case FP64 -> bytes.putDouble(contents.getFp64Contents(i));
                case FP16, BF16 -> throw noField(type);
            }
        }
        return bytes.array();
    }

    private static int count(DataType type, InferTensorContents contents) {
        return switch (type) {
            case BOOL -> contents.getBoolContentsCount();
            case INT8, INT16, INT32 -> contents.getIntContentsCount();
            case INT64 -> contents.getInt64ContentsCount();
            case UINT8, UINT16, UINT32 -> contents.getUintContentsCount();
            case UINT64 -> contents.getUint64ContentsCount();
            case FP32 -> contents.getFp32ContentsCount();
            case FP64 -> contents.getFp64ContentsCount();
            case FP16, BF16 -> throw noField(type);
        };
    }

    private static CodnnException noField(DataType type) {
        return new CodnnException("elements of " + type + " have no field of their own; give raw_input_contents");
    }

    private static int inRange(Tensor tensor, int element, int least, int greatest) {
        if (element < least || element > greatest) {
            throw new CodnnException("tensor '" + tensor.name() + "': element " + element + " is not within " + least
                    + " and " + greatest);
        }
        return element;
    }
}
