package io.github.codnn.run;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A part of a model file on its way to a member.
 *
 * @param group the folder of the file on the member
 * @param name the name of the file
 * @param digest the digest of the whole file, as manifests write it
 * @param offset the position of the part in the file
 * @param bytes the part
 * @param last whether the file ends with it
 */
record FileChunk(String group, String name, String digest, long offset, ByteBuffer bytes, boolean last) {

    /** The most bytes of one part. */
    static final int MAX_BYTES = 1 << 18;

    /** Parts on the wire. */
    static final class Serializer implements StreamSerializer<FileChunk> {

        private static final int TYPE_ID = 7_302;

        @Override
        public int getTypeId() {
            return TYPE_ID;
        }

        @Override
        public void write(ObjectDataOutput out, FileChunk chunk) throws IOException {
            out.writeString(chunk.group);
            out.writeString(chunk.name);
            out.writeString(chunk.digest);
            out.writeLong(chunk.offset);
            out.writeBoolean(chunk.last);
            byte[] content = new byte[chunk.bytes.remaining()];
            chunk.bytes.duplicate().get(content);
            out.writeInt(content.length);
            out.write(content);
        }

        @Override
        public FileChunk read(ObjectDataInput in) throws IOException {
            String group = text(in);
            String name = text(in);
            String digest = text(in);
            long offset = in.readLong();
            boolean last = in.readBoolean();
            int length = in.readInt();
            if (length < 0 || length > MAX_BYTES) {
                throw new IOException("A part of file '" + name + "' is damaged: it states " + length + " bytes");
            }
            byte[] content = new byte[length];
            in.readFully(content);
            return new FileChunk(group, name, digest, offset, ByteBuffer.wrap(content), last);
        }

        private static String text(ObjectDataInput in) throws IOException {
            return Objects.requireNonNullElse(in.readString(), "");
        }
    }
}
