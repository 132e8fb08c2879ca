package io.github.codnn.reproduce;

import java.util.Objects;

/**
 * A hypothesis and what its rule says.
 *
 * @param hypothesis what is tested
 * @param rule which figures confirm it and which refute it, fixed before the figures
 * @param verdict what the rule says
 * @param figures the figures that decided
 */
public record Judgement(String hypothesis, String rule, Verdict verdict, String figures) {

    /** Checks the components. */
    public Judgement {
        Objects.requireNonNull(hypothesis, "hypothesis");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(figures, "figures");
    }
}
