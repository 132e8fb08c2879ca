/**
 * Strategies that search for the best plan, with proven bounds.
 *
 * <p>The packages of the engines behind them are not exported.
 */
module io.github.codnn.optimize {
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires transitive io.github.codnn.core;
    requires org.jgrapht.core;
    requires static org.jspecify;

    exports io.github.codnn.adapt;
    exports io.github.codnn.baseline;
    exports io.github.codnn.benchmark;
    exports io.github.codnn.exact;
    exports io.github.codnn.optimize;
    exports io.github.codnn.planner;
    exports io.github.codnn.problem;
    exports io.github.codnn.swarm;
}
