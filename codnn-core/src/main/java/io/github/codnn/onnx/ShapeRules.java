package io.github.codnn.onnx;

import io.github.codnn.onnx.Inference.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The operators that the reader knows, by name. */
final class ShapeRules {

    private static final Map<String, Rule> STANDARD = standard();
    private static final Map<String, Rule> CONTRIBUTED = of(rules -> ContributedRules.register(rules, STANDARD));
    private static final Map<String, Rule> BLOCKED = of(rules -> ContributedRules.registerBlocked(rules, STANDARD));
    private static final Map<String, Rule> PREVIEW = of(AttentionRules::registerPreview);
    private static final Map<String, Rule> TRAINING = of(TrainingRules::registerPreview);
    private static final Map<String, Rule> CLASSIC = of(ClassicRules::registerClassic);

    private ShapeRules() {}

    private static Map<String, Rule> standard() {
        Map<String, Rule> rules = new HashMap<>();
        AttentionRules.register(rules);
        ClassicRules.register(rules);
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
        SequenceRules.register(rules);
        SignalRules.register(rules);
        TrainingRules.register(rules);
        return Map.copyOf(rules);
    }

    private static Map<String, Rule> of(Consumer<Map<String, Rule>> registration) {
        Map<String, Rule> rules = new HashMap<>();
        registration.accept(rules);
        return Map.copyOf(rules);
    }

    /** How an operator is understood, or nothing if it is not known. */
    static Optional<Rule> of(String domain, String operator) {
        return switch (domain) {
            case "" -> Optional.ofNullable(STANDARD.get(operator));
            case AttentionRules.PREVIEW_DOMAIN -> Optional.ofNullable(PREVIEW.get(operator));
            case TrainingRules.DOMAIN -> Optional.ofNullable(TRAINING.get(operator));
            case ClassicRules.DOMAIN -> Optional.ofNullable(CLASSIC.get(operator));
            case ContributedRules.BLOCKED_DOMAIN -> Optional.ofNullable(BLOCKED.get(operator));
            case ContributedRules.DOMAIN -> Optional.ofNullable(CONTRIBUTED.get(operator));
            default -> Optional.empty();
        };
    }
}
