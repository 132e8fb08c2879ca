package io.github.codnn.run;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends the files of a model from the member that submits a run to one that runs a stage. Jobs may upload neither code
 * nor files of their own; members send those files only that they offer.
 */
// The engine demands Serializable, but writes it with writeData.
@SuppressWarnings("serial")
final class ShipmentSupplier implements ProcessorSupplier, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1L;

    private String offer = "";
    private boolean sender;
    private transient @Nullable HazelcastInstance instance;

    /** For {@link #readData}. */
    ShipmentSupplier() {}

    /**
     * Makes one end of a shipment.
     *
     * @param offer under which name the sender offers its files
     * @param sender whether this is the end that sends
     */
    ShipmentSupplier(String offer, boolean sender) {
        this.offer = offer;
        this.sender = sender;
    }

    /**
     * A file that a member offers.
     *
     * @param group the folder of the file on the receiver
     * @param name its name
     * @param digest its digest, as manifests write it
     * @param path where the sender has it
     */
    record Offered(String group, String name, String digest, Path path) {}

    /**
     * Files that a member offers.
     *
     * @param files the files
     */
    record Offer(List<Offered> files) {
        Offer {
            files = List.copyOf(files);
        }
    }

    @Override
    public void init(Context context) {
        instance = context.hazelcastInstance();
    }

    @Override
    public Collection<? extends Processor> get(int count) {
        HazelcastInstance member = Objects.requireNonNull(instance);
        if (!sender) {
            return List.of(new Receiver(WorkerState.of(member).store()));
        }
        if (member.getUserContext().get(offer) instanceof Offer files) {
            return List.of(new Sender(files));
        }
        throw new IllegalStateException("Member " + member.getName() + " does not offer '" + offer + "'");
    }

    @Override
    public int getFactoryId() {
        return Serializables.FACTORY;
    }

    @Override
    public int getClassId() {
        return Serializables.SHIPMENT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(offer);
        out.writeBoolean(sender);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        offer = Objects.requireNonNullElse(in.readString(), "");
        sender = in.readBoolean();
    }

    private static final class Sender extends AbstractProcessor {

        private final Offer offer;

        Sender(Offer offer) {
            this.offer = offer;
        }

        @Override
        public boolean isCooperative() {
            return false;
        }

        @Override
        public boolean complete() {
            try {
                for (Offered file : offer.files()) {
                    send(file);
                }
                return true;
            } catch (IOException e) {
                throw new IllegalStateException("A model file cannot be sent: " + e, e);
            }
        }

        private void send(Offered file) throws IOException {
            try (InputStream in = Files.newInputStream(file.path())) {
                long offset = 0;
                boolean last = false;
                while (!last) {
                    byte[] bytes = in.readNBytes(FileChunk.MAX_BYTES);
                    last = bytes.length < FileChunk.MAX_BYTES;
                    FileChunk chunk = new FileChunk(
                            file.group(), file.name(), file.digest(), offset, ByteBuffer.wrap(bytes), last);
                    while (!tryEmit(chunk)) {
                        Thread.onSpinWait(); // Does not happen: a blocking vertex waits within the engine.
                    }
                    offset += bytes.length;
                }
            }
        }
    }

    private static final class Receiver extends AbstractProcessor {

        private final ModelStore store;

        Receiver(ModelStore store) {
            this.store = store;
        }

        @Override
        public boolean isCooperative() {
            return false;
        }

        @Override
        protected boolean tryProcess(int edge, Object item) throws IOException {
            store.append((FileChunk) item);
            return true;
        }
    }
}
