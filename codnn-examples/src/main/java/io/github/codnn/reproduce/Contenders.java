package io.github.codnn.reproduce;

import static io.github.codnn.reproduce.Contender.rule;
import static io.github.codnn.reproduce.Contender.seeded;
import static io.github.codnn.reproduce.Contender.unseeded;

import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.LevyFlight;
import io.github.codnn.swarm.Velocity;
import java.util.ArrayList;
import java.util.List;

/** The strategies of the comparisons. Published swarms have an inertia that falls over their whole budget. */
final class Contenders {

    /** The published swarms. */
    static final String PUBLISHED = "swarm as published";

    /** Our defaults, started from nothing. */
    static final String OURS = "swarm with our defaults";

    /** Our defaults, started from the same plans as their rivals. */
    static final String OURS_SEEDED = OURS + ", seeded";

    /** The two strategies that the paper names. */
    static final List<String> NAMED = List.of("Neurosurgeon", "DNNOff-style");

    /** What is added to the name of a swarm without flights. */
    static final String PLAIN = " without flights";

    /** What is added to the name of a swarm with normally distributed flights of the same mean reach. */
    static final String LIGHT = " with light-tailed flights";

    /** The published swarm for many tasks with discrete positions. */
    static final String GENES = "swarm with genes";

    private static final Velocity FITTED = Velocity.linear(1000).fittedToBudget();

    private static final List<Contender> SEARCHES = List.of(
            unseeded("random search", RandomSearch.withDefaults()),
            unseeded("genetic algorithm", GeneticAlgorithm.withDefaults().withSeeded(false)),
            unseeded("PSO-GA", PsoGa.withDefaults().withSeeded(false)),
            seeded("genetic algorithm", GeneticAlgorithm.withDefaults()),
            seeded("PSO-GA", PsoGa.withDefaults()));

    /** The swarm for one task and its rivals. */
    static final List<Contender> SINGLE = joined(List.of(
            List.of(
                    rule("all on the terminal", LocalOnly.withDefaults()),
                    rule("best single device", SingleDevice.withDefaults()),
                    rule("Neurosurgeon", Neurosurgeon.withDefaults()),
                    rule("DNNOff-style", DnnOff.withDefaults()),
                    rule("DADS", Dads.withDefaults()),
                    rule("greedy", Greedy.withDefaults())),
            SEARCHES,
            List.of(
                    unseeded(PUBLISHED, Dbpso.asPublished().withVelocity(FITTED)),
                    unseeded(PUBLISHED + ", inertia over 1,000 iterations", Dbpso.asPublished()),
                    unseeded(OURS, Dbpso.withDefaults().withSeeded(false)),
                    seeded(OURS, Dbpso.withDefaults()))));

    /** The swarm for many tasks and its rivals. */
    static final List<Contender> MANY = many();

    private Contenders() {}

    /** Returns few contenders for what is asked about plans, not about strategies. */
    static List<Contender> few() {
        return SINGLE.stream()
                .filter(contender ->
                        List.of("random search", PUBLISHED, OURS_SEEDED).contains(contender.name()))
                .toList();
    }

    private static List<Contender> many() {
        List<Contender> all =
                new ArrayList<>(joined(List.of(List.of(rule("greedy", Greedy.withDefaults())), SEARCHES)));
        addWithTwins(all, PUBLISHED, DblpsoMd.asPublished().withVelocity(FITTED));
        addWithTwins(all, GENES, DblpsoMd.withGenes().withVelocity(FITTED));
        addWithTwins(all, OURS, DblpsoMd.withDefaults().withGuided(false));
        all.add(seeded(OURS, DblpsoMd.withDefaults()));
        return all;
    }

    private static void addWithTwins(List<Contender> all, String name, DblpsoMd swarm) {
        LevyFlight flight = swarm.flight().orElseGet(LevyFlight::withDefaults);
        all.add(unseeded(name, swarm.withFlight(flight)));
        all.add(unseeded(name + PLAIN, swarm.withoutFlights()));
        all.add(unseeded(name + LIGHT, swarm.withFlight(flight.withLightTail())));
    }

    private static List<Contender> joined(List<List<Contender>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    /** Returns rivals of the same kind that are no swarm of this paper. */
    static List<String> rivals(List<Contender> all, Contender.Kind kind) {
        return all.stream()
                .filter(contender -> contender.kind() == kind)
                .map(Contender::name)
                .filter(name -> !name.startsWith(PUBLISHED) && !name.startsWith(GENES) && !name.startsWith(OURS))
                .toList();
    }
}
