package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A split network that runs as a pipeline, in processes on this machine or on the machines of a cluster. For one run;
 * {@link #close()} may come from another thread and ends it.
 */
public final class PipelineRun implements AutoCloseable {

    private final PipelineManifest manifest;
    private final PipelineRunner runner;
    private final Cluster cluster;
    private volatile boolean closed;

    private PipelineRun(Path folder, RunSettings settings, Replanning replanning, Supplier<Cluster> start) {
        manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
        runner = new PipelineRunner(folder, manifest, settings, replanning);
        cluster = start.get();
    }

    /**
     * Prepares a run in processes on this machine, one for each device.
     *
     * @param folder the folder of {@code pipeline.json} and the models
     * @param settings how to run it
     * @param replanning what to do if a process cannot be started again
     * @param mainClass the main class of the command line, which has the command {@code worker}
     * @param heartbeatSeconds after how long without a sign of life a process counts as lost and is started again
     * @return the run, to be closed
     * @throws CodnnException if the manifest or a model is not what it should be
     */
    public static PipelineRun local(
            Path folder, RunSettings settings, Replanning replanning, String mainClass, int heartbeatSeconds) {
        return new PipelineRun(folder, settings, replanning, () -> new LocalCluster(mainClass, heartbeatSeconds));
    }

    /**
     * Prepares a run on the members of a cluster.
     *
     * @param folder the folder of {@code pipeline.json} and the models
     * @param settings how to run it
     * @param replanning what to do if a machine does not come back in time
     * @param member how this process takes part in the cluster
     * @return the run, to be closed
     * @throws CodnnException if the manifest or a model is not what it should be, or the cluster cannot be joined
     */
    public static PipelineRun joined(Path folder, RunSettings settings, Replanning replanning, MemberSettings member) {
        return new PipelineRun(folder, settings, replanning, () -> new JoinedCluster(member));
    }

    /**
     * Returns what runs.
     *
     * @return the manifest of the pipeline
     */
    public PipelineManifest manifest() {
        return manifest;
    }

    /**
     * Runs all frames. After the loss of a machine the run goes on from the first frame that is not delivered yet, if
     * the machine does not come back with another plan.
     *
     * @param source where frames come from
     * @param sink where results go
     * @param progress takes the number of delivered frames after each
     * @param notice takes one line for each fault that was mended, as it happens
     * @return what was measured
     * @throws PipelineException if a result cannot be written, a machine is lost for good, or the run is closed
     * @throws CodnnException if a frame or a stage cannot be used
     */
    public RunReport run(FrameSource source, FrameSink sink, LongConsumer progress, Consumer<String> notice) {
        try {
            return runner.run(cluster, source, sink, progress, notice);
        } catch (RuntimeException e) {
            if (closed) {
                throw new PipelineException("The run was interrupted", e);
            }
            throw e;
        }
    }

    /**
     * Tells whether the run was closed.
     *
     * @return whether {@link #close()} was called
     */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the run, if it is under way, and the processes that it started. */
    @Override
    public void close() {
        closed = true;
        runner.stop();
        cluster.close();
    }
}
