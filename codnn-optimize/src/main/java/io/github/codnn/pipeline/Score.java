package io.github.codnn.pipeline;

/** How good a placement is, by Deb's rules: violation first, then value. */
public record Score(double value, double violation) {}
