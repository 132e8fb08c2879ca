package io.github.codnn.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * A tensor of weights to be written: single precision, and made up on the way out rather than held.
 *
 * @param name the name of the tensor
 * @param shape its shape
 * @param values what values it has
 */
record WrittenWeight(String name, TensorShape shape, Values values) {

    /** Values drawn between two bounds, or the same value everywhere. */
    record Values(double least, double most, double constant) {}

    /** {@code TensorProto.DataType.FLOAT}. */
    private static final int FLOAT = 1;

    private static final int BUFFER_FLOATS = 4096;

    /**
     * Values around zero that keep the variance of activations over many layers (He et al., 2015); a constant that
     * keeps their mean.
     */
    static WrittenWeight kernel(String name, TensorShape shape, long fanIn) {
        double bound = Math.sqrt(6.0 / Math.max(1, fanIn));
        return new WrittenWeight(name, shape, new Values(-bound, bound, 1.0 / Math.max(1, fanIn)));
    }

    /** Values around one, for factors and variances. */
    static WrittenWeight factor(String name, TensorShape shape) {
        return new WrittenWeight(name, shape, new Values(0.5, 1.5, 1));
    }

    /** Small values around zero, for what is added. */
    static WrittenWeight bias(String name, TensorShape shape) {
        return new WrittenWeight(name, shape, new Values(-0.1, 0.1, 0));
    }

    long bytes() {
        return ElementType.FLOAT32.bytes(shape.elements());
    }

    /** The fields of TensorProto before its values: dims 1, data_type 2, name 8. */
    private byte[] head() {
        ProtobufMessage head = new ProtobufMessage();
        shape.dimensions().forEach(extent -> head.number(1, extent));
        return head.number(2, FLOAT).text(8, name).toByteArray();
    }

    /** Returns the size of the TensorProto. */
    long messageBytes() {
        int length = Math.toIntExact(bytes());
        return Math.addExact(
                head().length + CodedOutputStream.computeTagSize(9) + CodedOutputStream.computeUInt32SizeNoTag(length),
                (long) length);
    }

    /** Writes the TensorProto with random values in raw_data 9, little-endian as the format wants. */
    void write(CodedOutputStream out, SplittableRandom random) throws IOException {
        out.writeRawBytes(head());
        out.writeTag(9, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(Math.toIntExact(bytes()));
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float scale = (float) ((values.most() - values.least()) / (1 << 24));
        for (long left = shape.elements(); left > 0; left -= BUFFER_FLOATS) {
            buffer.clear();
            for (long i = Math.min(left, BUFFER_FLOATS); i > 0; i--) {
                buffer.putFloat((float) values.least() + (random.nextInt() >>> 8) * scale);
            }
            out.writeRawBytes(buffer.array(), 0, buffer.position());
        }
    }
}
