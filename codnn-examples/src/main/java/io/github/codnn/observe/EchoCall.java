package io.github.codnn.observe;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;

/** A message of a probe; its answer is the receiver's monotonic clock. */
final class EchoCall implements Callable<Long>, IdentifiedDataSerializable {

    private byte[] content = {};

    /** For {@link #readData}. */
    EchoCall() {}

    EchoCall(int bytes) {
        content = new byte[bytes];
    }

    @Override
    public Long call() {
        return System.nanoTime();
    }

    @Override
    public int getFactoryId() {
        return ObserveCalls.FACTORY;
    }

    @Override
    public int getClassId() {
        return ObserveCalls.ECHO;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(content.length);
        out.write(content);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > ProbeCall.MAX_BYTES) {
            throw new IOException("A probe is damaged: it states " + length + " bytes");
        }
        content = new byte[length];
        in.readFully(content);
    }
}
