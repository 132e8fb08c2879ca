package io.github.codnn.run;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.github.codnn.observe.Holding;
import io.github.codnn.observe.TransferSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one vertex of the job does, as it travels to its member.
 *
 * @param kind what it does
 * @param run the name of the run, unique in the cluster
 * @param attempt how often the run was submitted before
 * @param name the name of the stage or link, for messages
 * @param step the index of its time among those of the frame
 * @param inputs how many edges lead to it, all of which give a part of each frame
 * @param outputs the names of the tensors for each edge that leads on
 * @param folder the folder of the model on the member; empty text unless it is a stage
 * @param file the file of the model in that folder
 * @param endpoint where the stage is served already; empty text if the member runs it
 * @param threads how many threads an operator may use
 * @param optimized whether ONNX Runtime may optimise
 * @param resource what it occupies, one frame at a time
 * @param holding how long it holds each frame at least; nothing for a stage that takes the time that it takes
 * @param senders the device that each input comes from, to be observed; empty text for none, no entries if links are
 *     emulated
 * @param receiver the device that it stands for
 * @param transfer what a link transfers for each frame, in no time yet; empty if it is no link between devices
 */
record Node(
        Kind kind,
        String run,
        int attempt,
        String name,
        int step,
        int inputs,
        List<List<String>> outputs,
        String folder,
        String file,
        String endpoint,
        int threads,
        boolean optimized,
        String resource,
        Holding holding,
        List<String> senders,
        String receiver,
        Optional<TransferSample> transfer) {

    private static final int MAX_ENTRIES = 100_000;

    /** The kinds of vertices. */
    enum Kind {
        SOURCE,
        STAGE,
        LINK,
        SINK
    }

    Node {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(holding, "holding");
        Objects.requireNonNull(transfer, "transfer");
        senders = List.copyOf(senders);
        if (!senders.isEmpty() && senders.size() != inputs) {
            throw new IllegalArgumentException(inputs + " inputs cannot come from " + senders);
        }
        outputs = outputs.stream().map(List::copyOf).toList();
    }

    /** Under which the member that submitted the job knows its frames. */
    String key() {
        return run + "#" + attempt;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeString(kind.name());
        out.writeString(run);
        out.writeInt(attempt);
        out.writeString(name);
        out.writeInt(step);
        out.writeInt(inputs);
        out.writeInt(outputs.size());
        for (List<String> names : outputs) {
            write(names, out);
        }
        out.writeString(folder);
        out.writeString(file);
        out.writeString(endpoint);
        out.writeInt(threads);
        out.writeBoolean(optimized);
        out.writeString(resource);
        holding.write(out);
        write(senders, out);
        out.writeString(receiver);
        out.writeBoolean(transfer.isPresent());
        if (transfer.isPresent()) {
            TransferSample sample = transfer.get();
            out.writeString(sample.from());
            out.writeString(sample.to());
            out.writeInt(sample.tensors());
            out.writeLong(sample.bytes());
        }
    }

    static Node read(ObjectDataInput in) throws IOException {
        Kind kind = Kind.valueOf(text(in));
        String run = text(in);
        int attempt = in.readInt();
        String name = text(in);
        int step = in.readInt();
        int inputs = in.readInt();
        List<List<String>> outputs = new ArrayList<>();
        int edges = count(in);
        for (int edge = 0; edge < edges; edge++) {
            outputs.add(names(in));
        }
        return new Node(
                kind,
                run,
                attempt,
                name,
                step,
                inputs,
                outputs,
                text(in),
                text(in),
                text(in),
                in.readInt(),
                in.readBoolean(),
                text(in),
                Holding.read(in),
                names(in),
                text(in),
                in.readBoolean() ? Optional.of(transfer(in)) : Optional.empty());
    }

    private static TransferSample transfer(ObjectDataInput in) throws IOException {
        try {
            return new TransferSample(text(in), text(in), in.readInt(), in.readLong(), 0);
        } catch (IllegalArgumentException e) {
            throw new IOException("A vertex is damaged: " + e.getMessage(), e);
        }
    }

    private static void write(List<String> names, ObjectDataOutput out) throws IOException {
        out.writeInt(names.size());
        for (String each : names) {
            out.writeString(each);
        }
    }

    private static List<String> names(ObjectDataInput in) throws IOException {
        List<String> names = new ArrayList<>();
        int size = count(in);
        for (int index = 0; index < size; index++) {
            names.add(text(in));
        }
        return names;
    }

    private static String text(ObjectDataInput in) throws IOException {
        return Objects.requireNonNullElse(in.readString(), "");
    }

    private static int count(ObjectDataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_ENTRIES) {
            throw new IOException("A vertex is damaged: it states " + count + " entries");
        }
        return count;
    }
}
