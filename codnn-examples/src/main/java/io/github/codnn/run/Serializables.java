package io.github.codnn.run;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes the parts of a job that arrive at a member, before they read themselves. */
final class Serializables implements DataSerializableFactory {

    static final int FACTORY = 7_300;
    static final int NODE = 1;
    static final int SHIPMENT = 2;

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case NODE -> new NodeSupplier();
            case SHIPMENT -> new ShipmentSupplier();
            default -> throw new IllegalArgumentException("There is no part of type " + type);
        };
    }
}
