package io.github.codnn.observe;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.github.codnn.monitor.ResourceSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a worker reports of its machine and of the transfers that it received.
 *
 * @param resources load, memory and frequency of the machine; the load since the report before
 * @param processBytes the memory that the worker occupies itself, zero or greater
 * @param transfers the transfers over emulated links since the report before, the oldest first
 * @param arrivals what arrived over real links since the report before, the oldest first
 */
public record WorkerReport(
        ResourceSample resources, long processBytes, List<TransferSample> transfers, List<Arrival> arrivals) {

    /** Checks and copies the components. */
    public WorkerReport {
        Objects.requireNonNull(resources, "resources");
        if (processBytes < 0) {
            throw new IllegalArgumentException("processBytes must not be negative, but is " + processBytes);
        }
        transfers = List.copyOf(transfers);
        arrivals = List.copyOf(arrivals);
    }

    /** Reports on the wire. */
    static final class Serializer implements StreamSerializer<WorkerReport> {

        private static final int TYPE_ID = 7_303;
        private static final int MAX_TRANSFERS = 100_000;

        @Override
        public int getTypeId() {
            return TYPE_ID;
        }

        @Override
        public void write(ObjectDataOutput out, WorkerReport report) throws IOException {
            ResourceSample sample = report.resources;
            out.writeDouble(sample.load());
            out.writeLong(sample.availableMemoryBytes());
            out.writeLong(sample.totalMemoryBytes());
            out.writeDouble(sample.hertz());
            out.writeDouble(sample.maxHertz());
            out.writeLong(report.processBytes);
            out.writeInt(report.transfers.size());
            for (TransferSample each : report.transfers) {
                out.writeString(each.from());
                out.writeString(each.to());
                out.writeInt(each.tensors());
                out.writeLong(each.bytes());
                out.writeLong(each.nanos());
            }
            out.writeInt(report.arrivals.size());
            for (Arrival each : report.arrivals) {
                out.writeString(each.from());
                out.writeString(each.to());
                out.writeLong(each.bytes());
                out.writeLong(each.readyNanos());
                out.writeLong(each.arrivedNanos());
            }
        }

        @Override
        public WorkerReport read(ObjectDataInput in) throws IOException {
            try {
                ResourceSample sample = new ResourceSample(
                        in.readDouble(), in.readLong(), in.readLong(), in.readDouble(), in.readDouble());
                long own = in.readLong();
                int count = count(in);
                List<TransferSample> transfers = new ArrayList<>();
                for (int index = 0; index < count; index++) {
                    transfers.add(new TransferSample(text(in), text(in), in.readInt(), in.readLong(), in.readLong()));
                }
                int arrived = count(in);
                List<Arrival> arrivals = new ArrayList<>();
                for (int index = 0; index < arrived; index++) {
                    arrivals.add(new Arrival(text(in), text(in), in.readLong(), in.readLong(), in.readLong()));
                }
                return new WorkerReport(sample, own, transfers, arrivals);
            } catch (IllegalArgumentException e) {
                throw new IOException("A report is damaged: " + e.getMessage(), e);
            }
        }

        private static int count(ObjectDataInput in) throws IOException {
            int count = in.readInt();
            if (count < 0 || count > MAX_TRANSFERS) {
                throw new IOException("A report is damaged: it states " + count + " transfers");
            }
            return count;
        }

        private static String text(ObjectDataInput in) throws IOException {
            return Objects.requireNonNullElse(in.readString(), "");
        }
    }
}
