package io.github.codnn.format;

import io.github.codnn.format.OnnxInference.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The operators that the reader knows, by name. */
final class OnnxRules {

    private static final Map<String, Rule> RULES = all();

    private OnnxRules() {}

    private static Map<String, Rule> all() {
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

    /** How an operator is understood, or nothing if it is not known. */
    static Optional<Rule> of(String domain, String operator) {
        return domain.isEmpty() ? Optional.ofNullable(RULES.get(operator)) : Optional.empty();
    }
}
