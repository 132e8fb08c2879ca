package io.github.codnn.reproduce;

/** The result of testing a claim. */
public enum Verdict {
    /** Our figures confirm the claim. */
    REPRODUCED("reproduced"),
    /** Our figures confirm a part of the claim, or only its direction. */
    IN_PART("in part"),
    /** Our figures contradict the claim. */
    REFUTED("refuted"),
    /** The data of the claim are not published. */
    NOT_REPRODUCIBLE("not reproducible"),
    /** This run did not test the claim, because an input is missing. */
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
