/** Measures and fits without planning anything. */
module consumer {
    requires io.github.codnn.predict;
}
