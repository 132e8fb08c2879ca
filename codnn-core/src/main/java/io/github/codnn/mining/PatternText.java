package io.github.codnn.mining;

import java.util.stream.Collectors;

/** Writes the canonical code of a pattern as text. */
final class PatternText {

    private static final String SPECIAL = "\\[];: ";

    private PatternText() {}

    static String code(Pattern pattern) {
        StringBuilder text = new StringBuilder();
        int described = 0;
        for (Pattern.Edge edge : pattern.edges()) {
            // The left end is the known node, or the newer of two known nodes.
            boolean isForward = Math.max(edge.from(), edge.to()) >= described;
            int left = isForward ? Math.min(edge.from(), edge.to()) : Math.max(edge.from(), edge.to());
            int right = edge.from() + edge.to() - left;
            text.append(text.isEmpty() ? "" : "; ");
            described = appendNode(text, pattern, left, described);
            appendArrow(text, pattern, edge, left);
            described = appendNode(text, pattern, right, described);
        }
        return text.toString();
    }

    private static int appendNode(StringBuilder text, Pattern pattern, int node, int described) {
        text.append(node);
        if (node < described) {
            return described;
        }
        text.append(':').append(escape(pattern.nodeLabels().get(node)));
        return node + 1;
    }

    private static void appendArrow(StringBuilder text, Pattern pattern, Pattern.Edge edge, int left) {
        boolean arriving = pattern.isDirected() && edge.to() == left;
        boolean leaving = pattern.isDirected() && edge.from() == left;
        text.append(arriving ? " <[" : " -[").append(escape(edge.label())).append(leaving ? "]> " : "]- ");
    }

    private static String escape(String label) {
        return label.chars()
                .mapToObj(c -> (SPECIAL.indexOf(c) >= 0 ? "\\" : "") + (char) c)
                .collect(Collectors.joining());
    }
}
