package io.github.codnn.adapt;

import io.github.codnn.internal.Checks;

/**
 * When a running plan is given up for a better one. Immutable.
 *
 * @param horizonSeconds for how long present conditions are expected to last: moving must pay within that time;
 *     positive
 * @param threshold the least gain for which anything moves, as a share of the present value, from 0 to below 1
 * @param evidence what the gains above the threshold must add up to over the latest observations (a cumulative sum
 *     test: E. S. Page, Continuous inspection schemes, 1954); zero or greater. With 0 a single observation is enough
 * @param window how many observations count at most, at least 1
 */
public record AdaptSettings(double horizonSeconds, double threshold, double evidence, int window) {

    /** Checks the components. */
    public AdaptSettings {
        Checks.positiveFinite(horizonSeconds, "horizonSeconds");
        Checks.inRange(threshold, 0, Math.nextDown(1.0), "threshold");
        Checks.nonNegativeFinite(evidence, "evidence");
        Checks.positive(window, "window");
    }

    /**
     * Returns the usual settings: a horizon of a minute, a threshold of 8 %, an evidence of 0.7 within 30
     * observations. A gain of 78 % or more moves at once, one of 43 % at the second observation, one of 15 % at the
     * tenth. Two equally good plans, one of which suffers from independent noise of 10 %, are exchanged about once in
     * 150,000 observations.
     *
     * @return the settings
     */
    public static AdaptSettings withDefaults() {
        return new AdaptSettings(60, 0.08, 0.7, 30);
    }

    /**
     * Returns these settings with another horizon.
     *
     * @param seconds for how long present conditions are expected to last, positive
     * @return the changed settings
     */
    public AdaptSettings withHorizonSeconds(double seconds) {
        return new AdaptSettings(seconds, threshold, evidence, window);
    }

    /**
     * Returns these settings with another threshold.
     *
     * @param share the least gain for which anything moves, from 0 to below 1
     * @return the changed settings
     */
    public AdaptSettings withThreshold(double share) {
        return new AdaptSettings(horizonSeconds, share, evidence, window);
    }

    /**
     * Returns these settings with another evidence.
     *
     * @param sum what the gains above the threshold must add up to, zero or greater
     * @param observations over how many observations at most, at least 1
     * @return the changed settings
     */
    public AdaptSettings withEvidence(double sum, int observations) {
        return new AdaptSettings(horizonSeconds, threshold, sum, observations);
    }
}
