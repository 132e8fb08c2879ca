package io.github.codnn.format;

import io.github.codnn.format.OnnxInference.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The operators that the reader knows, by name. */
final class OnnxRules {

    private static final Map<String, Rule> STANDARD = standard();
    private static final Map<String, Rule> CONTRIBUTED = contributed();

    private OnnxRules() {}

    private static Map<String, Rule> standard() {
        Map<String, Rule> rules = new HashMap<>();
        OnnxConvolutions.register(rules);
        OnnxDataDependent.register(rules);
        OnnxElementwise.register(rules);
        OnnxGenerators.register(rules);
        OnnxIndexing.register(rules);
        OnnxMatrices.register(rules);
        OnnxNormalizations.register(rules);
        OnnxPooling.register(rules);
        OnnxQuantization.register(rules);
        OnnxRecurrence.register(rules);
        OnnxReductions.register(rules);
        OnnxReshaping.register(rules);
        OnnxResizing.register(rules);
        OnnxSignals.register(rules);
        return Map.copyOf(rules);
    }

    private static Map<String, Rule> contributed() {
        Map<String, Rule> rules = new HashMap<>();
        OnnxContributed.register(rules, STANDARD);
        return Map.copyOf(rules);
    }

    /** How an operator is understood, or nothing if it is not known. */
    static Optional<Rule> of(String domain, String operator) {
        return switch (domain) {
            case "" -> Optional.ofNullable(STANDARD.get(operator));
            case OnnxContributed.DOMAIN -> Optional.ofNullable(CONTRIBUTED.get(operator));
            default -> Optional.empty();
        };
    }
}
