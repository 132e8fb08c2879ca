package io.github.codnn.run;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the one processor of a vertex on the member that runs it. */
// The engine demands Serializable, but writes it with writeData.
@SuppressWarnings("serial")
final class NodeSupplier implements ProcessorSupplier, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1L;

    private @Nullable Node node;
    private transient @Nullable HazelcastInstance instance;

    /** For {@link #readData}. */
    NodeSupplier() {}

    NodeSupplier(Node node) {
        this.node = node;
    }

    @Override
    public void init(Context context) {
        instance = context.hazelcastInstance();
    }

    @Override
    public Collection<? extends Processor> get(int count) {
        Node vertex = Objects.requireNonNull(node);
        HazelcastInstance member = Objects.requireNonNull(instance);
        if (count != 1) {
            throw new IllegalStateException("Vertex '" + vertex.name() + "' must have one processor, not " + count);
        }
        return List.of(
                switch (vertex.kind()) {
                    case SOURCE -> new SourceProcessor(vertex, Attempt.of(member, vertex.key()));
                    case STAGE -> new StageProcessor(vertex, WorkerState.of(member));
                    case LINK -> new LinkProcessor(vertex, WorkerState.of(member));
                    case SINK -> new SinkProcessor(vertex, WorkerState.of(member), Attempt.of(member, vertex.key()));
                });
    }

    @Override
    public int getFactoryId() {
        return Serializables.FACTORY;
    }

    @Override
    public int getClassId() {
        return Serializables.NODE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Objects.requireNonNull(node).write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        node = Node.read(in);
    }
}
