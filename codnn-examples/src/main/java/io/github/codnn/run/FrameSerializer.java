package io.github.codnn.run;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.runtime.TensorValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Frames on the wire. Nothing is allocated for a length that the limits do not allow. */
final class FrameSerializer implements StreamSerializer<Frame> {

    /** The most bytes that one tensor of a frame may have. */
    static final int MAX_TENSOR_BYTES = 1 << 30;

    private static final int TYPE_ID = 7_301;
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_RANK = 64;

    @Override
    public int getTypeId() {
        return TYPE_ID;
    }

    @Override
    public void write(ObjectDataOutput out, Frame frame) throws IOException {
        out.writeLong(frame.number());
        out.writeLong(frame.readyNanos());
        out.writeString(frame.failure());
        out.writeInt(frame.nanos().size());
        for (Map.Entry<Integer, Long> step : frame.nanos().entrySet()) {
            out.writeInt(step.getKey());
            out.writeLong(step.getValue());
        }
        out.writeInt(frame.tensors().size());
        for (TensorValue value : frame.tensors()) {
            writeTensor(out, value);
        }
    }

    private static void writeTensor(ObjectDataOutput out, TensorValue value) throws IOException {
        byte[] bytes = value.toByteArray();
        if (bytes.length > MAX_TENSOR_BYTES) {
            throw new IOException("Tensor '" + value.name() + "' has " + bytes.length + " bytes; a frame may have "
                    + MAX_TENSOR_BYTES);
        }
        out.writeString(value.name());
        out.writeString(value.tensor().type().name());
        out.writeInt(value.tensor().shape().rank());
        for (long dimension : value.tensor().shape().dimensions()) {
            out.writeLong(dimension);
        }
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public Frame read(ObjectDataInput in) throws IOException {
        long arrived = System.nanoTime();
        long number = in.readLong();
        long ready = in.readLong();
        String failure = text(in);
        Map<Integer, Long> nanos = new LinkedHashMap<>();
        int steps = count(in, MAX_ENTRIES, "steps");
        for (int index = 0; index < steps; index++) {
            nanos.put(in.readInt(), in.readLong());
        }
        List<TensorValue> tensors = new ArrayList<>();
        int size = count(in, MAX_ENTRIES, "tensors");
        for (int index = 0; index < size; index++) {
            tensors.add(readTensor(in));
        }
        return new Frame(number, ready, tensors, nanos, failure, arrived);
    }

    private static TensorValue readTensor(ObjectDataInput in) throws IOException {
        String name = text(in);
        String type = text(in).toUpperCase(Locale.ROOT);
        List<Long> dimensions = new ArrayList<>();
        int rank = count(in, MAX_RANK, "dimensions");
        for (int axis = 0; axis < rank; axis++) {
            dimensions.add(in.readLong());
        }
        try {
            Tensor tensor = new Tensor(name, new TensorShape(dimensions), ElementType.valueOf(type));
            int length = count(in, MAX_TENSOR_BYTES, "bytes");
            if (length != tensor.bytes()) {
                throw new IOException(
                        "A frame is damaged: tensor '" + name + "' of " + tensor.bytes() + " bytes has " + length);
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return TensorValue.of(tensor, bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException("A frame is damaged: " + e.getMessage(), e);
        }
    }

    private static String text(ObjectDataInput in) throws IOException {
        String text = in.readString();
        return text == null ? "" : text;
    }

    private static int count(ObjectDataInput in, int max, String what) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > max) {
            throw new IOException("A frame is damaged: it states " + count + " " + what);
        }
        return count;
    }
}
