package io.github.codnn.run;

/**
 * Measured times.
 *
 * @param count how many were measured
 * @param meanSeconds their mean, exact; NaN if there are none
 * @param medianSeconds their median, to half a per cent
 * @param p95Seconds the time that 95 % do not exceed, to half a per cent
 * @param p99Seconds the time that 99 % do not exceed, to half a per cent
 */
public record Times(long count, double meanSeconds, double medianSeconds, double p95Seconds, double p99Seconds) {}
