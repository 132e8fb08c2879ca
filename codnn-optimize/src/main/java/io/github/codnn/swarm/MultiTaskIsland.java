package io.github.codnn.swarm;

import io.github.codnn.internal.SerialForms;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An island of {@link DblpsoMd}. Belongs to one thread at a time; all that it does follows from its seeds. */
final class MultiTaskIsland implements Archipelago.Isle<MultiTaskParticle> {

    private final DblpsoMd settings;
    private final OffloadingProblem problem;
    private final Arrangement arrangement;
    private final FlightGenes genes;
    private final RandomPlacement sampler;
    private final Scorer scorer;
    private final LocalSearch search;
    private final MultiTaskParticle[] flyers;
    private final LocalMoves localMoves; // the fewer the smaller the problem: then it is better to start again
    private final int patience;
    private long iteration;
    private int leader;

    MultiTaskIsland(
            DblpsoMd settings,
            OffloadingProblem problem,
            Arrangement arrangement,
            Optional<Pipelines> pipelines,
            long[] seeds) {
        this.settings = settings;
        this.problem = problem;
        this.arrangement = arrangement;
        genes = new FlightGenes(settings, arrangement);
        sampler = new RandomPlacement(arrangement);
        scorer = new Scorer(problem);
        search = pipelines
                .<LocalSearch>map(tasks -> TaskMoves.annealing(tasks, arrangement, scorer, settings.flight()))
                .orElseGet(() -> StageMoves.annealing(arrangement, scorer));
        flyers = new MultiTaskParticle[seeds.length];
        for (int each = 0; each < seeds.length; each++) {
            flyers[each] = new MultiTaskParticle(seeds[each], arrangement.layers);
        }
        long neighbours = (long) arrangement.layers * arrangement.devices;
        long most = pipelines.isPresent() ? neighbours : LocalMoves.mostOverAllLayers(arrangement);
        localMoves = LocalMoves.of(settings.annealing().moves(), most, arrangement);
        patience = settings.flight().map(LevyFlight::patience).orElse(Integer.MAX_VALUE);
    }

    @Override
    public void populate(List<int[]> known) {
        for (int each = 0; each < flyers.length; each++) {
            MultiTaskParticle flyer = flyers[each];
            if (each < known.size()) {
                System.arraycopy(known.get(each), 0, flyer.position, 0, arrangement.layers);
            } else {
                place(flyer);
            }
            rate(flyer);
            leader = flyers[each].isBetterThan(flyers[leader]) ? each : leader;
        }
    }

    private void place(MultiTaskParticle flyer) {
        if (settings.guided()) {
            sampler.draw(flyer.random, flyer.position);
        } else {
            genes.scatter(flyer);
        }
    }

    @Override
    public IslandState<MultiTaskParticle> call() throws InterruptedException {
        for (int step = 0; step < settings.swarm().migrationInterval(); step++) {
            Archipelago.checkInterrupted();
            double inertia = settings.velocity().inertia(iteration++);
            for (int each = 0; each < flyers.length; each++) {
                if (each != leader && flyers[each].failures >= patience) {
                    flyers[each].forget();
                    place(flyers[each]);
                } else {
                    genes.move(flyers[each], flyers[leader].best, inertia);
                }
                rate(flyers[each]);
                leader = flyers[each].isBetterThan(flyers[leader]) ? each : leader;
            }
        }
        return state();
    }

    private IslandState<MultiTaskParticle> state() {
        return new IslandState<>(Arrays.asList(flyers), leader, iteration, scorer.findings(), sampler.deck());
    }

    @Override
    public void resume(IslandState<MultiTaskParticle> state) {
        state.copyParticles(flyers);
        for (MultiTaskParticle flyer : flyers) {
            if (!flyer.fits(arrangement.layers, arrangement.devices)) {
                throw new IllegalArgumentException("A particle does not fit the problem");
            }
        }
        scorer.resume(state.findings());
        sampler.takeDeck(state.deck());
        leader = state.leader();
        iteration = state.iteration();
    }

    @Override
    public Serializable parts() {
        return new Parts(settings, problem, state());
    }

    /**
     * What of an island is written; all else is made anew where it is read.
     *
     * @param settings of the swarm
     * @param problem that is searched
     * @param state of the particles
     * @serial exclude
     */
    private record Parts(DblpsoMd settings, OffloadingProblem problem, IslandState<MultiTaskParticle> state)
            implements Serializable {

        private Object readResolve() throws ObjectStreamException {
            return SerialForms.resolve(() -> {
                long[] seeds = new long[state.particles().size()];
                MultiTaskIsland flock = new MultiTaskIsland(
                        settings, problem, Arrangement.of(problem), settings.pipelines(problem), seeds);
                flock.resume(state);
                return new Archipelago.Job<>(flock);
            });
        }
    }

    private void rate(MultiTaskParticle flyer) {
        scorer.score(flyer.position);
        Score score = scorer.last();
        int moves = localMoves.at(iteration);
        if (moves > 0) {
            double heat = settings.annealing().temperature()
                    * moves
                    / settings.annealing().moves(); // short walks only go down
            search.improve(flyer.position, score, flyer.random, moves, heat);
            score = search.best();
        }
        flyer.remember(score);
    }

    @Override
    public void welcome(MultiTaskParticle guest) {
        int worst = 0;
        for (int each = 1; each < flyers.length; each++) {
            worst = flyers[worst].isBetterThan(flyers[each]) ? each : worst;
        }
        if (guest.isBetterThan(flyers[worst])) {
            flyers[worst].learn(guest);
            leader = flyers[worst].isBetterThan(flyers[leader]) ? worst : leader;
        }
    }

    @Override
    public MultiTaskParticle leader() {
        return flyers[leader];
    }

    @Override
    public void report(SearchRun run) {
        scorer.report(run);
    }
}
