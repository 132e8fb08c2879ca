package io.github.codnn.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.graph.Layer;
import io.github.codnn.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes a plan as a session option of ONNX Runtime that assigns nodes to the devices of one host by their names,
 * {@code session.name_based_layer_assignment}. ONNX Runtime has it since version 1.29.
 *
 * <p>It is a starting point: ONNX Runtime runs nodes one after the other, not as a pipeline, takes each name as
 * a part of the names of nodes, and assigns nodes without a name as it likes. O(L^2) for L layers.
 */
public final class OnnxRuntimeAssignment {

    /** The key of the session option. */
    public static final String KEY = "session.name_based_layer_assignment";

    private static final Set<String> DESIGNATORS = Set.of("cpu", "gpu", "npu", "cuda", "dml", "accelerator");

    private OnnxRuntimeAssignment() {}

    /**
     * Renders the value of the option.
     *
     * @param plan a plan of one task
     * @param designators what ONNX Runtime calls each device of the plan: cpu, gpu, npu, ...; {@code cpu} for a device
     *     without an entry
     * @return the value, such as {@code cpu(conv1, relu1); gpu(conv2)}
     * @throws CodnnException if the plan has several tasks, if a designator is unknown, if the plan does not use a
     *     device that has an entry, or if the name of a layer has a character of the option's own or is a part of the
     *     name of a layer elsewhere
     */
    public static String render(Plan plan, Map<String, String> designators) {
        if (plan.placement().deviceByLayer().size() != 1) {
            throw new CodnnException("A session of ONNX Runtime runs one model, but the plan has the tasks "
                    + plan.placement().deviceByLayer().keySet());
        }
        Map<String, String> placement =
                plan.placement().deviceByLayer().values().iterator().next();
        Map<String, String> named = new TreeMap<>(designators);
        for (Map.Entry<String, String> entry : named.entrySet()) {
            if (!placement.containsValue(entry.getKey())) {
                throw new CodnnException("The plan runs nothing on device '" + entry.getKey() + "'. It uses "
                        + new TreeSet<>(placement.values()));
            }
            if (!DESIGNATORS.contains(entry.getValue())) {
                throw new CodnnException("'" + entry.getValue() + "' is no device of ONNX Runtime. Give one of "
                        + DESIGNATORS.stream().sorted().toList());
            }
        }
        Map<String, List<String>> layers = new LinkedHashMap<>();
        for (Layer layer : plan.scenario().workload().tasks().get(0).graph().layers()) {
            String designator = named.getOrDefault(placement.get(layer.name()), "cpu");
            layers.computeIfAbsent(designator, absent -> new ArrayList<>()).add(plain(layer.name()));
        }
        layers.forEach((designator, names) -> requireDistinct(designator, names, layers));
        return layers.entrySet().stream()
                .map(entry -> entry.getKey() + "(" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining("; "));
    }

    /** ONNX Runtime takes each name as a part of the names of nodes. */
    private static void requireDistinct(String designator, List<String> names, Map<String, List<String>> layers) {
        layers.forEach((other, others) -> {
            if (!other.equals(designator)) {
                for (String name : names) {
                    others.stream()
                            .filter(each -> each.contains(name))
                            .findFirst()
                            .ifPresent(longer -> {
                                throw new CodnnException("ONNX Runtime assigns by parts of names, so '" + name + "' on "
                                        + designator + " would move '" + longer + "' from " + other
                                        + ". Give the nodes of the model names that do not contain each other");
                            });
                }
            }
        });
    }

    private static String plain(String layer) {
        if (layer.matches(".*[,;()=\\s].*")) {
            throw new CodnnException("Layer '" + layer
                    + "' has a character of ONNX Runtime's own in its name (comma, semicolon, bracket, = or space)");
        }
        return layer;
    }

    /**
     * Writes the option as a JSON object of session options.
     *
     * @param plan a plan of one task
     * @param designators as for {@link #render}
     * @param file the file to write
     * @throws CodnnException as {@link #render} does, and if the file cannot be written
     */
    public static void write(Plan plan, Map<String, String> designators, Path file) {
        ObjectNode options = JsonNodeFactory.instance.objectNode().put(KEY, render(plan, designators));
        try {
            WholeFiles.write(file, (options.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException("'" + file + "' cannot be written: " + WholeFiles.reason(e), e);
        }
    }
}
