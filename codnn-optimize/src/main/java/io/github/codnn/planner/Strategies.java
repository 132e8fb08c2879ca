package io.github.codnn.planner;

import io.github.codnn.NearestNames;
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
import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import java.util.List;
import java.util.Objects;

/** The strategies of this library by name, with their default settings. Immutable and thread-safe. */
public final class Strategies {

    private static final List<Entry> ALL = List.of(
            new Entry("local", LocalOnly.withDefaults(), "everything stays where frames arise", ""),
            new Entry("single-device", SingleDevice.withDefaults(), "everything runs on the best device", ""),
            new Entry("neurosurgeon", Neurosurgeon.withDefaults(), "one cut, two sides", "Kang et al., ASPLOS 2017"),
            new Entry(
                    "dads",
                    Dads.withDefaults(),
                    "minimum cut under light load, scaled minimum cuts under heavy load; the cut cannot go back and"
                            + " forth",
                    "Hu et al., INFOCOM 2019"),
            new Entry(
                    "dnnoff",
                    DnnOff.withDefaults(),
                    "least time of a single frame, a decision per layer, from terminal over edge to cloud",
                    "after Chen et al., IEEE TII 2021"),
            new Entry(
                    "greedy",
                    Greedy.withDefaults(),
                    "from the best whole offload, the split of a stage that helps most, as long as one does",
                    ""),
            new Entry("random", RandomSearch.withDefaults(), "random stages", ""),
            new Entry(
                    "genetic", GeneticAlgorithm.withDefaults(), "genetic algorithm, a gene per layer, with repair", ""),
            new Entry(
                    "psoga",
                    PsoGa.withDefaults(),
                    "swarm with the operators of a genetic algorithm",
                    "Lin et al., IEEE TII 2020"),
            new Entry(
                    "mcts",
                    MonteCarloTreeSearch.withDefaults(),
                    "UCT, stage by stage: a device, then where the stage ends",
                    "Kocsis and Szepesvari, 2006"),
            new Entry(
                    "lp",
                    ConvexRelaxation.withDefaults(),
                    "linear program that divides layers among devices, rounded many times",
                    ""),
            new Entry(
                    "dbpso-published",
                    Dbpso.asPublished(),
                    "the swarm as the CoDNN paper describes it",
                    "the CoDNN paper, section 4.2"),
            new Entry(
                    "dbpso",
                    Dbpso.withDefaults(),
                    "the swarm on device orders and cuts, seeded with the constructive answers, with local search",
                    ""),
            new Entry(
                    "dblpso-md-published",
                    DblpsoMd.asPublished(),
                    "the swarm with Levy flights for several tasks, on real positions; no seeds, repair, local search",
                    "the CoDNN paper, section 4.3"),
            new Entry(
                    "dblpso-md",
                    DblpsoMd.withDefaults(),
                    "the swarm with Levy flights, seeded with the constructive answers, with repair and local search",
                    ""),
            new Entry(
                    "exact",
                    Exact.withDefaults(),
                    "exact, one task: period, response, mean time, energy or price of any network on few different"
                            + " devices; the period with one stage per device also on many",
                    ""),
            new Entry(
                    "auto",
                    Auto.withDefaults(),
                    "in blocks first, exactly where a proof is near and by a swarm elsewhere, then layer by layer",
                    ""));

    private Strategies() {}

    /**
     * A strategy with its name.
     *
     * @param name its name in files and on the command line
     * @param strategy the strategy
     * @param description what it does, in one phrase
     * @param source where it was published, empty text for what this library made or everybody knows
     */
    public record Entry(String name, Strategy strategy, String description, String source) {

        /** Checks the components. */
        public Entry {
            Checks.notBlank(name, "name");
            Objects.requireNonNull(strategy, "strategy");
            Checks.notBlank(description, "description");
            Objects.requireNonNull(source, "source");
        }
    }

    /**
     * Returns all strategies that have a name.
     *
     * @return the strategies, the simple ones first
     */
    public static List<Entry> all() {
        return ALL;
    }

    /**
     * Finds a strategy by its name.
     *
     * @param name the name, such as {@code dbpso}
     * @return the strategy with its default settings
     * @throws IllegalArgumentException if there is none of that name; the message lists the names
     */
    public static Strategy named(String name) {
        return ALL.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Entry::strategy)
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = ALL.stream().map(Entry::name).toList();
                    return new IllegalArgumentException(
                            "There is no strategy '" + name + "'." + NearestNames.choice(name, names));
                });
    }
}
