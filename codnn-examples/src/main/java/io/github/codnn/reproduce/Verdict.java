package io.github.codnn.reproduce;

/** What the rule of a hypothesis says about the figures. */
public enum Verdict {
    /** The figures confirm the hypothesis in our setting. */
    CONFIRMED("confirmed"),
    /** The figures contradict the hypothesis in our setting. */
    REFUTED("refuted"),
    /** The figures do neither. */
    NOT_DECIDED("not decided"),
    /** This run did not test the hypothesis, because an input is missing. */
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
