package io.github.codnn.reproduce;

/**
 * A share of successes, with E. B. Wilson's interval (1927).
 *
 * @param successes how many trials succeeded
 * @param trials how many there were, at least one
 */
record Share(long successes, long trials) {

    private static final double NORMAL_QUANTILE = 1.959963984540054; // of 97.5 %

    double value() {
        return (double) successes / trials;
    }

    double lower() {
        return Math.max(0, centre() - reach());
    }

    double upper() {
        return Math.min(1, centre() + reach());
    }

    private double centre() {
        return (successes + NORMAL_QUANTILE * NORMAL_QUANTILE / 2) / (trials + NORMAL_QUANTILE * NORMAL_QUANTILE);
    }

    private double reach() {
        double square = NORMAL_QUANTILE * NORMAL_QUANTILE;
        double variance = value() * (1 - value()) * trials + square / 4;
        return NORMAL_QUANTILE * Math.sqrt(variance) / (trials + square);
    }

    /** Renders the share and its 95 % interval. */
    String interval() {
        return Table.percent(value()) + " [" + Table.percent(lower()) + ", " + Table.percent(upper()) + "]";
    }
}
