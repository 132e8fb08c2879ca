package io.github.codnn.testing;

import com.google.protobuf.CodedOutputStream;
import io.github.codnn.testing.OnnxFile.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes VGG-19 as an exporter does, with all its weights inside: a file of 575 MB.
 *
 * <p>Configuration E of Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
 * ICLR 2015, table 1.
 */
public final class LargeOnnxFile {

    private final List<Message> nodes = new ArrayList<>();
    private final List<Message> heads = new ArrayList<>();
    private final List<Long> weightBytes = new ArrayList<>();
    private String last = "x";

    private LargeOnnxFile() {
        int channels = 3;
        int[] widths = {64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0};
        for (int width : widths) {
            if (width == 0) {
                node("MaxPool", List.of(last), OnnxFile.ints("kernel_shape", 2, 2), OnnxFile.ints("strides", 2, 2));
            } else {
                weighted("Conv", OnnxFile.ints("pads", 1, 1, 1, 1), width, channels, 3, 3);
                node("Relu", List.of(last));
                channels = width;
            }
        }
        node("Flatten", List.of(last));
        weighted("Gemm", OnnxFile.integer("transB", 1), 4096, 512 * 7 * 7);
        node("Relu", List.of(last));
        weighted("Gemm", OnnxFile.integer("transB", 1), 4096, 4096);
        node("Relu", List.of(last));
        weighted("Gemm", OnnxFile.integer("transB", 1), 1000, 4096);
    }

    /**
     * Writes the file with weights of zero, as a sparse file where the file system has such.
     *
     * @param file where to write
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path writeSparse(Path file) throws IOException {
        return new LargeOnnxFile().write(file);
    }

    private void node(String operator, List<String> inputs, Message... attributes) {
        last = "t" + nodes.size();
        nodes.add(OnnxFile.node("", operator, inputs, List.of(last), attributes));
    }

    private void weighted(String operator, Message attribute, long... dimensions) {
        String name = operator + nodes.size();
        tensor(name + ".weight", dimensions);
        tensor(name + ".bias", dimensions[0]);
        node(operator, List.of(last, name + ".weight", name + ".bias"), attribute);
    }

    private void tensor(String name, long... dimensions) {
        long bytes = Float.BYTES;
        for (long dimension : dimensions) {
            bytes *= dimension;
        }
        heads.add(OnnxFile.tensor(name, OnnxFile.FLOAT, dimensions));
        weightBytes.add(bytes);
    }

    private Path write(Path file) throws IOException {
        Message small =
                new Message().text(2, "vgg19").message(11, OnnxFile.valueInfo("x", OnnxFile.FLOAT, 1, 3, 224, 224));
        nodes.forEach(node -> small.message(1, node));
        small.message(12, new Message().text(1, last));
        long graphBytes = small.bytes().length;
        List<byte[]> prefixes = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            byte[] head = heads.get(i).bytes();
            byte[] raw = lengthPrefix(9, weightBytes.get(i));
            byte[] tensor = lengthPrefix(5, head.length + raw.length + weightBytes.get(i));
            prefixes.add(ByteBuffer.allocate(tensor.length + head.length + raw.length)
                    .put(tensor)
                    .put(head)
                    .put(raw)
                    .array());
            graphBytes += prefixes.get(i).length + weightBytes.get(i);
        }
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            put(
                    channel,
                    new Message()
                            .number(1, 9)
                            .message(8, new Message().number(2, 13))
                            .bytes());
            put(channel, lengthPrefix(7, graphBytes));
            put(channel, small.bytes());
            for (int i = 0; i < prefixes.size(); i++) {
                put(channel, prefixes.get(i));
                // A hole, but for its last byte.
                channel.position(channel.position() + weightBytes.get(i) - 1);
                put(channel, new byte[1]);
            }
        }
        return file;
    }

    private static byte[] lengthPrefix(int field, long length) throws IOException {
        byte[] bytes =
                new byte[CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(length)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeTag(field, 2);
        out.writeUInt64NoTag(length);
        return bytes;
    }

    private static void put(SeekableByteChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
