package io.github.codnn.run;

import com.hazelcast.cluster.Address;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.Vertex;
import io.github.codnn.observe.Holding;
import io.github.codnn.observe.TransferSample;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTransfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The vertices and edges of a pipeline: the source and the sink on the member that submits it, each stage on the member
 * of its device, and links between them where frames wait or are passed on to several stages.
 */
final class PipelineDag {

    private static final String SOURCE = "source";
    private static final String SINK = "sink";

    private final PipelineManifest manifest;
    private final RunSettings settings;
    private final List<Point> points = new ArrayList<>();
    private final List<Arc> arcs = new ArrayList<>();

    /**
     * A vertex before it has its place.
     *
     * @param name its name among the vertices
     * @param kind what it does
     * @param device the device on whose member it runs; empty text for the member that submits the job
     * @param title the name of the stage, or what a link joins
     * @param resource what it occupies
     * @param seconds how long it holds each frame according to the plan
     * @param transfers what an emulated link transfers for each frame; nothing for others
     */
    record Point(
            String name,
            Node.Kind kind,
            String device,
            String title,
            String resource,
            OptionalDouble seconds,
            List<PipelineTransfer> transfers) {}

    /** The tensors that go from one vertex to another. */
    private record Arc(String from, String to, List<String> tensors) {}

    /** What one device, or the caller, reads from one stage, or from the caller. */
    private record Channel(String from, String toDevice, boolean toCaller) {}

    private PipelineDag(PipelineManifest manifest, RunSettings settings) {
        this.manifest = manifest;
        this.settings = settings;
    }

    static PipelineDag of(PipelineManifest manifest, RunSettings settings) {
        PipelineDag dag = new PipelineDag(manifest, settings);
        dag.addStages();
        dag.connect();
        return dag;
    }

    /** Returns the stages and links in the order of the indices of their times. */
    List<Point> steps() {
        return points.stream()
                .filter(point -> point.kind() == Node.Kind.STAGE || point.kind() == Node.Kind.LINK)
                .toList();
    }

    private void addStages() {
        points.add(new Point(SOURCE, Node.Kind.SOURCE, "", SOURCE, "", OptionalDouble.empty(), List.of()));
        points.add(new Point(SINK, Node.Kind.SINK, "", SINK, "", OptionalDouble.empty(), List.of()));
        for (PipelineStage stage : manifest.stages()) {
            points.add(new Point(
                    vertex(stage.name()),
                    Node.Kind.STAGE,
                    stage.endpoint().isPresent() ? "" : stage.device(),
                    stage.name(),
                    "device " + stage.device(),
                    stage.predictedSeconds(),
                    List.of()));
        }
    }

    private static String vertex(String stage) {
        return stage.equals(PipelineManifest.CALLER) ? SOURCE : "stage " + stage;
    }

    private void connect() {
        Map<Channel, Map<String, List<String>>> channels = new LinkedHashMap<>();
        for (PipelineStage stage : manifest.stages()) {
            addReader(channels, stage.inputs(), vertex(stage.name()), stage.device(), false);
            if (stage.inputs().isEmpty()) {
                arcs.add(new Arc(SOURCE, vertex(stage.name()), List.of()));
            }
        }
        addReader(channels, manifest.outputs(), SINK, "", true);
        channels.forEach(this::addChannel);
    }

    private static void addReader(
            Map<Channel, Map<String, List<String>>> channels,
            List<PipelineRoute> routes,
            String reader,
            String device,
            boolean toCaller) {
        for (PipelineRoute route : routes) {
            channels.computeIfAbsent(new Channel(route.from(), device, toCaller), any -> new LinkedHashMap<>())
                    .computeIfAbsent(reader, any -> new ArrayList<>())
                    .add(route.tensor().name());
        }
    }

    private void addChannel(Channel channel, Map<String, List<String>> readers) {
        List<PipelineTransfer> transfers = transfers(channel);
        boolean isHeld = settings.emulatedLinks() && !transfers.isEmpty();
        if (!isHeld && (readers.size() == 1 || isLocal(channel))) {
            readers.forEach((reader, tensors) -> arcs.add(new Arc(vertex(channel.from()), reader, tensors)));
            return;
        }
        String name = "link " + points.size();
        String resource = isHeld ? transfers.get(0).resource() : "";
        String title = isHeld
                ? channel.from() + " -> " + (channel.toCaller() ? PipelineManifest.CALLER : channel.toDevice())
                : "";
        OptionalDouble seconds = isHeld
                ? OptionalDouble.of(transfers.stream()
                        .mapToDouble(PipelineTransfer::seconds)
                        .sum())
                : OptionalDouble.empty();
        boolean isServed = manifest.stages().stream()
                .anyMatch(stage -> stage.device().equals(channel.toDevice())
                        && stage.endpoint().isPresent());
        String place = isServed || (isHeld && isShared(resource)) ? "" : channel.toDevice();
        points.add(new Point(name, Node.Kind.LINK, place, title, resource, seconds, isHeld ? transfers : List.of()));
        Set<String> all = new LinkedHashSet<>();
        readers.values().forEach(all::addAll);
        arcs.add(new Arc(vertex(channel.from()), name, List.copyOf(all)));
        readers.forEach((reader, tensors) -> arcs.add(new Arc(name, reader, tensors)));
    }

    private List<PipelineTransfer> transfers(Channel channel) {
        return manifest.transfers().stream()
                .filter(each -> each.from().equals(channel.from())
                        && each.to().equals(PipelineManifest.CALLER) == channel.toCaller()
                        && (channel.toCaller() || each.toDevice().equals(channel.toDevice())))
                .toList();
    }

    private boolean isLocal(Channel channel) {
        boolean isFromDevice = !channel.from().equals(PipelineManifest.CALLER)
                && manifest.stage(channel.from()).device().equals(channel.toDevice());
        return channel.toCaller() || isFromDevice;
    }

    /** Tells whether the receivers of what occupies a resource are several, which cannot agree on whose turn it is. */
    private boolean isShared(String resource) {
        return manifest.transfers().stream()
                        .filter(each -> each.resource().equals(resource))
                        .map(each -> each.to().equals(PipelineManifest.CALLER) ? "" : "device " + each.toDevice())
                        .distinct()
                        .count()
                > 1;
    }

    /**
     * Makes the graph for the engine.
     *
     * @param run the name of the run
     * @param attempt how often it was submitted before
     * @param caller the address of the member that submits it
     * @param devices the address of the member of each device
     * @param originNanos when the run began, for links that change
     */
    DAG build(String run, int attempt, Address caller, Map<String, Address> devices, long originNanos) {
        DAG dag = new DAG();
        List<Point> steps = steps();
        Map<String, Vertex> vertices = new LinkedHashMap<>();
        Map<String, Address> places = new LinkedHashMap<>();
        for (Point point : points) {
            Address place = point.device().isEmpty() ? caller : devices.get(point.device());
            if (place == null) {
                throw new IllegalArgumentException("No member is device '" + point.device() + "'");
            }
            NodeSupplier supplier = new NodeSupplier(node(point, steps.indexOf(point), run, attempt, originNanos));
            places.put(point.name(), place);
            vertices.put(
                    point.name(),
                    dag.newVertex(point.name(), ProcessorMetaSupplier.forceTotalParallelismOne(supplier, place)));
        }
        Map<Vertex, Integer> sent = new LinkedHashMap<>();
        Map<Vertex, Integer> received = new LinkedHashMap<>();
        for (Arc arc : arcs) {
            Vertex from = vertices.get(arc.from());
            Vertex to = vertices.get(arc.to());
            if (from == null || to == null) {
                throw new IllegalStateException("An edge leads from " + arc.from() + " to " + arc.to());
            }
            dag.edge(Edge.from(from, sent.merge(from, 1, Integer::sum) - 1)
                    .to(to, received.merge(to, 1, Integer::sum) - 1)
                    .allToOne("codnn")
                    .distributeTo(places.get(arc.to())));
        }
        return dag;
    }

    private Holding holding(Point point, long originNanos) {
        if (!point.transfers().isEmpty()) {
            return settings.schedule().holding(point.transfers(), originNanos);
        }
        return point.kind() == Node.Kind.STAGE
                        && settings.emulatedDevices()
                        && point.seconds().isPresent()
                ? Holding.always(point.seconds().getAsDouble())
                : Holding.none();
    }

    private static Optional<TransferSample> transfer(Point point) {
        return point.transfers().stream()
                .findFirst()
                .map(first -> new TransferSample(
                        first.fromDevice(),
                        first.toDevice(),
                        point.transfers().size(),
                        point.transfers().stream()
                                .mapToLong(PipelineTransfer::bytes)
                                .sum(),
                        0));
    }

    private Node node(Point point, int step, String run, int attempt, long originNanos) {
        boolean isStage = point.kind() == Node.Kind.STAGE;
        Stream<Arc> outgoing = arcs.stream().filter(arc -> arc.from().equals(point.name()));
        return new Node(
                point.kind(),
                run,
                attempt,
                point.title(),
                step,
                (int) arcs.stream().filter(arc -> arc.to().equals(point.name())).count(),
                outgoing.map(Arc::tensors).toList(),
                isStage ? group(manifest.stage(point.title())) : "",
                isStage ? manifest.stage(point.title()).model().name() : "",
                isStage ? manifest.stage(point.title()).endpoint().orElse("") : "",
                settings.stage().threads(),
                settings.stage().optimized(),
                point.resource(),
                holding(point, originNanos),
                settings.emulatedLinks() ? List.of() : senders(point),
                device(point),
                transfer(point));
    }

    private List<String> senders(Point receiver) {
        return arcs.stream()
                .filter(arc -> arc.to().equals(receiver.name()))
                .map(arc -> points.stream()
                        .filter(point -> point.name().equals(arc.from()))
                        .findFirst()
                        .map(this::device)
                        .orElse(""))
                .toList();
    }

    /** Returns the device that a vertex stands for: source and sink for those of the task, if the plan says so. */
    private String device(Point point) {
        return switch (point.kind()) {
            case STAGE -> manifest.stage(point.title()).device();
            case LINK -> point.device();
            case SOURCE -> end(each -> each.from().equals(PipelineManifest.CALLER), PipelineTransfer::fromDevice);
            case SINK -> end(each -> each.to().equals(PipelineManifest.CALLER), PipelineTransfer::toDevice);
        };
    }

    /** If a worker runs stages of that device, this member stands for nobody. */
    private String end(Predicate<PipelineTransfer> isWanted, Function<PipelineTransfer, String> device) {
        return manifest.transfers().stream()
                .filter(isWanted)
                .findFirst()
                .map(device)
                .filter(end -> manifest.stages().stream()
                        .noneMatch(stage -> stage.device().equals(end)))
                .orElse("");
    }

    /** Returns the folder of a stage's files on its member. */
    static String group(PipelineStage stage) {
        return stage.model().digest().replace(':', '-') + "-" + stage.model().bytes();
    }
}
