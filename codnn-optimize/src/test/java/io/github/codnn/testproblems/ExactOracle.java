package io.github.codnn.testproblems;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan costs by the definitions, in decimal arithmetic without rounding of sums. Shares no code with the library
 * but the description of the scenario; slow, for small scenarios without blocks.
 */
public final class ExactOracle {

    /** Work that takes longer, in seconds, counts as impossible. */
    private static final double MAX_SECONDS = 1e9;

    private static final MathContext DIGITS = new MathContext(60);

    private final Scenario scenario;
    private final List<Device> devices;
    private final List<Task> tasks;
    private final Map<String, Optional<BigDecimal>> transfers = new HashMap<>();

    /**
     * The exact figures of one placement.
     *
     * @param impossible layers where they cannot run or must not run, and transfers that no link can carry
     * @param violation the other violations
     * @param figures the objectives
     * @param longestWaits the energy that all devices would need if they waited for the whole makespan: what the energy
     *     of waiting is the difference of, so that this decides on its rounding
     */
    public record Outcome(
            int impossible, BigDecimal violation, Map<Objective, BigDecimal> figures, BigDecimal longestWaits) {

        public boolean isFeasible() {
            return impossible == 0 && violation.signum() == 0;
        }
    }

    public ExactOracle(Scenario scenario) {
        this.scenario = scenario;
        devices = scenario.platform().devices();
        tasks = scenario.workload().tasks();
    }

    public int layerCount() {
        return tasks.stream().mapToInt(task -> task.graph().layers().size()).sum();
    }

    /** Returns the number of placements. */
    public long placements() {
        return Math.round(Math.pow(devices.size(), layerCount()));
    }

    /** Writes the placement with a number, from 0 on. */
    public int[] placement(long number) {
        int[] placement = new int[layerCount()];
        long rest = number;
        for (int layer = 0; layer < placement.length; layer++) {
            placement[layer] = (int) (rest % devices.size());
            rest /= devices.size();
        }
        return placement;
    }

    /** Returns the figures of the placement that gives each layer, of one task after the other, its device. */
    public Outcome evaluate(int[] placement) {
        return new Frame(placement).outcome();
    }

    private static BigDecimal big(double value) {
        return value == 0 ? BigDecimal.ZERO : new BigDecimal(value);
    }

    private Optional<BigDecimal> seconds(Layer layer, int device) {
        Cost cost = scenario.costModel().compute(layer, devices.get(device));
        return cost.seconds() > MAX_SECONDS ? Optional.empty() : Optional.of(big(cost.seconds()));
    }

    private Optional<BigDecimal> transfer(Tensor tensor, int from, int to) {
        return transfers.computeIfAbsent(
                tensor.bytes() + ":" + from + ":" + to, key -> computeTransfer(tensor, from, to));
    }

    private Optional<BigDecimal> computeTransfer(Tensor tensor, int from, int to) {
        return link(from, to).flatMap(link -> {
            BigDecimal sending = new BigDecimal(tensor.bytes()).divide(big(link.bytesPerSecond()), DIGITS);
            BigDecimal whole = big(link.latencySeconds()).add(sending);
            return whole.doubleValue() > MAX_SECONDS ? Optional.empty() : Optional.of(whole);
        });
    }

    private Optional<Link> link(int from, int to) {
        return scenario.platform()
                .link(devices.get(from).name(), devices.get(to).name());
    }

    private BigDecimal transferWatts(int from, int to) {
        Link link = link(from, to).orElseThrow();
        BigDecimal megabits = big(link.bytesPerSecond()).multiply(new BigDecimal("8e-6"));
        BigDecimal transmit = big(link.transmit().wattsPerMegabitPerSecond())
                .multiply(megabits)
                .add(big(link.transmit().baseWatts()));
        BigDecimal receive = big(link.receive().wattsPerMegabitPerSecond())
                .multiply(megabits)
                .add(big(link.receive().baseWatts()));
        return transmit.add(receive);
    }

    /** Returns the medium of a link, one direction of it if it is full duplex. */
    private Optional<String> medium(int from, int to) {
        return link(from, to).flatMap(Link::medium).map(name -> {
            Medium medium = scenario.platform().media().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            int tiers = devices.get(to).tier().compareTo(devices.get(from).tier());
            boolean isUp = tiers == 0 ? from < to : tiers > 0;
            return medium.duplex() == Medium.Duplex.HALF ? "m" + name : "m" + name + (isUp ? "^" : "v");
        });
    }

    private int index(String device) {
        return scenario.platform().indexOf(device);
    }

    private static BigDecimal excess(BigDecimal actual, BigDecimal limit) {
        return actual.compareTo(limit) > 0 ? actual.subtract(limit).divide(limit, DIGITS) : BigDecimal.ZERO;
    }

    private static void add(Map<String, BigDecimal> sums, String key, BigDecimal amount) {
        sums.merge(key, amount, BigDecimal::add);
    }

    /** One frame of every task under one placement. */
    private final class Frame {

        private final int[] placement;
        private final boolean blocking = scenario.rules().transfers() == TransferMode.BLOCKING;
        private final Map<String, BigDecimal> loads = new HashMap<>(); // by device or link, all tasks
        private final Map<Integer, BigDecimal> busy = new HashMap<>(); // by device, of the batch
        private final Map<Task, Set<String>> used = new HashMap<>(); // devices and links by task
        private final Map<Task, BigDecimal> response = new HashMap<>();
        private final Map<String, BigDecimal> free = new HashMap<>(); // of the task at hand
        private final Map<String, BigDecimal> arrived = new HashMap<>(); // tensor at device, of the task at hand
        private BigDecimal computeJoules = BigDecimal.ZERO;
        private BigDecimal transferJoules = BigDecimal.ZERO;
        private int impossible;

        Frame(int[] placement) {
            this.placement = placement;
        }

        Outcome outcome() {
            int first = 0;
            for (Task task : tasks) {
                schedule(task, first);
                first += task.graph().layers().size();
            }
            Map<Task, BigDecimal> period = new HashMap<>();
            Map<Task, BigDecimal> makespan = new HashMap<>();
            for (Task task : tasks) {
                BigDecimal greatest = BigDecimal.ZERO;
                for (String resource : used.get(task)) {
                    greatest = greatest.max(loads.getOrDefault(resource, BigDecimal.ZERO));
                }
                period.put(task, greatest);
                makespan.put(task, response.get(task).add(greatest.multiply(BigDecimal.valueOf(task.frames() - 1))));
            }
            BigDecimal watts =
                    devices.stream().map(each -> big(each.idleWatts())).reduce(BigDecimal.ZERO, BigDecimal::add);
            return new Outcome(
                    impossible,
                    violation(makespan),
                    figures(period, makespan),
                    watts.multiply(makespan.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max)));
        }

        private void schedule(Task task, int first) {
            used.put(task, new LinkedHashSet<>());
            response.put(task, BigDecimal.ZERO);
            free.clear();
            arrived.clear();
            for (Tensor input : task.graph().inputs()) {
                task.source().ifPresent(source -> send(task, input, index(source), BigDecimal.ZERO, first));
            }
            int layerIndex = first;
            for (Layer layer : task.graph().layers()) {
                int device = placement[layerIndex++];
                Optional<BigDecimal> seconds = seconds(layer, device);
                impossible += seconds.isEmpty() ? 1 : 0;
                String pin = task.pinned().get(layer.name());
                impossible += pin != null && index(pin) != device ? 1 : 0;
                BigDecimal time = seconds.orElse(BigDecimal.ZERO);
                BigDecimal start = free.getOrDefault("d" + device, BigDecimal.ZERO);
                for (Tensor input : layer.inputs()) {
                    start = start.max(arrived.getOrDefault(input.name() + "@" + device, BigDecimal.ZERO));
                }
                BigDecimal finish = start.add(time);
                free.put("d" + device, finish);
                add(loads, "d" + device, time);
                busy.merge(device, time.multiply(BigDecimal.valueOf(task.frames())), BigDecimal::add);
                used.get(task).add("d" + device);
                response.merge(task, finish, BigDecimal::max);
                computeJoules =
                        computeJoules.add(time.multiply(big(devices.get(device).activeWatts()))
                                .multiply(BigDecimal.valueOf(task.frames())));
                for (Tensor output : layer.outputs()) {
                    arrived.put(output.name() + "@" + device, finish);
                    send(task, output, device, finish, first);
                }
            }
        }

        /** Sends a tensor once to each device that reads it, in the order of its readers, and to the sink last. */
        private void send(Task task, Tensor tensor, int from, BigDecimal written, int first) {
            Set<Integer> receivers = new LinkedHashSet<>();
            task.graph().consumersOf(tensor.name()).forEach(layer -> receivers.add(placement[first + layer]));
            if (task.graph().outputs().contains(tensor)) {
                task.sink().ifPresent(sink -> receivers.add(index(sink)));
            }
            receivers.remove(from);
            for (int to : receivers) {
                Optional<BigDecimal> seconds = transfer(tensor, from, to);
                impossible += seconds.isEmpty() ? 1 : 0;
                BigDecimal time = seconds.orElse(BigDecimal.ZERO);
                List<String> ways = new ArrayList<>(List.of(from + ">" + to));
                medium(from, to).ifPresent(ways::add);
                BigDecimal start = written;
                for (String way : ways) {
                    start = start.max(free.getOrDefault(way, BigDecimal.ZERO));
                }
                if (blocking) {
                    start = start.max(free.getOrDefault("d" + from, BigDecimal.ZERO))
                            .max(free.getOrDefault("d" + to, BigDecimal.ZERO));
                }
                BigDecimal finish = start.add(time);
                for (String way : ways) {
                    free.put(way, finish);
                    add(loads, way, time);
                    used.get(task).add(way);
                }
                if (blocking) {
                    for (int end : new int[] {from, to}) {
                        free.put("d" + end, finish);
                        add(loads, "d" + end, time);
                        used.get(task).add("d" + end);
                    }
                }
                if (seconds.isPresent()) {
                    transferJoules = transferJoules.add(
                            transferWatts(from, to).multiply(time).multiply(BigDecimal.valueOf(task.frames())));
                }
                arrived.put(tensor.name() + "@" + to, finish);
                response.merge(task, finish, BigDecimal::max);
            }
        }

        private Map<Objective, BigDecimal> figures(Map<Task, BigDecimal> period, Map<Task, BigDecimal> makespan) {
            BigDecimal whole = BigDecimal.ZERO;
            BigDecimal latest = BigDecimal.ZERO;
            BigDecimal frames = BigDecimal.ZERO;
            for (Task task : tasks) {
                whole = whole.add(makespan.get(task));
                latest = latest.max(makespan.get(task));
                frames = frames.add(BigDecimal.valueOf(task.frames()));
            }
            BigDecimal joules = computeJoules.add(transferJoules);
            BigDecimal price = BigDecimal.ZERO;
            for (int device = 0; device < devices.size(); device++) {
                Device own = devices.get(device);
                boolean runs = runsLayers(device);
                BigDecimal seconds = busy.getOrDefault(device, BigDecimal.ZERO);
                if (runs || isEnd(own.name())) {
                    joules = joules.add(big(own.switchOnJoules()));
                }
                if (runs || isEnd(own.name()) || scenario.rules().idle() == IdlePolicy.ALL) {
                    joules = joules.add(big(own.idleWatts())
                            .multiply(latest.subtract(seconds).max(BigDecimal.ZERO)));
                }
                price = price.add(seconds.multiply(big(own.pricePerSecond())));
            }
            return Map.of(
                    Objective.PERIOD, greatest(period),
                    Objective.RESPONSE, greatest(response),
                    Objective.MEAN, whole.divide(frames, DIGITS),
                    Objective.ENERGY, joules,
                    Objective.PRICE, price);
        }

        private BigDecimal greatest(Map<Task, BigDecimal> values) {
            return values.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
        }

        private boolean runsLayers(int device) {
            boolean runs = false;
            for (int each : placement) {
                runs |= each == device;
            }
            return runs;
        }

        private boolean isEnd(String device) {
            return tasks.stream()
                    .anyMatch(task -> task.source().filter(device::equals).isPresent()
                            || task.sink().filter(device::equals).isPresent());
        }

        private BigDecimal violation(Map<Task, BigDecimal> makespan) {
            BigDecimal violation = BigDecimal.ZERO;
            int first = 0;
            for (Task task : tasks) {
                if (task.deadline().isPresent()) {
                    Deadline deadline = task.deadline().get();
                    BigDecimal actual = deadline.measure() == Deadline.Measure.RESPONSE
                            ? response.get(task)
                            : makespan.get(task).divide(BigDecimal.valueOf(task.frames()), DIGITS);
                    violation = violation.add(excess(actual, big(deadline.seconds())));
                }
                violation = violation.add(BigDecimal.valueOf(separated(task, first)));
                if (scenario.rules().stagesPerDevice() == StagesPerDevice.ONE) {
                    violation = violation.add(BigDecimal.valueOf(stages(task, first)));
                }
                first += task.graph().layers().size();
            }
            for (int device = 0; device < devices.size(); device++) {
                long limit = devices.get(device).memoryBytes();
                if (limit != Device.UNLIMITED_MEMORY) {
                    violation = violation.add(excess(new BigDecimal(bytes(device)), new BigDecimal(limit)));
                }
            }
            long count = java.util.Arrays.stream(placement).distinct().count();
            int most = scenario.rules().maxDevices();
            return violation.add(excess(BigDecimal.valueOf(count), BigDecimal.valueOf(most)));
        }

        private int separated(Task task, int first) {
            Map<String, Integer> places = new HashMap<>();
            int separated = 0;
            for (int layer = 0; layer < task.graph().layers().size(); layer++) {
                String group =
                        task.colocated().get(task.graph().layers().get(layer).name());
                if (group != null) {
                    places.putIfAbsent(group, placement[first + layer]);
                    separated += places.get(group) == placement[first + layer] ? 0 : 1;
                }
            }
            return separated;
        }

        /** Counts returns of a chain, or the devices on a cycle of a graph or behind one. */
        private int stages(Task task, int first) {
            List<Layer> layers = task.graph().layers();
            if (task.graph().isChain() && !task.graph().hasBypass()) {
                Set<Integer> left = new LinkedHashSet<>();
                int returns = 0;
                for (int layer = 0; layer < layers.size(); layer++) {
                    boolean moved = layer == 0 || placement[first + layer] != placement[first + layer - 1];
                    returns += moved && !left.add(placement[first + layer]) ? 1 : 0;
                }
                return returns;
            }
            Map<Integer, Set<Integer>> feeders = new HashMap<>();
            for (int layer = 0; layer < layers.size(); layer++) {
                int to = placement[first + layer];
                feeders.computeIfAbsent(to, any -> new LinkedHashSet<>());
                for (int producer : task.graph().producersOf(layers.get(layer))) {
                    if (placement[first + producer] != to) {
                        feeders.get(to).add(placement[first + producer]);
                    }
                }
            }
            boolean changed = true;
            while (changed) {
                Set<Integer> ready = new LinkedHashSet<>(feeders.keySet());
                ready.removeIf(device -> !feeders.get(device).isEmpty());
                ready.forEach(feeders::remove);
                feeders.values().forEach(each -> each.removeAll(ready));
                changed = !ready.isEmpty();
            }
            return feeders.size();
        }

        private BigInteger bytes(int device) {
            BigInteger bytes = BigInteger.ZERO;
            int first = 0;
            for (Task task : tasks) {
                List<Layer> layers = task.graph().layers();
                BigInteger peak = BigInteger.ZERO;
                for (int layer = 0; layer < layers.size(); layer++) {
                    if (placement[first + layer] == device) {
                        bytes = bytes.add(BigInteger.valueOf(layers.get(layer).parameterBytes()));
                        peak = peak.max(alive(task, first, layer, device));
                    }
                }
                if (scenario.rules().memory() == MemoryModel.PARAMETERS_AND_ACTIVATIONS) {
                    bytes = bytes.add(peak);
                }
                first += layers.size();
            }
            return bytes;
        }

        /** Sums what a layer reads and writes, and what was written or read on its device and is read there again. */
        private BigInteger alive(Task task, int first, int layer, int device) {
            List<Layer> layers = task.graph().layers();
            Set<Tensor> alive = new LinkedHashSet<>(layers.get(layer).inputs());
            alive.addAll(layers.get(layer).outputs());
            Set<Tensor> known = new LinkedHashSet<>();
            for (int before = 0; before < layer; before++) {
                if (placement[first + before] == device) {
                    known.addAll(layers.get(before).inputs());
                    known.addAll(layers.get(before).outputs());
                }
            }
            for (int after = layer + 1; after < layers.size(); after++) {
                if (placement[first + after] == device) {
                    layers.get(after).inputs().stream().filter(known::contains).forEach(alive::add);
                }
            }
            return alive.stream()
                    .map(tensor -> BigInteger.valueOf(tensor.bytes()))
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }
    }
}
