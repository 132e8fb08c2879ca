package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.codnn.collapse.FrequentSubgraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.exact.ExactPareto;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.exact.Exhaustive;
import io.github.codnn.json.PlanJson;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Task;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.LocalImprovement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The searches of {@link GoldenPlansTest}: each makes a document of a problem, with public methods only. */
final class GoldenSearches {

    private static final long SEED = 20;
    private static final SearchOptions OPTIONS = SearchOptions.withDefaults()
            .withSeed(SEED)
            .withStopRule(StopRule.evaluations(400).or(StopRule.iterations(400)));

    /** The loads of links and media, which follow from the plan; not the links of the problem, which stand deeper. */
    private static final Pattern LOADS =
            Pattern.compile("(?ms)^  \"links\" : \\[.*?\\],\n  \"media\" : \\[.*?\\],\n(?=  \"notices\")");

    private GoldenSearches() {}

    /** Returns the searches by name; names have no spaces. */
    static Map<String, Function<OffloadingProblem, String>> all() {
        Map<String, Function<OffloadingProblem, String>> searches = new LinkedHashMap<>();
        strategies().forEach((name, strategy) -> searches.put(name, problem -> plan(strategy, problem)));
        fronts().forEach((name, search) -> {
            searches.put(name + "-2", problem -> front(search, problem, pair(problem)));
            searches.put(name + "-3", problem -> front(search, problem, triple(problem)));
        });
        return searches;
    }

    private static Map<String, Strategy> strategies() {
        Map<String, Strategy> strategies = new LinkedHashMap<>();
        strategies.put("LocalOnly", LocalOnly.withDefaults());
        strategies.put("SingleDevice", SingleDevice.withDefaults());
        strategies.put("Greedy", Greedy.withDefaults());
        strategies.put("RandomSearch", RandomSearch.withDefaults());
        strategies.put("Neurosurgeon", Neurosurgeon.withDefaults());
        strategies.put("Neurosurgeon-energy", Neurosurgeon.withDefaults().withCriterion(Neurosurgeon.Criterion.ENERGY));
        strategies.put("Dads", Dads.withDefaults());
        strategies.put("DnnOff", DnnOff.withDefaults());
        strategies.put("GeneticAlgorithm", GeneticAlgorithm.withDefaults());
        strategies.put("PsoGa", PsoGa.withDefaults());
        strategies.put("PsoGa-published", PsoGa.asPublished());
        strategies.put("MonteCarloTreeSearch", MonteCarloTreeSearch.withDefaults());
        strategies.put("ConvexRelaxation", ConvexRelaxation.withDefaults());
        strategies.put("Dbpso", Dbpso.withDefaults());
        strategies.put("Dbpso-published", Dbpso.asPublished());
        strategies.put("Dbpso-executor", GoldenSearches::onOneThread);
        strategies.put("DblpsoMd", DblpsoMd.withDefaults());
        strategies.put("DblpsoMd-published", DblpsoMd.asPublished());
        strategies.put("ExactPipeline", ExactPipeline.withDefaults());
        strategies.put("ExactDag", ExactDag.withDefaults());
        strategies.put("Exact", Exact.withDefaults());
        strategies.put("Exhaustive", Exhaustive.withDefaults());
        strategies.put("LocalImprovement", GoldenSearches::improveScattered);
        strategies.put("OneAfterAnother", OneAfterAnother.withDefaults());
        strategies.put("Lexicographic", Lexicographic.of(Objective.PRICE, Objective.ENERGY));
        strategies.put("Auto", Auto.withDefaults());
        strategies.put("Planner", planning(Planner.withDefaults()));
        strategies.put("Planner-greedy", planning(Planner.withDefaults().withStrategy(Greedy.withDefaults())));
        strategies.put(
                "Planner-blocks",
                planning(Planner.withDefaults()
                        .withStrategy(Dbpso.withDefaults())
                        .withCollapser(FrequentSubgraphCollapser.withDefaults())));
        return strategies;
    }

    private static Map<String, ParetoSearch> fronts() {
        Map<String, ParetoSearch> fronts = new LinkedHashMap<>();
        fronts.put("ExactPareto", ExactPareto.withDefaults());
        fronts.put("AutoPareto", AutoPareto.withDefaults());
        fronts.put("ParetoSwarm", ParetoSwarm.withDefaults());
        return fronts;
    }

    private static Strategy planning(Planner planner) {
        return (problem, options) -> planner.withOptions(options).plan(problem.scenario(), problem.fitness());
    }

    private static SearchResult onOneThread(OffloadingProblem problem, SearchOptions options) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            return Dbpso.withDefaults().search(problem, options.withExecutor(executor));
        } finally {
            executor.shutdown();
        }
    }

    /** Starts from layers on devices in turn. */
    private static SearchResult improveScattered(OffloadingProblem problem, SearchOptions options) {
        List<String> devices = problem.scenario().deviceNames();
        Map<String, Map<String, String>> placement = new LinkedHashMap<>();
        for (Task task : problem.scenario().workload().tasks()) {
            Map<String, String> deviceByLayer = new LinkedHashMap<>();
            task.graph().layers().forEach(layer -> {
                String device = devices.get(deviceByLayer.size() % devices.size());
                deviceByLayer.put(layer.name(), device);
            });
            placement.put(task.name(), deviceByLayer);
        }
        return LocalImprovement.of(new Placement(placement)).search(problem, options);
    }

    private static String plan(Strategy strategy, OffloadingProblem problem) {
        SearchResult result = strategy.search(problem, OPTIONS);
        Optional<Plan> plan = result.best().or(result::closest);
        return plan.map(any -> withoutTrust(PlanJson.render(any, OptionalDouble.empty())))
                .orElseGet(() -> "{\n  \"evaluations\" : " + result.evaluations() + "\n  \"stopReason\" : \""
                        + result.stopReason() + "\"\n}");
    }

    /** The golden file holds plans; loads, and that the work of its problems is known, are not part of them. */
    private static String withoutTrust(String json) {
        String trust = "  \"notices\" : [ ],\n  \"unknownShare\" : 0.0,\n  \"unknownLayers\" : [ ],\n";
        String plan = LOADS.matcher(json).replaceAll("");
        assertThat(plan).contains(trust);
        // Digests are of files with a field that plans of all layers do not have any more.
        String strategy = "  \"strategy\" :";
        String searched = plan.contains("blockBound") ? strategy : "  \"boundCovers\" : \"ALL_PLANS\",\n" + strategy;
        return plan.replace(trust, "").replace(strategy, searched);
    }

    private static List<Objective> pair(OffloadingProblem problem) {
        Objective first = problem.objective().orElse(Objective.PERIOD);
        return List.of(first, first == Objective.ENERGY ? Objective.PRICE : Objective.ENERGY);
    }

    private static List<Objective> triple(OffloadingProblem problem) {
        Objective first = problem.objective().orElse(Objective.PERIOD);
        return switch (first) {
            case RESPONSE -> List.of(first, Objective.PERIOD, Objective.PRICE);
            case ENERGY -> List.of(first, Objective.MEAN, Objective.PRICE);
            case PRICE -> List.of(first, Objective.RESPONSE, Objective.ENERGY);
            default -> List.of(first, Objective.RESPONSE, Objective.ENERGY);
        };
    }

    /** Writes hexadecimal digits, which all versions of Java agree on. */
    private static String front(ParetoSearch search, OffloadingProblem problem, List<Objective> objectives) {
        ParetoFront front = search.search(problem, objectives, OPTIONS);
        StringBuilder text = new StringBuilder("{\n");
        text.append("  \"value\" : ")
                .append(Double.toHexString(front.hypervolume()))
                .append('\n');
        text.append("  \"evaluations\" : ").append(front.plans().size()).append('\n');
        text.append("  \"stopReason\" : \"").append(front.epsilon() == 0 ? "COMPLETE" : "OPEN");
        text.append("\"\n  \"epsilon\" : ").append(Double.toHexString(front.epsilon()));
        text.append("\n  \"boundCovers\" : \"").append(front.scope().name()).append("\"\n");
        front.plans()
                .forEach(plan ->
                        text.append(withoutTrust(PlanJson.renderOutcome(plan))).append('\n'));
        return text.append("}").toString();
    }
}
