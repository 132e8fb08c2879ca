package io.github.codnn.run;

import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;

/** A member that runs the stages of one device. Thread-safe. */
public final class Worker implements AutoCloseable {

    private final HazelcastInstance member;
    private final WorkerState state;

    private Worker(HazelcastInstance member, WorkerState state) {
        this.member = member;
        this.state = state;
    }

    /**
     * Starts a member.
     *
     * @param settings its device and its place in the cluster
     * @return the worker, to be closed
     * @throws CodnnException if its address cannot be used or the member that it is to join does not answer
     */
    public static Worker start(MemberSettings settings) {
        WorkerState state = newState();
        try {
            HazelcastInstance member = Members.start(settings, state);
            return new Worker(member, state);
        } catch (CodnnException e) {
            state.close();
            throw e;
        }
    }

    static WorkerState newState() {
        try {
            return new WorkerState(Files.createTempDirectory("codnn-worker"));
        } catch (IOException e) {
            throw new CodnnException("No folder for models can be made: " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Returns the address of this member.
     *
     * @return the address, {@code HOST:PORT}
     */
    public String address() {
        return member.getCluster().getLocalMember().getAddress().getHost() + ":"
                + member.getCluster().getLocalMember().getAddress().getPort();
    }

    /** Leaves the cluster at once and frees models and files. A run that needs this device waits for another. */
    @Override
    public void close() {
        member.getLifecycleService().terminate();
        state.close();
    }
}
