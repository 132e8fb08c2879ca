package io.github.codnn.observe;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Asks a member for its report. */
final class ReportCall implements Callable<WorkerReport>, IdentifiedDataSerializable, HazelcastInstanceAware {

    private @Nullable HazelcastInstance member;

    @Override
    public WorkerReport call() {
        return TransferLog.of(Objects.requireNonNull(member)).report();
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public int getFactoryId() {
        return ObserveCalls.FACTORY;
    }

    @Override
    public int getClassId() {
        return ObserveCalls.REPORT;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // It has no content.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // It has no content.
    }
}
