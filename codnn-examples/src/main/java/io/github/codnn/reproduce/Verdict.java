package io.github.codnn.reproduce;

/** What became of a claim. */
public enum Verdict {
    /** Our figures say the same. */
    REPRODUCED("reproduced"),
    /** Our figures say the same about a part of it, or only its direction. */
    IN_PART("in part"),
    /** Our figures say something else. */
    REFUTED("refuted"),
    /** What it rests on is not published. */
    NOT_REPRODUCIBLE("not reproducible"),
    /** It was not tried in this run, because it needs something that was not given. */
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
