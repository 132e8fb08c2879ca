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

    /** What the rule of a hypothesis says about the figures. */
    public enum Verdict {
        /** The figures confirm the hypothesis in our setting. */
        CONFIRMED("confirmed"),
        /** The figures contradict the hypothesis in our setting. */
        REFUTED("refuted"),
        /** The figures do neither: the results are equal. */
        TIE("tie"),
        /** The figures do neither. */
        NOT_DECIDED("not decided"),
        /** This run did not test the hypothesis, because an input is missing or the experiment failed. */
        NOT_TRIED("not tried");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /**
         * Returns the verdict in words.
         *
         * @return the words
         */
        public String words() {
            return words;
        }
    }

    /** Checks the components. */
    public Judgement {
        Objects.requireNonNull(hypothesis, "hypothesis");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(figures, "figures");
    }
}
