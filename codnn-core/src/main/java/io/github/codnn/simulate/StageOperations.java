package io.github.codnn.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Joins layers that a device runs without a gap, so that a simulation of many frames has one operation instead of many.
 * A layer joins the one before it on its device if all that it waits for is complete by then, and only layers of this
 * device wait for the one before it: the device continues with a frame that is ready ({@link PipelineSimulator}), so
 * that all times stay the same but for rounding.
 *
 * <p>Two cases are left as they are, because another frame may come between: transfers that block devices, and devices
 * on which a frame has nothing to do but layers that take no time, which need no turn.
 */
final class StageOperations {

    private final List<FrameOperations.Operation> layers;
    private final Set<Integer> without; // resources whose layers are not joined
    private final boolean[] isLast; // whether another device or link waits for the operation
    private final List<List<Integer>> groups = new ArrayList<>();
    private final int[] groupOf;

    private StageOperations(List<FrameOperations.Operation> layers, Set<Integer> without) {
        this.layers = layers;
        this.without = without;
        isLast = new boolean[layers.size()];
        groupOf = new int[layers.size()];
        for (FrameOperations.Operation operation : layers) {
            for (int before : operation.before()) {
                isLast[before] |=
                        !operation.resources().equals(layers.get(before).resources());
            }
        }
    }

    /**
     * Joins the layers of frames.
     *
     * @param frames the operations of a frame of each task, whose transfers do not block devices, in topological order
     * @return the operations of fewer, longer layers, in topological order
     */
    static List<List<FrameOperations.Operation>> of(List<List<FrameOperations.Operation>> frames) {
        List<List<FrameOperations.Operation>> joined = of(frames, Set.of());
        Set<Integer> instant = joined.stream()
                .flatMap(List::stream)
                .filter(operation -> !operation.isTransfer() && operation.seconds() == 0)
                .flatMap(operation -> operation.resources().stream())
                .collect(Collectors.toSet());
        return instant.isEmpty() ? joined : of(frames, instant);
    }

    private static List<List<FrameOperations.Operation>> of(
            List<List<FrameOperations.Operation>> frames, Set<Integer> without) {
        return frames.stream()
                .map(frame -> new StageOperations(frame, without).join())
                .toList();
    }

    private List<FrameOperations.Operation> join() {
        int[] lastOf = new int
                [1
                        + layers.stream()
                                .flatMap(each -> each.resources().stream())
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElse(0)];
        Arrays.fill(lastOf, -1);
        for (int index = 0; index < layers.size(); index++) {
            FrameOperations.Operation operation = layers.get(index);
            int resource = operation.resources().get(0);
            int last = lastOf[resource];
            boolean joins = !operation.isTransfer()
                    && !without.contains(resource)
                    && last >= 0
                    && !isLast[last]
                    && isReady(operation, last);
            if (!joins) {
                groups.add(new ArrayList<>());
            }
            groupOf[index] = joins ? groupOf[last] : groups.size() - 1;
            groups.get(groupOf[index]).add(index);
            lastOf[resource] = index;
        }
        return groups.stream().map(this::joined).toList();
    }

    /** Tells whether all that an operation waits for is complete when the last one of a group ends. */
    private boolean isReady(FrameOperations.Operation operation, int last) {
        // Later members of a group wait for nothing that the first one does not wait for, but on their own device.
        int first = groups.get(groupOf[last]).get(0);
        return operation.before().stream()
                .allMatch(before -> layers.get(before).resources().equals(operation.resources())
                        || layers.get(first).before().contains(before));
    }

    private FrameOperations.Operation joined(List<Integer> members) {
        FrameOperations.Operation first = layers.get(members.get(0));
        double seconds = 0;
        double joules = 0;
        Set<Integer> before = new TreeSet<>();
        for (int member : members) {
            FrameOperations.Operation layer = layers.get(member);
            seconds += layer.seconds();
            joules += layer.joules();
            layer.before().forEach(each -> before.add(groupOf[each]));
        }
        before.remove(groupOf[members.get(0)]);
        return new FrameOperations.Operation(
                first.name(), seconds, joules, first.link(), first.resources(), List.copyOf(before));
    }
}
