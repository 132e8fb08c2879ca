package io.github.codnn.plan;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The definitions of {@link PlanMetrics}, written down with names, maps and recursion: what {@link PlanEvaluator} must
 * agree with. Shares no code with it.
 */
final class NaiveEvaluator {

    private final Scenario scenario;
    private final Placement placement;
    private final Map<String, Double> load = new HashMap<>(); // by resource, over all tasks
    private final Map<String, Frame> frames = new LinkedHashMap<>(); // by task

    NaiveEvaluator(Scenario scenario, Placement placement) {
        this.scenario = scenario;
        this.placement = placement;
        for (Task task : scenario.workload().tasks()) {
            Frame frame = new Frame(task);
            frames.put(task.name(), frame);
            frame.steps
                    .values()
                    .forEach(step ->
                            step.resources.forEach(resource -> load.merge(resource, step.cost.seconds(), Double::sum)));
        }
    }

    /** A layer or transfer: what it takes, what it occupies, which steps give it its inputs. */
    private record Step(Cost cost, Set<String> resources, Set<String> inputs) {}

    /** One frame of one task. */
    private final class Frame {
        final Task task;
        final LayerGraph graph;
        final Map<String, String> place;
        final Map<String, Step> steps = new LinkedHashMap<>(); // in the order that all resources keep
        final Map<String, Double> finish = new HashMap<>();
        int missingLinks;

        Frame(Task task) {
            this.task = task;
            graph = task.graph();
            place = placement.of(task.name());
            graph.inputs().forEach(input -> task.source().ifPresent(source -> send(input, source, Set.of())));
            for (Layer layer : graph.layers()) {
                String here = place.get(layer.name());
                Set<String> inputs = new HashSet<>();
                for (Tensor input : layer.inputs()) {
                    Optional<String> producer = producer(input);
                    Optional<String> origin = producer.map(place::get).or(task::source);
                    if (origin.isPresent() && !origin.get().equals(here)) {
                        inputs.add(input.name() + "@" + here);
                    } else {
                        producer.ifPresent(inputs::add);
                    }
                }
                steps.put(
                        layer.name(),
                        new Step(scenario.costModel().compute(layer, device(here)), Set.of(here), inputs));
                layer.outputs().forEach(output -> send(output, here, Set.of(layer.name())));
            }
        }

        Optional<String> producer(Tensor tensor) {
            return graph.layers().stream()
                    .filter(layer -> layer.outputs().contains(tensor))
                    .map(Layer::name)
                    .findFirst();
        }

        List<String> readers(Tensor tensor) {
            return graph.layers().stream()
                    .filter(layer -> layer.inputs().contains(tensor))
                    .map(Layer::name)
                    .toList();
        }

        private void send(Tensor tensor, String from, Set<String> writer) {
            Set<String> destinations = new LinkedHashSet<>();
            readers(tensor).forEach(reader -> destinations.add(place.get(reader)));
            if (graph.outputs().contains(tensor)) {
                task.sink().ifPresent(destinations::add);
            }
            destinations.remove(from);
            for (String to : destinations) {
                Optional<Link> link = scenario.platform().link(from, to);
                missingLinks += link.isPresent() ? 0 : 1;
                Cost cost = link.map(line -> new Cost(line.seconds(tensor.bytes()), line.joules(tensor.bytes())))
                        .orElse(Cost.ZERO);
                Set<String> resources = new HashSet<>(Set.of(from + ">" + to));
                if (scenario.rules().transfers() == TransferMode.BLOCKING) {
                    resources.addAll(Set.of(from, to));
                }
                link.flatMap(Link::medium).ifPresent(name -> resources.add(medium(name, from, to)));
                steps.put(tensor.name() + "@" + to, new Step(cost, resources, writer));
            }
        }

        double finish(String name) {
            Double known = finish.get(name);
            if (known != null) {
                return known;
            }
            Step step = steps.get(name);
            double start = 0;
            for (String input : step.inputs) {
                start = Math.max(start, finish(input));
            }
            List<String> before = new ArrayList<>();
            for (String other : steps.keySet()) {
                if (other.equals(name)) {
                    break;
                }
                before.add(other);
            }
            for (String resource : step.resources) {
                for (int index = before.size() - 1; index >= 0; index--) {
                    if (steps.get(before.get(index)).resources.contains(resource)) {
                        start = Math.max(start, finish(before.get(index)));
                        break;
                    }
                }
            }
            finish.put(name, start + step.cost.seconds());
            return start + step.cost.seconds();
        }
    }

    private String medium(String name, String from, String to) {
        Medium medium = scenario.platform().media().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (medium.duplex() == Medium.Duplex.HALF) {
            return "medium " + name;
        }
        int tiers = device(to).tier().compareTo(device(from).tier());
        List<Device> devices = scenario.platform().devices();
        boolean up = tiers == 0 ? devices.indexOf(device(from)) < devices.indexOf(device(to)) : tiers > 0;
        return "medium " + name + (up ? " upwards" : " downwards");
    }

    private Device device(String name) {
        return scenario.platform().devices().get(scenario.platform().indexOf(name));
    }

    double period(String task) {
        return frames.get(task).steps.values().stream()
                .flatMap(step -> step.resources.stream())
                .mapToDouble(load::get)
                .max()
                .orElseThrow();
    }

    double response(String task) {
        Frame frame = frames.get(task);
        return frame.steps.keySet().stream().mapToDouble(frame::finish).max().orElseThrow();
    }

    double makespan(Task task) {
        return response(task.name()) + (task.frames() - 1) * period(task.name());
    }

    double makespan() {
        return scenario.workload().tasks().stream()
                .mapToDouble(this::makespan)
                .max()
                .orElseThrow();
    }

    private double computeSeconds(String device) {
        double seconds = 0;
        for (Frame frame : frames.values()) {
            for (Layer layer : frame.graph.layers()) {
                if (frame.place.get(layer.name()).equals(device)) {
                    seconds += frame.task.frames()
                            * frame.steps.get(layer.name()).cost.seconds();
                }
            }
        }
        return seconds;
    }

    double transferJoules() {
        double joules = 0;
        for (Frame frame : frames.values()) {
            for (Map.Entry<String, Step> step : frame.steps.entrySet()) {
                if (!frame.graph.hasLayer(step.getKey())) {
                    joules += frame.task.frames() * step.getValue().cost.joules();
                }
            }
        }
        return joules;
    }

    double computeJoules() {
        return scenario.platform().devices().stream()
                .mapToDouble(device -> device.activeWatts() * computeSeconds(device.name()))
                .sum();
    }

    double price() {
        return scenario.platform().devices().stream()
                .mapToDouble(device -> device.pricePerSecond() * computeSeconds(device.name()))
                .sum();
    }

    private Set<String> used() {
        Set<String> used = new HashSet<>();
        frames.values().forEach(frame -> used.addAll(frame.place.values()));
        return used;
    }

    private Set<String> takePart() {
        Set<String> part = used();
        for (Task task : scenario.workload().tasks()) {
            task.source().ifPresent(part::add);
            task.sink().ifPresent(part::add);
        }
        return part;
    }

    double idleJoules() {
        Set<String> part = takePart();
        return scenario.platform().devices().stream()
                .filter(device -> scenario.rules().idle() == IdlePolicy.ALL || part.contains(device.name()))
                .mapToDouble(device -> device.idleWatts() * Math.max(0, makespan() - computeSeconds(device.name())))
                .sum();
    }

    double switchOnJoules() {
        return takePart().stream()
                .mapToDouble(name -> device(name).switchOnJoules())
                .sum();
    }

    double violation() {
        double violation = 0;
        for (Frame frame : frames.values()) {
            violation += frame.missingLinks + misplaced(frame) + lateness(frame.task) + revisited(frame);
        }
        for (Device device : scenario.platform().devices()) {
            if (device.memoryBytes() < Device.UNLIMITED_MEMORY) {
                violation += Math.max(0, (double) memoryBytes(device.name()) / device.memoryBytes() - 1);
            }
        }
        int most = scenario.rules().maxDevices();
        return violation + Math.max(0, (double) (used().size() - most) / most);
    }

    private static int misplaced(Frame frame) {
        int misplaced = 0;
        Map<String, String> groups = new HashMap<>();
        for (Layer layer : frame.graph.layers()) {
            String here = frame.place.get(layer.name());
            String pin = frame.task.pinned().get(layer.name());
            misplaced += pin == null || pin.equals(here) ? 0 : 1;
            String group = frame.task.colocated().get(layer.name());
            if (group != null) {
                groups.putIfAbsent(group, here);
                misplaced += groups.get(group).equals(here) ? 0 : 1;
            }
        }
        return misplaced;
    }

    private double lateness(Task task) {
        if (task.deadline().isEmpty()) {
            return 0;
        }
        double limit = task.deadline().get().seconds();
        double actual = task.deadline().get().measure() == Deadline.Measure.RESPONSE
                ? response(task.name())
                : makespan(task) / task.frames();
        return Math.max(0, (actual - limit) / limit);
    }

    /** On a chain how often frames come back to a device; else the devices on a cycle of stages and behind one. */
    private int revisited(Frame frame) {
        if (scenario.rules().stagesPerDevice() == StagesPerDevice.ANY) {
            return 0;
        }
        List<Layer> layers = frame.graph.layers();
        if (frame.graph.isChain() && !frame.graph.hasBypass()) {
            List<String> stops = new ArrayList<>();
            for (Layer layer : layers) {
                String here = frame.place.get(layer.name());
                if (stops.isEmpty() || !stops.get(stops.size() - 1).equals(here)) {
                    stops.add(here);
                }
            }
            return stops.size() - new HashSet<>(stops).size();
        }
        Map<String, Set<String>> feeds = new HashMap<>();
        for (Layer layer : layers) {
            String to = frame.place.get(layer.name());
            feeds.computeIfAbsent(to, any -> new HashSet<>());
            for (Tensor input : layer.inputs()) {
                frame.producer(input)
                        .map(frame.place::get)
                        .filter(from -> !from.equals(to))
                        .ifPresent(from -> feeds.computeIfAbsent(from, any -> new HashSet<>())
                                .add(to));
            }
        }
        Set<String> caught = new HashSet<>();
        for (String device : feeds.keySet()) {
            if (reached(device, feeds).contains(device)) {
                caught.add(device);
                caught.addAll(reached(device, feeds));
            }
        }
        return caught.size();
    }

    private static Set<String> reached(String from, Map<String, Set<String>> feeds) {
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(feeds.get(from));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (reached.add(next)) {
                open.addAll(feeds.get(next));
            }
        }
        return reached;
    }

    /** The parameters, and for each task the tensors alive at the worst moment, found by looking at every moment. */
    long memoryBytes(String device) {
        long bytes = 0;
        for (Frame frame : frames.values()) {
            List<Layer> here = frame.graph.layers().stream()
                    .filter(layer -> frame.place.get(layer.name()).equals(device))
                    .toList();
            bytes += here.stream().mapToLong(Layer::parameterBytes).sum();
            if (scenario.rules().memory() == MemoryModel.PARAMETERS_AND_ACTIVATIONS) {
                long peak = 0;
                for (int now = 0; now < here.size(); now++) {
                    peak = Math.max(
                            peak,
                            alive(here, now).stream().mapToLong(Tensor::bytes).sum());
                }
                bytes += peak;
            }
        }
        return bytes;
    }

    private static Set<Tensor> alive(List<Layer> here, int now) {
        Set<Tensor> earlier = new HashSet<>();
        here.subList(0, now).forEach(layer -> {
            earlier.addAll(layer.inputs());
            earlier.addAll(layer.outputs());
        });
        Set<Tensor> later = new HashSet<>();
        here.subList(now + 1, here.size()).forEach(layer -> later.addAll(layer.inputs()));
        earlier.retainAll(later);
        earlier.addAll(here.get(now).inputs());
        earlier.addAll(here.get(now).outputs());
        return earlier;
    }
}
