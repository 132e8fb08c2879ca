package io.github.codnn.testproblems;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Link;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Simulates frames by the rules that the documentation of the simulator states, with nothing but the scenario: looks at
 * every job of every frame again whenever the clock advances. Slow, and shares no code with the simulator.
 */
public final class StreamOracle {

    private static final double SAME_TIME = 1e-12; // relative

    private final Scenario scenario;
    private final boolean blocking;
    private final List<Stream> streams = new ArrayList<>();
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final List<Job> open = new ArrayList<>(); // task by task, frame by frame
    private double now;

    /** What frames need and how far they are. */
    private static final class Stream {

        private final Task task;
        private final int index;
        private final List<Template> templates = new ArrayList<>();
        private final List<Frame> frames = new ArrayList<>();
        private double period;

        Stream(Task task, int index) {
            this.task = task;
            this.index = index;
        }

        void enterAll() {
            for (int number = 0; number < task.frames(); number++) {
                Frame frame = new Frame(this, number, number * period);
                templates.forEach(template -> frame.jobs.add(new Job(frame, template)));
                frames.add(frame);
            }
        }
    }

    /** A layer or a transfer of any frame. */
    private record Template(int number, double seconds, List<Resource> needs, Set<Integer> after) {}

    private static final class Frame {

        private final Stream stream;
        private final int number;
        private final double entry;
        private final List<Job> jobs = new ArrayList<>();

        Frame(Stream stream, int number, double entry) {
            this.stream = stream;
            this.number = number;
            this.entry = entry;
        }

        double end() {
            return jobs.stream().mapToDouble(job -> job.end).max().orElse(entry);
        }
    }

    private static final class Job {

        private final Frame frame;
        private final Template template;
        private boolean started;
        private boolean done;
        private double end;

        Job(Frame frame, Template template) {
            this.frame = frame;
            this.template = template;
        }

        boolean isReady(double now) {
            return !started && frame.entry <= now && areDone(template.after);
        }

        private boolean areDone(Set<Integer> numbers) {
            for (int number : numbers) {
                if (!frame.jobs.get(number).done) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A device, a link or a medium. */
    private static final class Resource {

        private @Nullable Job current;
        private @Nullable Frame last;
        private int lastTask = -1;
        private double load;
    }

    /** Simulates all frames of all tasks. */
    public StreamOracle(Scenario scenario, Placement placement) {
        this.scenario = scenario;
        blocking = scenario.rules().transfers() == TransferMode.BLOCKING;
        for (Task task : scenario.workload().tasks()) {
            Stream stream = new Stream(task, streams.size());
            new Templates(stream, placement.of(task.name())).write();
            streams.add(stream);
        }
        streams.forEach(stream -> stream.templates.forEach(
                template -> template.needs.forEach(resource -> resource.load += template.seconds)));
        for (Stream stream : streams) {
            stream.period = stream.templates.stream()
                    .flatMap(template -> template.needs.stream())
                    .mapToDouble(resource -> resource.load)
                    .max()
                    .orElse(0);
            stream.enterAll();
            stream.frames.forEach(frame -> open.addAll(frame.jobs));
        }
        run();
    }

    /** Returns the greatest response time of the frames of a task in seconds. */
    public double worstResponseSeconds(int task) {
        return streams.get(task).frames.stream()
                .mapToDouble(frame -> frame.end() - frame.entry)
                .max()
                .orElse(0);
    }

    /** Returns the time until the last frame of a task is done, in seconds. */
    public double makespanSeconds(int task) {
        return streams.get(task).frames.stream().mapToDouble(Frame::end).max().orElse(0);
    }

    /** Returns the part of its deadline that a task needs: above 1 it is late. */
    public double shareOfDeadline(int task) {
        Task owner = streams.get(task).task;
        Deadline deadline = owner.deadline().orElseThrow();
        boolean isResponse = deadline.measure() == Deadline.Measure.RESPONSE;
        return (isResponse ? worstResponseSeconds(task) : makespanSeconds(task) / owner.frames()) / deadline.seconds();
    }

    private void run() {
        while (true) {
            complete();
            while (startOne()) {
                complete();
            }
            double next = nextTime();
            if (next == Double.POSITIVE_INFINITY) {
                return;
            }
            now = next * (1 + SAME_TIME);
        }
    }

    private void complete() {
        for (Job job : open) {
            if (job.started && job.end <= now) {
                job.done = true;
                job.template.needs.forEach(resource -> resource.current = null);
            }
        }
        open.removeIf(job -> job.done);
    }

    private double nextTime() {
        double next = Double.POSITIVE_INFINITY;
        for (Job job : open) {
            if (job.started) {
                next = Math.min(next, job.end);
            }
            if (job.frame.entry > now) {
                next = Math.min(next, job.frame.entry);
            }
        }
        return next;
    }

    private boolean startOne() {
        for (Job job : open) {
            if (job.template.seconds == 0 && job.isReady(now) && areFree(job)) {
                start(job);
                return true;
            }
        }
        for (Resource resource : resources.values()) {
            Job job = blocking ? oldest(resource) : inTurn(resource);
            if (job != null && areFree(job) && (!blocking || isOldestEverywhere(job))) {
                start(job);
                return true;
            }
        }
        return false;
    }

    private static boolean areFree(Job job) {
        return job.template.needs.stream().allMatch(resource -> resource.current == null);
    }

    private List<Job> waiting(Resource resource) {
        List<Job> waiting = new ArrayList<>();
        for (Job job : open) {
            if (job.template.needs.contains(resource) && job.isReady(now)) {
                waiting.add(job);
            }
        }
        return waiting;
    }

    /** The frame that entered first; of frames that entered together that of the first task. */
    private @Nullable Job oldest(Resource resource) {
        @Nullable Job oldest = null;
        for (Job job : waiting(resource)) {
            if (oldest == null || job.frame.entry < oldest.frame.entry || isSameAndEarlier(job, oldest)) {
                oldest = job;
            }
        }
        return oldest;
    }

    private static boolean isSameAndEarlier(Job job, Job other) {
        return job.frame.entry == other.frame.entry && job.frame.number < other.frame.number;
    }

    private boolean isOldestEverywhere(Job job) {
        return job.template.needs.stream().allMatch(resource -> Objects.equals(job, oldest(resource)));
    }

    /** Goes on with the last frame, else takes the oldest frame of the next task that has a job. */
    private @Nullable Job inTurn(Resource resource) {
        List<Job> waiting = waiting(resource);
        for (Job job : waiting) {
            if (resource.last != null && resource.last.equals(job.frame)) {
                return job;
            }
        }
        for (int step = 1; step <= streams.size(); step++) {
            int task = Math.floorMod(resource.lastTask + step, streams.size());
            for (Job job : waiting) {
                if (job.frame.stream.index == task) {
                    return job;
                }
            }
        }
        return null;
    }

    private void start(Job job) {
        job.started = true;
        for (Resource resource : job.template.needs) {
            resource.current = job;
            if (job.template.seconds > 0) {
                resource.last = job.frame;
                resource.lastTask = job.frame.stream.index;
            }
        }
        job.end = now / (1 + SAME_TIME) + job.template.seconds;
    }

    /** Writes down what one frame of a task needs, in the order in which each resource serves it. */
    private final class Templates {

        private final Stream stream;
        private final Map<String, String> deviceByLayer;
        private final Map<String, Integer> arrival = new LinkedHashMap<>(); // by tensor and device
        private final Map<Resource, Integer> last = new LinkedHashMap<>();

        Templates(Stream stream, Map<String, String> deviceByLayer) {
            this.stream = stream;
            this.deviceByLayer = deviceByLayer;
        }

        void write() {
            stream.task
                    .graph()
                    .inputs()
                    .forEach(input -> stream.task.source().ifPresent(source -> send(input, source, Set.of())));
            for (Layer layer : stream.task.graph().layers()) {
                String device = deviceByLayer.getOrDefault(layer.name(), "");
                Set<Integer> after = new TreeSet<>();
                layer.inputs().forEach(input -> {
                    Integer sent = arrival.get(input.name() + " on " + device);
                    after.addAll(sent == null ? Set.of() : Set.of(sent));
                });
                int platformIndex = scenario.platform().indexOf(device);
                double seconds = scenario.costModel()
                        .compute(layer, scenario.platform().devices().get(platformIndex))
                        .seconds();
                int number = add(seconds, List.of(resource("device " + device)), after);
                for (Tensor output : layer.outputs()) {
                    arrival.put(output.name() + " on " + device, number);
                    send(output, device, Set.of(number));
                }
            }
        }

        private void send(Tensor tensor, String from, Set<Integer> after) {
            Set<String> receivers = new LinkedHashSet<>();
            for (Layer layer : stream.task.graph().layers()) {
                if (layer.inputs().contains(tensor)) {
                    receivers.add(deviceByLayer.getOrDefault(layer.name(), ""));
                }
            }
            if (stream.task.graph().outputs().contains(tensor)) {
                stream.task.sink().ifPresent(receivers::add);
            }
            receivers.remove(from);
            for (String to : receivers) {
                Link link = scenario.platform().link(from, to).orElseThrow();
                String way = scenario.platform().sharedResource(from, to).orElse("link " + from + " " + to);
                List<Resource> needs = blocking
                        ? List.of(resource(way), resource("device " + from), resource("device " + to))
                        : List.of(resource(way));
                double seconds = scenario.costModel().transfer(tensor, link).seconds();
                arrival.put(tensor.name() + " on " + to, add(seconds, needs, after));
            }
        }

        private Resource resource(String name) {
            return resources.computeIfAbsent(name, any -> new Resource());
        }

        private int add(double seconds, List<Resource> needs, Set<Integer> after) {
            int number = stream.templates.size();
            Set<Integer> all = new TreeSet<>(after);
            for (Resource resource : needs) {
                Integer before = last.put(resource, number);
                all.addAll(before == null ? Set.of() : Set.of(before));
            }
            stream.templates.add(new Template(number, seconds, needs, all));
            return number;
        }
    }
}
