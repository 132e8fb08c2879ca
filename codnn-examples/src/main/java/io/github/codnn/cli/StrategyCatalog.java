package io.github.codnn.cli;

import io.github.codnn.baseline.ConvexRelaxation;
import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.MonteCarloTreeSearch;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.exact.Exact;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.planner.Auto;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import java.util.LinkedHashMap;
import java.util.Map;

/** The strategies by the names that the command line knows them under. */
final class StrategyCatalog {

    private static final Map<String, Strategy> STRATEGIES = strategies();

    private StrategyCatalog() {}

    private static Map<String, Strategy> strategies() {
        Map<String, Strategy> strategies = new LinkedHashMap<>();
        strategies.put("local", LocalOnly.withDefaults());
        strategies.put("single-device", SingleDevice.withDefaults());
        strategies.put("neurosurgeon", Neurosurgeon.withDefaults());
        strategies.put("dads", Dads.withDefaults());
        strategies.put("dnnoff", DnnOff.withDefaults());
        strategies.put("greedy", Greedy.withDefaults());
        strategies.put("random", RandomSearch.withDefaults());
        strategies.put("genetic", GeneticAlgorithm.withDefaults());
        strategies.put("psoga", PsoGa.withDefaults());
        strategies.put("mcts", MonteCarloTreeSearch.withDefaults());
        strategies.put("lp", ConvexRelaxation.withDefaults());
        strategies.put("dbpso-published", Dbpso.asPublished());
        strategies.put("dbpso", Dbpso.withDefaults());
        strategies.put("dblpso-md-published", DblpsoMd.asPublished());
        strategies.put("dblpso-md", DblpsoMd.withDefaults());
        strategies.put("exact", Exact.withDefaults());
        strategies.put("auto", Auto.withDefaults());
        return strategies;
    }

    /** Returns all strategies by name, the plain ones first. */
    static Map<String, Strategy> all() {
        return STRATEGIES;
    }

    /** Returns the strategy of a name. */
    static Strategy named(String name) {
        Strategy strategy = STRATEGIES.get(name);
        if (strategy == null) {
            throw new IllegalArgumentException(
                    "There is no strategy '" + name + "'. There are " + String.join(", ", STRATEGIES.keySet()));
        }
        return strategy;
    }
}
