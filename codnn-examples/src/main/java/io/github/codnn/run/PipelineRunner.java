package io.github.codnn.run;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.Vertex;
import io.github.codnn.CodnnException;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
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

    private final Path folder;
    private final PipelineManifest manifest;
    private final RunSettings settings;
    private final String run = UUID.randomUUID().toString();
    private final Set<String> shipped = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param folder the folder of the models
     * @param manifest what the folder holds
     * @param settings how to run it
     * @throws CodnnException if a model is not what the manifest says
     */
    PipelineRunner(Path folder, PipelineManifest manifest, RunSettings settings) {
        this.folder = folder;
        this.manifest = manifest;
        this.settings = settings;
        own().forEach(stage -> files(stage).forEach(file -> file.checked(folder)));
    }

    /** Returns the stages that members run, not those that are served elsewhere. */
    private List<PipelineStage> own() {
        return manifest.stages().stream()
                .filter(stage -> stage.endpoint().isEmpty())
                .toList();
    }

    private static List<PipelineFile> files(PipelineStage stage) {
        List<PipelineFile> files = new ArrayList<>(List.of(stage.model()));
        files.addAll(stage.externalData());
        return files;
    }

    /**
     * Runs all frames.
     *
     * @throws PipelineException if a result cannot be written or a machine is lost
     * @throws CodnnException if a frame or a stage cannot be used
     */
    RunReport run(Cluster cluster, FrameSource source, FrameSink sink, LongConsumer progress, Consumer<String> notice) {
        PipelineDag dag = PipelineDag.of(manifest, settings);
        int inFlight = inFlight();
        RunStatistics statistics = new RunStatistics(inFlight, dag.steps().size());
        Delivery delivery = new Delivery(sink, source.count(), statistics, progress);
        long lastFault = -1;
        long sinceNanos = System.nanoTime();
        for (int number = 0; !delivery.isEnded(); number++) {
            try {
                submit(cluster, dag, new Attempt(number, source, delivery, inFlight), delivery);
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
        }
        delivery.failure().ifPresent(failure -> {
            throw failure;
        });
        return report(dag, statistics, delivery.next(), inFlight);
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

    private void submit(Cluster cluster, PipelineDag dag, Attempt attempt, Delivery delivery) {
        Map<String, Cluster.Place> places = places(cluster, delivery);
        ship(cluster.member(), places);
        HazelcastInstance member = cluster.member();
        Map<String, Address> addresses = new LinkedHashMap<>();
        places.forEach((device, place) -> addresses.put(device, place.address()));
        Address caller = member.getCluster().getLocalMember().getAddress();
        int number = attempt.number();
        String key = run + "#" + number;
        member.getUserContext().put(key, attempt);
        try {
            delivery.open(number);
            // A light job: this member coordinates it, and no other takes it over.
            member.getJet()
                    .newLightJob(dag.build(run, number, caller, addresses))
                    .join();
        } finally {
            member.getUserContext().remove(key);
        }
    }

    private Map<String, Cluster.Place> places(Cluster cluster, Delivery delivery) {
        Set<String> devices = new LinkedHashSet<>();
        own().forEach(stage -> devices.add(stage.device()));
        try {
            return cluster.await(devices, settings.waitSeconds());
        } catch (Cluster.MissingDevices e) {
            throw new PipelineException(e.getMessage() + ". " + delivery.next() + " frames were delivered", e);
        }
    }

    /** Sends each member the models that it has not got yet. */
    private void ship(HazelcastInstance member, Map<String, Cluster.Place> places) {
        Address caller = member.getCluster().getLocalMember().getAddress();
        DAG dag = new DAG();
        List<String> offers = new ArrayList<>();
        Set<String> sent = new HashSet<>();
        for (PipelineStage stage : own()) {
            Cluster.Place place = places.get(stage.device());
            if (place == null) {
                throw new IllegalStateException("No member is device '" + stage.device() + "'");
            }
            String group = PipelineDag.group(stage);
            if (shipped.contains(place.id() + group) || !sent.add(place.id() + group)) {
                continue;
            }
            String offer = run + "/" + stage.name();
            member.getUserContext().put(offer, offer(stage, group));
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

    private ShipmentSupplier.Offer offer(PipelineStage stage, String group) {
        return new ShipmentSupplier.Offer(files(stage).stream()
                .map(file ->
                        new ShipmentSupplier.Offered(group, file.name(), file.digest(), folder.resolve(file.name())))
                .toList());
    }

    /** A pipeline is never idle with as many frames as fit into a response, and one more; others would only wait. */
    private int inFlight() {
        if (settings.inFlight().isPresent()) {
            return settings.inFlight().getAsInt();
        }
        double period = manifest.predictedPeriodSeconds().orElse(0);
        double response = manifest.predictedResponseSeconds().orElse(0);
        return settings.emulatedLinks() && period > 0
                ? (int) Math.min(1000, Math.ceil(response / period)) + 1
                : manifest.stages().size() + 2;
    }

    private RunReport report(PipelineDag dag, RunStatistics statistics, long frames, int inFlight) {
        List<RunReport.StepReport> stages = new ArrayList<>();
        List<RunReport.StepReport> links = new ArrayList<>();
        List<PipelineDag.Point> steps = dag.steps();
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
                inFlight,
                !links.isEmpty(),
                settings.emulatedDevices(),
                statistics.period(),
                manifest.predictedPeriodSeconds(),
                statistics.response(),
                manifest.predictedResponseSeconds(),
                stages,
                links,
                faults);
    }
}
