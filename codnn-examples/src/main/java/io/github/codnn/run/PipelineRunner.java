package io.github.codnn.run;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.Vertex;
import io.github.codnn.CodnnException;
import io.github.codnn.observe.Adaptation;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Runs a split network on the members of a cluster and delivers every frame once, in order. After a fault it submits
 * the pipeline again, from the first frame that is not delivered yet. For one run.
 */
final class PipelineRunner {

    /** The cluster needs a moment to notice who has left. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long WARM_UP_SECONDS = 5;

    private final Pipeline first;
    private final RunSettings settings;
    private final Replanning replanning;
    private final Set<String> shipped = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private final List<RunReport.Replan> replans = new ArrayList<>();
    private final AtomicReference<Delivery> delivering = new AtomicReference<>();
    private Optional<Adaptation> adaptation = Optional.empty();

    /** The pipeline that takes over as soon as the frames of the present one are delivered. */
    private Optional<Pipeline> coming = Optional.empty();

    private long originNanos;
    private long nextLookNanos;
    private volatile boolean stopped;

    /**
     * Prepares a run.
     *
     * @param folder the folder of the models
     * @param manifest what the folder holds
     * @param settings how to run it
     * @param replanning what to do if a device is lost for good
     * @throws CodnnException if a model is not what the manifest says
     */
    PipelineRunner(Path folder, PipelineManifest manifest, RunSettings settings, Replanning replanning) {
        this.first = Pipeline.open(folder, manifest, settings);
        this.settings = settings;
        this.replanning = replanning;
    }

    /**
     * Runs all frames.
     *
     * @throws PipelineException if a result cannot be written or a machine is lost
     * @throws CodnnException if a frame or a stage cannot be used
     */
    RunReport run(Cluster cluster, FrameSource source, FrameSink sink, LongConsumer progress, Consumer<String> notice) {
        Pipeline pipeline = first;
        RunStatistics statistics = new RunStatistics();
        Delivery delivery = new Delivery(sink, source.count(), statistics, progress);
        delivering.set(delivery);
        if (stopped) {
            stop();
        }
        delivery.begin(pipeline.inFlight(), pipeline.dag().steps().size());
        replanning.watch().ifPresent(watch -> cluster.offer(Adaptation.devices(watch), settings.waitSeconds()));
        long lastFault = -1;
        long sinceNanos = System.nanoTime();
        for (int number = 0; !delivery.isEnded(); number++) {
            try {
                Attempt attempt = new Attempt(number, source, delivery, pipeline.inFlight());
                submit(cluster, pipeline, attempt, delivery, notice);
            } catch (Cluster.MissingDevices e) {
                pipeline = replanned(e, delivery, notice);
                lastFault = -1;
            } catch (CancellationException | CompletionException e) {
                if (delivery.next() != lastFault && !delivery.isEnded()) {
                    lastFault = delivery.next();
                    sinceNanos = System.nanoTime();
                    if (lastFault > 0) { // Before, members may still be connecting to each other.
                        report(lastFault, e, notice);
                    }
                }
                recover(delivery, sinceNanos, e);
            }
            if (coming.isPresent() && !delivery.isEnded()) {
                pipeline = takenOver(coming.get(), delivery);
                lastFault = -1;
            }
            coming = Optional.empty();
        }
        delivery.failure().ifPresent(failure -> {
            throw failure;
        });
        return report(pipeline, statistics, delivery.next());
    }

    /** Returns when the run began, on the monotonic clock; 0 before it did. */
    long originNanos() {
        return originNanos;
    }

    /** Delivers no more results, from another thread; waits until one that is just being written is whole. */
    void stop() {
        stopped = true;
        Delivery delivery = delivering.get();
        if (delivery != null) {
            delivery.fail(new PipelineException("The run was interrupted"));
        }
    }

    /** Changes to the pipeline that was made ready. */
    private Pipeline takenOver(Pipeline next, Delivery delivery) {
        delivery.begin(next.inFlight(), next.dag().steps().size());
        adapting(next, delivery.next(), "it pays under the present conditions");
        return next;
    }

    private void adapting(Pipeline begins, long frame, String reason) {
        adaptation.ifPresent(each ->
                each.begin(frame, begins.manifest().predictedPeriodSeconds(), List.copyOf(begins.devices()), reason));
    }

    /** Changes to a pipeline on the devices that are left, or ends the run. */
    private Pipeline replanned(Cluster.MissingDevices lost, Delivery delivery, Consumer<String> notice) {
        try {
            Path folder = replanning.onto(lost.present());
            PipelineManifest manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
            Pipeline pipeline = Pipeline.open(folder, manifest, settings);
            delivery.begin(pipeline.inFlight(), pipeline.dag().steps().size());
            RunReport.Replan replan =
                    new RunReport.Replan(delivery.next(), lost.missing(), List.copyOf(pipeline.devices()));
            replans.add(replan);
            adapting(pipeline, delivery.next(), "lost " + String.join(", ", lost.missing()));
            notice.accept(replan.toString());
            return pipeline;
        } catch (CodnnException e) {
            String reason = String.valueOf(e.getMessage());
            throw new PipelineException(
                    lost.getMessage() + ". " + delivery.next() + " frames were delivered"
                            + (reason.isEmpty() ? "" : ". There is no other plan: " + reason),
                    e);
        }
    }

    private void report(long frame, RuntimeException failure, Consumer<String> notice) {
        String fault = "fault at frame " + frame + " (" + reason(failure) + "); the run goes on from there";
        faults.add(fault);
        notice.accept(fault);
    }

    /** A fault that lasts as long as a machine may be missing is not one that a new start mends. */
    private void recover(Delivery delivery, long sinceNanos, RuntimeException failure) {
        if (System.nanoTime() - sinceNanos > TimeUnit.SECONDS.toNanos(settings.waitSeconds())) {
            throw new PipelineException(
                    "The run ends at frame " + delivery.next() + ", after " + settings.waitSeconds()
                            + " s without a result: " + reason(failure),
                    failure);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(String.valueOf(cause));
    }

    private void submit(Cluster cluster, Pipeline pipeline, Attempt attempt, Delivery delivery, Consumer<String> notice)
            throws Cluster.MissingDevices {
        Map<String, Cluster.Place> places = cluster.await(pipeline.devices(), settings.waitSeconds());
        HazelcastInstance member = cluster.member();
        ship(pipeline, member, places);
        Map<String, Address> addresses = new LinkedHashMap<>();
        places.forEach((device, place) -> addresses.put(device, place.address()));
        Address caller = member.getCluster().getLocalMember().getAddress();
        int number = attempt.number();
        String key = pipeline.run() + "#" + number;
        member.getUserContext().put(key, attempt);
        try {
            delivery.open(number);
            if (originNanos == 0) {
                begin(cluster, pipeline, notice);
            }
            DAG dag = pipeline.dag().build(pipeline.run(), number, caller, addresses, originNanos);
            // A light job: this member coordinates it, and no other takes it over.
            CompletableFuture<Void> end = member.getJet().newLightJob(dag).getFuture();
            while (!isDone(end)) {
                if (coming.isEmpty() && !delivery.isEnded() && isWarm(pipeline, delivery.next())) {
                    look(cluster, attempt, delivery.next());
                }
            }
        } finally {
            member.getUserContext().remove(key);
        }
    }

    /** The first frames load classes and open connections, and say little about a platform. */
    private boolean isWarm(Pipeline pipeline, long frame) {
        return frame >= pipeline.inFlight()
                || System.nanoTime() - originNanos > TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
    }

    private void begin(Cluster cluster, Pipeline pipeline, Consumer<String> notice) {
        boolean isReal = !settings.emulatedLinks() && !settings.emulatedDevices();
        adaptation = replanning
                .watch()
                .map(watch -> new Adaptation(
                        watch,
                        cluster.member(),
                        settings.emulatedLinks() ? Optional.of(settings.schedule()) : Optional.empty(),
                        isReal && cluster.hasMachines(),
                        notice));
        adaptation.ifPresent(each -> each.prepare(members(cluster)));
        originNanos = System.nanoTime();
        nextLookNanos = originNanos + TimeUnit.MILLISECONDS.toNanos(settings.lookMillis());
        adapting(pipeline, 0, "the run begins with it");
    }

    /** Waits for the end of a job, or until it is time to look at the platform. */
    private boolean isDone(CompletableFuture<Void> end) {
        if (adaptation.isEmpty()) {
            end.join();
            return true;
        }
        try {
            end.get(Math.max(1, nextLookNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            nextLookNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.lookMillis());
            return false;
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static Map<String, String> members(Cluster cluster) {
        Map<String, String> members = new LinkedHashMap<>();
        cluster.present().forEach((device, place) -> members.put(device, place.id()));
        return members;
    }

    /** Looks at the platform. If that calls for another plan, its models are sent while the present one still runs. */
    private void look(Cluster cluster, Attempt attempt, long frame) {
        Optional<Path> folder = adaptation.flatMap(each -> each.look(members(cluster), frame));
        if (folder.isEmpty()) {
            return;
        }
        try {
            Pipeline next = Pipeline.open(
                    folder.get(), PipelineJson.read(folder.get().resolve(PipelineManifest.FILE_NAME)), settings);
            ship(next, cluster.member(), cluster.await(next.devices(), settings.waitSeconds()));
            coming = Optional.of(next);
            attempt.finish();
        } catch (Cluster.MissingDevices | CodnnException | CancellationException | CompletionException e) {
            adaptation.ifPresent(each -> each.stayed(reason(e)));
        }
    }

    /** Sends each member the models that it has not got yet. */
    private void ship(Pipeline pipeline, HazelcastInstance member, Map<String, Cluster.Place> places) {
        Address caller = member.getCluster().getLocalMember().getAddress();
        DAG dag = new DAG();
        List<String> offers = new ArrayList<>();
        Set<String> sent = new HashSet<>();
        for (PipelineStage stage : pipeline.own()) {
            Cluster.Place place = places.get(stage.device());
            if (place == null) {
                throw new IllegalStateException("No member is device '" + stage.device() + "'");
            }
            String files = place.id() + "/" + PipelineDag.group(stage) + "/"
                    + stage.model().name();
            if (shipped.contains(files) || !sent.add(files)) {
                continue;
            }
            String offer = pipeline.run() + "/" + stage.name();
            member.getUserContext().put(offer, pipeline.offer(stage));
            offers.add(offer);
            Vertex from = dag.newVertex(
                    "from " + offer,
                    ProcessorMetaSupplier.forceTotalParallelismOne(new ShipmentSupplier(offer, true), caller));
            Vertex to = dag.newVertex(
                    "to " + offer,
                    ProcessorMetaSupplier.forceTotalParallelismOne(
                            new ShipmentSupplier(offer, false), place.address()));
            dag.edge(Edge.between(from, to).allToOne("codnn").distributeTo(place.address()));
        }
        try {
            if (!sent.isEmpty()) {
                member.getJet().newLightJob(dag).join();
            }
            shipped.addAll(sent);
        } finally {
            offers.forEach(member.getUserContext()::remove);
        }
    }

    private RunReport report(Pipeline pipeline, RunStatistics statistics, long frames) {
        PipelineManifest manifest = pipeline.manifest();
        List<RunReport.StepReport> stages = new ArrayList<>();
        List<RunReport.StepReport> links = new ArrayList<>();
        List<PipelineDag.Point> steps = pipeline.dag().steps();
        for (int step = 0; step < steps.size(); step++) {
            PipelineDag.Point point = steps.get(step);
            boolean isStage = point.kind() == Node.Kind.STAGE;
            if (isStage || point.seconds().isPresent()) {
                (isStage ? stages : links)
                        .add(new RunReport.StepReport(
                                point.title(),
                                isStage ? manifest.stage(point.title()).device() : point.resource(),
                                statistics.step(step),
                                point.seconds()));
            }
        }
        return new RunReport(
                frames,
                statistics.seconds(),
                pipeline.inFlight(),
                !links.isEmpty(),
                settings.emulatedDevices(),
                statistics.period(),
                manifest.predictedPeriodSeconds(),
                statistics.response(),
                manifest.predictedResponseSeconds(),
                stages,
                links,
                faults,
                replans,
                adaptation.map(each -> each.report(frames)));
    }
}
