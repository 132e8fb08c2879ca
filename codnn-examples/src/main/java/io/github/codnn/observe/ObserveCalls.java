package io.github.codnn.observe;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes the calls that arrive at a member, before they read themselves. */
final class ObserveCalls implements DataSerializableFactory {

    static final int FACTORY = 7_310;
    static final int REPORT = 1;
    static final int ECHO = 2;
    static final int PROBE = 3;

    /** The engine's pool of threads in which calls run. */
    static final String EXECUTOR = "codnn-observe";

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case REPORT -> new ReportCall();
            case ECHO -> new EchoCall();
            case PROBE -> new ProbeCall();
            default -> throw new IllegalArgumentException("There is no call of type " + type);
        };
    }
}
