package io.github.codnn.units;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.scenario.Task;
import java.util.List;
import java.util.stream.Collectors;

/** Sizes of inputs as the command line states them: {@code SIZE} for the only input, or {@code NAME=SIZE}. */
public final class InputBytes {

    private InputBytes() {}

    /**
     * Gives inputs of a task the sizes in which they are sent.
     *
     * @param sizes what is stated; of an input that is stated twice the last counts
     * @param task the task
     * @return the task with those sizes
     * @throws CodnnException if a size is none, or it is not clear which input is meant
     */
    public static Task apply(List<String> sizes, Task task) {
        Task changed = task;
        for (String stated : sizes) {
            int equals = stated.lastIndexOf('=');
            String size = stated.substring(equals + 1);
            changed = changed.withInputBytes(input(stated, equals, task.graph()), bytes(stated, size));
        }
        return changed;
    }

    private static String input(String stated, int equals, LayerGraph graph) {
        List<String> names = graph.inputs().stream().map(Tensor::name).toList();
        String name = equals < 0 && names.size() == 1 ? names.get(0) : stated.substring(0, Math.max(0, equals));
        if (!names.contains(name)) {
            throw new CodnnException("--input-bytes " + stated + ": network '" + graph.name() + "' has the inputs "
                    + names.stream().map(each -> "'" + each + "'").collect(Collectors.joining(", "))
                    + ". Name one of them, as in --input-bytes '" + names.get(0) + "=60KiB'");
        }
        return name;
    }

    private static long bytes(String stated, String size) {
        try {
            return Units.bytes(size);
        } catch (CodnnException e) {
            throw new CodnnException("--input-bytes " + stated + ": " + e.getMessage(), e);
        }
    }
}
