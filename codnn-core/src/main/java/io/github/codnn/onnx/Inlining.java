package io.github.codnn.onnx;

import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Function;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the inside of functions that a file defines, and of an {@code If} whose condition is known, where they are
 * called. Inner names get the caller's name in front.
 */
final class Inlining {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 1 << 18;
    private static final long MAX_NAME_CHARACTERS = 1 << 25;

    private final Map<String, Function> functions = new HashMap<>();
    private int nodes;
    private long characters;

    Inlining(List<Function> functions) {
        functions.forEach(
                function -> this.functions.put(key(function.domain(), function.name(), function.overload()), function));
    }

    private static String key(String domain, String name, String overload) {
        return domain + ":" + name + ":" + overload;
    }

    /** The nodes with every call of a function replaced by what the function does. */
    List<Node> expanded(List<Node> nodes) {
        List<Node> expanded = new ArrayList<>(nodes.size());
        expand(nodes, 0, expanded);
        return expanded;
    }

    private void expand(List<Node> from, int depth, List<Node> to) {
        if (depth > MAX_DEPTH) {
            throw new ImportFailure("its functions call each other more than " + MAX_DEPTH + " deep");
        }
        for (Node node : from) {
            Function function = functions.get(key(node.domain(), node.operator(), node.overload()));
            if (function != null) {
                count(function.nodes().size(), node.label());
                expand(called(function, node), depth + 1, to);
            } else {
                if (++nodes > MAX_NODES) {
                    throw new ImportFailure("it has more than " + MAX_NODES + " nodes");
                }
                to.add(node);
            }
        }
    }

    private void count(long more, String prefix) {
        characters += more * prefix.length();
        if (characters > MAX_NAME_CHARACTERS) {
            throw new ImportFailure("its functions and branches expand to too many nodes");
        }
    }

    private static List<Node> called(Function function, Node call) {
        Renaming names = new Renaming(call.label(), null);
        bind(names, function.inputs(), call.inputs());
        bind(names, function.outputs(), call.outputs());
        Map<String, Attribute> arguments = new HashMap<>(function.defaults());
        arguments.putAll(call.attributes());
        return function.nodes().stream()
                .map(node -> names.node(node, arguments))
                .toList();
    }

    private static void bind(Renaming names, List<String> formal, List<String> actual) {
        for (int index = 0; index < formal.size(); index++) {
            names.put(formal.get(index), index < actual.size() ? actual.get(index) : "");
        }
    }

    /** The body that an {@code If} with a known condition runs, as nodes and initialisers around it. */
    Graph branch(Node node, boolean condition) {
        Attribute attribute = node.attributes().get(condition ? "then_branch" : "else_branch");
        Graph body = attribute == null ? null : attribute.graph();
        if (body == null || body.outputs().size() < node.outputs().size()) {
            throw new ImportFailure("its branch does not deliver what it should");
        }
        count(body.nodes().size(), node.label());
        Renaming names = new Renaming(node.label(), ownNames(body));
        List<Node> inner = new ArrayList<>(
                body.nodes().stream().map(each -> names.node(each, Map.of())).toList());
        for (int index = 0; index < node.outputs().size(); index++) {
            String result = names.of(body.outputs().get(index).name());
            String output = node.outputs().get(index);
            if (!output.isEmpty()) {
                inner.add(new Node(node.label(), "Identity", "", "", List.of(result), List.of(output), Map.of()));
            }
        }
        List<Weight> weights = body.initializers().stream().map(names::weight).toList();
        return new Graph("", expanded(inner), weights, List.of(), List.of(), List.of());
    }

    private static Set<String> ownNames(Graph body) {
        Set<String> own = new HashSet<>();
        body.initializers().stream().map(Weight::name).forEach(own::add);
        body.nodes().forEach(node -> own.addAll(node.outputs()));
        return own;
    }

    /** New names for what is inside, where all names are inside unless it is said which. */
    private static final class Renaming {

        private final String prefix;
        private final @Nullable Set<String> inside;
        private final Map<String, String> given = new HashMap<>();

        Renaming(String prefix, @Nullable Set<String> inside) {
            this.prefix = prefix;
            this.inside = inside;
        }

        void put(String inner, String outer) {
            given.put(inner, outer);
        }

        String of(String name) {
            String outer = given.get(name);
            if (outer != null) {
                return outer;
            }
            return name.isEmpty() || (inside != null && !inside.contains(name)) ? name : prefix + "/" + suffix(name);
        }

        /** A name that already begins like the prefix is not repeated in full: names would double at each level. */
        private String suffix(String name) {
            if (inside == null) {
                return name;
            }
            int folder = prefix.lastIndexOf('/') + 1;
            boolean shared = folder > 0 && name.length() > folder && name.startsWith(prefix.substring(0, folder));
            String rest = shared ? name.substring(folder) : name;
            return inside.contains(rest) ? name : rest;
        }

        Node node(Node node, Map<String, Attribute> arguments) {
            return node(node, prefix + "/" + suffix(node.label()), arguments);
        }

        private Node node(Node node, String label, Map<String, Attribute> arguments) {
            Map<String, Attribute> attributes = new LinkedHashMap<>();
            node.attributes().forEach((name, attribute) -> {
                Attribute value = attribute.reference().isEmpty() ? attribute : arguments.get(attribute.reference());
                if (value != null) {
                    attributes.put(name, attribute(value, arguments));
                }
            });
            return new Node(
                    label,
                    node.operator(),
                    node.domain(),
                    node.overload(),
                    node.inputs().stream().map(this::of).toList(),
                    node.outputs().stream().map(this::of).toList(),
                    attributes);
        }

        private Attribute attribute(Attribute attribute, Map<String, Attribute> arguments) {
            Graph body = attribute.graph();
            return body == null ? attribute : attribute.withGraph(graph(body, arguments));
        }

        private Graph graph(Graph body, Map<String, Attribute> arguments) {
            return new Graph(
                    body.name(),
                    body.nodes().stream()
                            .map(node -> node(node, node.label(), arguments))
                            .toList(),
                    body.initializers().stream().map(this::weight).toList(),
                    body.inputs().stream().map(this::info).toList(),
                    body.outputs().stream().map(this::info).toList(),
                    body.values().stream().map(this::info).toList());
        }

        Weight weight(Weight weight) {
            return new Weight(
                    of(weight.name()), weight.dataType(), weight.dimensions(), weight.values(), weight.external());
        }

        private ValueInfo info(ValueInfo info) {
            return new ValueInfo(of(info.name()), info.dataType(), info.dimensions(), info.isSequence());
        }
    }
}
