package io.github.codnn.onnx;

import io.github.codnn.onnx.Inference.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The operators that the reader knows, by name. */
final class ShapeRules {

    private static final Map<String, Rule> STANDARD = standard();
    private static final Map<String, Rule> CONTRIBUTED = contributed();
    private static final Map<String, Rule> PREVIEW = preview();

    private ShapeRules() {}

    private static Map<String, Rule> standard() {
        Map<String, Rule> rules = new HashMap<>();
        AttentionRules.register(rules);
        ConvolutionRules.register(rules);
        DataDependentRules.register(rules);
        ElementwiseRules.register(rules);
        GeneratorRules.register(rules);
        IndexingRules.register(rules);
        MatrixRules.register(rules);
        NormalizationRules.register(rules);
        PoolingRules.register(rules);
        QuantizationRules.register(rules);
        RecurrenceRules.register(rules);
        ReductionRules.register(rules);
        ReshapingRules.register(rules);
        ResizingRules.register(rules);
        SignalRules.register(rules);
        return Map.copyOf(rules);
    }

    private static Map<String, Rule> contributed() {
        Map<String, Rule> rules = new HashMap<>();
        ContributedRules.register(rules, STANDARD);
        return Map.copyOf(rules);
    }

    private static Map<String, Rule> preview() {
        Map<String, Rule> rules = new HashMap<>();
        AttentionRules.registerPreview(rules);
        return Map.copyOf(rules);
    }

    /** How an operator is understood, or nothing if it is not known. */
    static Optional<Rule> of(String domain, String operator) {
        return switch (domain) {
            case "" -> Optional.ofNullable(STANDARD.get(operator));
            case AttentionRules.PREVIEW_DOMAIN -> Optional.ofNullable(PREVIEW.get(operator));
            case ContributedRules.DOMAIN -> Optional.ofNullable(CONTRIBUTED.get(operator));
            default -> Optional.empty();
        };
    }
}
