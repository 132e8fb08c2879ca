package io.github.codnn.bench;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;

/** Describes the large messages of ONNX files to protobuf, so that it parses them in full. */
final class OnnxMessages {

    private OnnxMessages() {}

    /** ModelProto; fields that are not described are kept as unknown fields. */
    static Descriptor model() throws DescriptorValidationException {
        return onnx().findMessageTypeByName("ModelProto");
    }

    /**
     * ModelProto, GraphProto and TensorProto; nodes and other fields stay unknown fields, which only makes the parse
     * faster.
     */
    private static FileDescriptor onnx() throws DescriptorValidationException {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("onnx")
                .setSyntax("proto2")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("ModelProto")
                        .addField(message("graph", 7, "GraphProto", Label.LABEL_OPTIONAL)))
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("GraphProto")
                        .addField(message("initializer", 5, "TensorProto", Label.LABEL_REPEATED)))
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("TensorProto")
                        .addField(FieldDescriptorProto.newBuilder()
                                .setName("raw_data")
                                .setNumber(9)
                                .setType(FieldDescriptorProto.Type.TYPE_BYTES)
                                .setLabel(Label.LABEL_OPTIONAL)))
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[0]);
    }

    private static FieldDescriptorProto message(String name, int number, String type, Label label) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(type)
                .setLabel(label)
                .build();
    }
}
