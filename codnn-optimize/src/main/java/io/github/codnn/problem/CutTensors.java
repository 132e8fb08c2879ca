package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors that cross each cut of a task whose network is a chain. Cut 0 has the inputs of the network, the cut
 * after the last layer has its results. Immutable and thread-safe; made in O(L + E) time for L layers and E tensors.
 *
 * <p>Public for sister packages only.
 */
public final class CutTensors {

    private final CompiledScenario compiled;
    private final List<List<Integer>> crossing; // [cut]

    private CutTensors(CompiledScenario compiled, List<List<Integer>> crossing) {
        this.compiled = compiled;
        this.crossing = crossing;
    }

    /**
     * Finds the tensors.
     *
     * @param compiled the scenario
     * @param task a task whose network is a chain
     * @return the tensors by cut
     */
    public static CutTensors of(CompiledScenario compiled, int task) {
        int first = compiled.firstLayer(task);
        int layers = compiled.firstLayer(task + 1) - first;
        List<List<Integer>> crossing = new ArrayList<>();
        for (int cut = 0; cut <= layers; cut++) {
            crossing.add(new ArrayList<>());
        }
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            int producer = compiled.producer(tensor);
            if (compiled.consumers(tensor).length > 0) {
                crossing.get(producer < 0 ? 0 : producer - first + 1).add(tensor);
            } else if (compiled.isDelivered(tensor) && producer >= 0) {
                crossing.get(layers).add(tensor);
            }
        }
        return new CutTensors(compiled, crossing);
    }

    /**
     * Returns the tensors that cross a cut.
     *
     * @param cut the cut, from 0 to the number of layers
     * @return their indices, increasing
     */
    public List<Integer> at(int cut) {
        return crossing.get(cut);
    }

    /**
     * Numbers the cuts of a range by what crosses them. Many cuts of a long chain have equal tensors, so that a table
     * for each kind takes far less memory than one for each cut.
     *
     * @param firstCut the first cut of the range
     * @param endCut the cut after the last one of the range
     * @return for each cut its kind, numbered from 0 in the order in which kinds first appear; 0 outside the range
     */
    public int[] kinds(int firstCut, int endCut) {
        int[] kind = new int[crossing.size()];
        Map<List<Integer>, Integer> known = new HashMap<>();
        for (int cut = firstCut; cut < endCut; cut++) {
            List<Integer> key = crossing.get(cut).stream()
                    .map(compiled::transferKind)
                    .sorted()
                    .toList();
            Integer index = known.putIfAbsent(key, known.size());
            kind[cut] = index == null ? known.size() - 1 : index;
        }
        return kind;
    }
}
