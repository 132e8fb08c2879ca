package io.github.codnn.costsearch;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which layers read and write which tensors. Its arrays must not be changed. */
final class Wiring {

    final int[][] consumers; // [tensor]
    final int[][] inputs; // [layer] tensors
    final int[][] outputs; // [layer] tensors

    Wiring(CompiledScenario compiled) {
        List<List<Integer>> read = lists(compiled.layerCount());
        List<List<Integer>> written = lists(compiled.layerCount());
        consumers = new int[compiled.tensorCount()][];
        for (int tensor = 0; tensor < consumers.length; tensor++) {
            consumers[tensor] = compiled.consumers(tensor);
            for (int consumer : consumers[tensor]) {
                read.get(consumer).add(tensor);
            }
            if (compiled.producer(tensor) >= 0) {
                written.get(compiled.producer(tensor)).add(tensor);
            }
        }
        inputs = arrays(read);
        outputs = arrays(written);
    }

    private static List<List<Integer>> lists(int count) {
        return IntStream.range(0, count)
                .<List<Integer>>mapToObj(index -> new ArrayList<>())
                .toList();
    }

    private static int[][] arrays(List<List<Integer>> lists) {
        return lists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Tells whether a layer reads a tensor. */
    boolean reads(int layer, int tensor) {
        for (int consumer : consumers[tensor]) {
            if (consumer == layer) {
                return true;
            }
        }
        return false;
    }
}
