package io.github.codnn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which stage runs each fixed node. */
final class StagePartition {

    /** Merging looks at all groups for each group, so their number is limited. */
    private static final int MAX_GROUPS = 4096;

    private final int[] stageOf;
    private final List<String> devices;

    private StagePartition(int[] stageOf, List<String> devices) {
        this.stageOf = stageOf;
        this.devices = devices;
    }

    /** The number of the stage of a fixed node, from 0 in an order in which the stages can run. */
    int stageOf(int node) {
        return stageOf[node];
    }

    /** By stage the device that runs it. */
    List<String> devices() {
        return devices;
    }

    /**
     * Cuts a graph so that each device runs one stage if an order of the nodes allows that, and few stages otherwise,
     * where tensors leave a device and come back to it. Heuristic: another order may need fewer stages then.
     *
     * @param deviceOf the device of each fixed node
     */
    static StagePartition byDevice(SplitGraph graph, String[] deviceOf) {
        int[] fixed = graph.fixedNodes();
        if (fixed.length == 0) {
            throw new ImportFailure("no output depends on an input, so there is nothing to split");
        }
        int[] groups = new int[graph.size()];
        Arrays.fill(groups, -1);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int node : fixed) {
            groups[node] = numbers.computeIfAbsent(deviceOf[node], any -> numbers.size());
        }
        if (!isAcyclic(edges(graph, fixed, groups, numbers.size()))) {
            groups = merged(graph, fixed, deviceOf);
        }
        return ordered(graph, fixed, groups, deviceOf);
    }

    /**
     * Cuts a graph at tensors: a node belongs to the stage after those of all cut tensors that it depends on.
     *
     * @param tensors the tensors, each written by a fixed node and read by another
     */
    static StagePartition at(SplitGraph graph, Set<String> tensors) {
        int[] levels = new int[graph.size()];
        for (int node = 0; node < levels.length; node++) {
            for (String tensor : graph.reads(node)) {
                int cut = tensors.contains(tensor) ? 1 : 0;
                int level = graph.producer(tensor).isPresent()
                        ? levels[graph.producer(tensor).getAsInt()] + cut
                        : 0;
                levels[node] = Math.max(levels[node], level);
            }
        }
        int[] fixed = graph.fixedNodes();
        Map<Integer, Integer> numbers = new TreeMap<>();
        Arrays.stream(fixed).forEach(node -> numbers.put(levels[node], 0));
        numbers.replaceAll((level, any) ->
                ((TreeMap<Integer, Integer>) numbers).headMap(level).size());
        int[] stageOf = new int[levels.length];
        Arrays.fill(stageOf, -1);
        Arrays.stream(fixed).forEach(node -> stageOf[node] = numbers.getOrDefault(levels[node], 0));
        List<String> names = new ArrayList<>();
        for (int stage = 0; stage < numbers.size(); stage++) {
            names.add(StageNames.stage(stage));
        }
        return new StagePartition(stageOf, names);
    }

    private static List<BitSet> edges(SplitGraph graph, int[] fixed, int[] groups, int count) {
        if (count > MAX_GROUPS) {
            throw new ImportFailure("the plan cuts it into more than " + MAX_GROUPS + " stages");
        }
        List<BitSet> edges = new ArrayList<>();
        for (int group = 0; group < count; group++) {
            edges.add(new BitSet(count));
        }
        for (int node : fixed) {
            for (int source : graph.sources(node)) {
                if (groups[source] != groups[node]) {
                    edges.get(groups[source]).set(groups[node]);
                }
            }
        }
        return edges;
    }

    private static boolean isAcyclic(List<BitSet> edges) {
        int[] waiting = new int[edges.size()];
        edges.forEach(targets -> targets.stream().forEach(to -> waiting[to]++));
        List<Integer> ready = new ArrayList<>();
        for (int group = 0; group < waiting.length; group++) {
            if (waiting[group] == 0) {
                ready.add(group);
            }
        }
        for (int next = 0; next < ready.size(); next++) {
            edges.get(ready.get(next)).stream().forEach(to -> {
                if (--waiting[to] == 0) {
                    ready.add(to);
                }
            });
        }
        return ready.size() == waiting.length;
    }

    /** Groups by device and by how often the device has changed on the way, then merges groups of one device. */
    private static int[] merged(SplitGraph graph, int[] fixed, String[] deviceOf) {
        int[] changes = new int[graph.size()];
        int[] groups = new int[graph.size()];
        Arrays.fill(groups, -1);
        Map<String, NavigableSet<Integer>> groupsOfDevice = new LinkedHashMap<>();
        Map<List<Object>, Integer> numbers = new HashMap<>();
        for (int node : fixed) {
            for (int source : graph.sources(node)) {
                int change = deviceOf[source].equals(deviceOf[node]) ? 0 : 1;
                changes[node] = Math.max(changes[node], changes[source] + change);
            }
        }
        // Numbered by changes first, so that the groups of a device are in order.
        for (int node : Arrays.stream(fixed)
                .boxed()
                .sorted((one, other) -> changes[one] == changes[other] ? one - other : changes[one] - changes[other])
                .mapToInt(Integer::intValue)
                .toArray()) {
            groups[node] = numbers.computeIfAbsent(List.of(changes[node], deviceOf[node]), any -> numbers.size());
            groupsOfDevice
                    .computeIfAbsent(deviceOf[node], any -> new TreeSet<>())
                    .add(groups[node]);
        }
        List<BitSet> edges = edges(graph, fixed, groups, numbers.size());
        int[] into = merge(edges, groupsOfDevice);
        Arrays.stream(fixed).forEach(node -> groups[node] = into[groups[node]]);
        return groups;
    }

    private static int[] merge(List<BitSet> edges, Map<String, NavigableSet<Integer>> groupsOfDevice) {
        int[] into = new int[edges.size()];
        Arrays.setAll(into, group -> group);
        for (NavigableSet<Integer> groups : groupsOfDevice.values()) {
            int current = groups.first();
            for (int next : groups.tailSet(current, false)) {
                if (reachesOverOthers(edges, current, next) || reachesOverOthers(edges, next, current)) {
                    current = next;
                } else {
                    into[next] = current;
                    edges.get(current).or(edges.get(next));
                    edges.get(current).clear(current);
                    edges.get(next).clear();
                    for (BitSet targets : edges) {
                        if (targets.get(next)) {
                            targets.clear(next);
                            targets.set(current);
                        }
                    }
                    edges.get(current).clear(current);
                }
            }
        }
        return into;
    }

    private static boolean reachesOverOthers(List<BitSet> edges, int from, int to) {
        BitSet seen = (BitSet) edges.get(from).clone();
        seen.clear(to);
        List<Integer> open = new ArrayList<>(seen.stream().boxed().toList());
        for (int next = 0; next < open.size(); next++) {
            BitSet targets = edges.get(open.get(next));
            if (targets.get(to)) {
                return true;
            }
            BitSet fresh = (BitSet) targets.clone();
            fresh.andNot(seen);
            seen.or(fresh);
            fresh.stream().forEach(open::add);
        }
        return false;
    }

    /** Numbers groups in an order in which they can run; of several that can, the one with the first node. */
    private static StagePartition ordered(SplitGraph graph, int[] fixed, int[] groups, String[] deviceOf) {
        int count = Arrays.stream(groups).max().orElse(-1) + 1;
        List<BitSet> edges = edges(graph, fixed, groups, count);
        int[] first = new int[count];
        Arrays.fill(first, -1);
        for (int node : fixed) {
            first[groups[node]] = first[groups[node]] < 0 ? node : first[groups[node]];
        }
        int[] waiting = new int[count];
        edges.forEach(targets -> targets.stream().forEach(to -> waiting[to]++));
        PriorityQueue<Integer> ready = new PriorityQueue<>((one, other) -> first[one] - first[other]);
        for (int group = 0; group < count; group++) {
            if (waiting[group] == 0 && first[group] >= 0) {
                ready.add(group);
            }
        }
        int[] numbers = new int[count];
        List<String> devices = new ArrayList<>();
        while (!ready.isEmpty()) {
            int group = ready.remove();
            numbers[group] = devices.size();
            devices.add(deviceOf[first[group]]);
            edges.get(group).stream().filter(to -> --waiting[to] == 0).forEach(ready::add);
        }
        int[] stageOf = new int[graph.size()];
        Arrays.fill(stageOf, -1);
        Arrays.stream(fixed).forEach(node -> stageOf[node] = numbers[groups[node]]);
        return new StagePartition(stageOf, devices);
    }
}
