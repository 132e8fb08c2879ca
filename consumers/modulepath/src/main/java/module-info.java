/** Knows CoDNN by the name of its module only. */
module consumer {
    requires io.github.codnn.optimize;
}
