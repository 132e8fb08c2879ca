package io.github.codnn.strategy;

/** How good a placement is, by Deb's rules: violation first, then value. */
record Score(double value, double violation) {}
