package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every placement that the genetic searches evaluate, against their rules applied to lists. */
class EvolutionTest {

    private static final int GENERATIONS = 40;
    private static final long SEED = 6;

    /** A chain of eight layers on four devices, with transfers, one of which has too little memory for half of it. */
    private static OffloadingProblem problem() {
        Scenario scenario = HandMade.scenario(
                HandMade.seconds(4, 8, 4), HandMade.between(HandMade.chain(0, 3, 1, 4, 1, 5, 1, 2, 6, 1), 0, 1));
        Scenario tight = HandMade.with(scenario, HandMade.device(scenario, 2).withMemoryBytes(35));
        return PlacementRecorder.record(tight, Objective.MEAN);
    }

    private static SearchOptions options(int iterations) {
        return SearchOptions.withDefaults().withSeed(SEED).withStopRule(StopRule.iterations(iterations));
    }

    /** Returns what a search evaluates, without what it evaluates again at its end. */
    private static List<List<Integer>> tried(OffloadingProblem problem, Strategy strategy) {
        PlacementRecorder.take(problem);
        SearchResult result = strategy.search(problem, options(GENERATIONS));
        assertThat(result.iterations()).isEqualTo(GENERATIONS);
        assertThat(result.best()).isPresent();
        return PlacementRecorder.take(problem).subList(0, (int) result.evaluations());
    }

    /** What both searches share: the first generation, and a list of all that was evaluated. */
    private static class Reference {

        final OffloadingProblem problem;
        final Arrangement arrangement;
        final RandomGenerator random = Seeds.generator(SEED);
        final Genes genes;
        final List<List<Integer>> tried = new ArrayList<>();
        private final Evaluation evaluation;

        Reference(OffloadingProblem problem) {
            this.problem = problem;
            arrangement = Arrangement.of(problem);
            genes = new Genes(arrangement, random);
            evaluation = problem.evaluator().newEvaluation();
        }

        List<int[]> first(int size, boolean seeded) {
            PlacementRecorder.take(problem);
            List<int[]> members = new ArrayList<>();
            if (seeded) {
                SearchRun run = SearchRun.start(problem, options(1), "constructive");
                members.addAll(Constructive.placements(problem, run));
                tried.addAll(PlacementRecorder.take(problem));
            }
            RandomPlacement sampler = new RandomPlacement(arrangement);
            while (members.size() < size) {
                int[] drawn = new int[arrangement.layers];
                sampler.draw(random, drawn);
                members.add(drawn);
            }
            members.subList(size, members.size()).clear();
            members.forEach(this::evaluate);
            return members;
        }

        void evaluate(int[] placement) {
            tried.add(Arrays.stream(placement).boxed().toList());
        }

        boolean isBetter(int[] one, int[] other) {
            return score(one).isBetterThan(score(other));
        }

        private Score score(int[] placement) {
            evaluation.evaluate(placement);
            return Score.of(evaluation, problem.fitness());
        }

        int[] best(List<int[]> members) {
            int[] best = members.get(0);
            for (int[] each : members) {
                best = isBetter(each, best) ? each : best;
            }
            return best;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "12, 1, 3, 0.9, 2, true",
        "10, 0, 1, 0.5, 0.4, false",
        "9, 3, 2, 1, 1, true",
        "8, 2, 4, 0, 2.5, false",
        "4, 1, 2, 0.3, 0, true"
    })
    void geneticAlgorithm_anySettings_breedsByItsRules(
            int size, int elite, int tournament, double crossover, double mutation, boolean seeded) {
        OffloadingProblem problem = problem();
        Reference reference = new Reference(problem);
        List<int[]> parents = reference.first(size, seeded);
        for (int generation = 2; generation <= GENERATIONS; generation++) {
            List<int[]> children = survivors(reference, parents, elite);
            while (children.size() < size) {
                int[] child = winner(reference, parents, tournament).clone();
                if (reference.random.nextDouble() < crossover) {
                    reference.genes.cross(child, winner(reference, parents, tournament));
                }
                mutate(reference, child, mutation);
                reference.evaluate(child);
                children.add(child);
            }
            parents = children;
        }

        List<List<Integer>> tried =
                tried(problem, new GeneticAlgorithm(size, elite, tournament, crossover, mutation, seeded));

        assertThat(tried).hasSize(reference.tried.size());
        assertThat(tried.equals(reference.tried)).isTrue();
    }

    private static void mutate(Reference reference, int[] child, double mutation) {
        for (int change = 1; change <= Math.ceil(mutation); change++) {
            if (change <= mutation || reference.random.nextDouble() < mutation - Math.floor(mutation)) {
                reference.genes.mutate(child);
            }
        }
        reference.genes.repair(child);
    }

    private static List<int[]> survivors(Reference reference, List<int[]> parents, int elite) {
        List<int[]> left = new ArrayList<>(parents);
        List<int[]> survivors = new ArrayList<>();
        while (survivors.size() < elite) {
            int[] best = reference.best(left);
            left.removeIf(each -> each == best);
            survivors.add(best);
        }
        return survivors;
    }

    private static int[] winner(Reference reference, List<int[]> parents, int tournament) {
        List<int[]> rivals = new ArrayList<>();
        for (int rival = 0; rival < tournament; rival++) {
            rivals.add(parents.get(reference.random.nextInt(parents.size())));
        }
        return reference.best(rivals);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 1000, 0.9, 0.4, true, true",
        "7, 8, 0.9, 0.4, true, false",
        "1, 5, 0.7, 0.1, true, true",
        "6, 20, 1, 0, false, false",
        "3, 12, 0.2, 0.2, false, true"
    })
    void psoGa_anySettings_movesByItsRules(
            int size, int iterations, double max, double min, boolean repaired, boolean seeded) {
        OffloadingProblem problem = problem();
        PsoGa strategy = new PsoGa(size, iterations, max, min, repaired, seeded);
        Reference reference = new Reference(problem);
        List<int[]> swarm = reference.first(size, seeded);
        List<int[]> bests = new ArrayList<>(swarm);
        for (int iteration = 1; iteration < GENERATIONS; iteration++) {
            int[] leader = reference.best(bests);
            for (int each = 0; each < size; each++) {
                int[] particle = swarm.get(each).clone();
                move(reference, strategy, particle, List.of(bests.get(each), leader), iteration);
                reference.evaluate(particle);
                swarm.set(each, particle);
                if (reference.isBetter(particle, bests.get(each))) {
                    bests.set(each, particle);
                }
            }
        }

        List<List<Integer>> tried = tried(problem, strategy);

        assertThat(tried).hasSize(reference.tried.size());
        assertThat(tried.equals(reference.tried)).isTrue();
    }

    private static void move(Reference reference, PsoGa strategy, int[] particle, List<int[]> bests, int iteration) {
        double progress = Math.min(1, (double) iteration / strategy.iterations());
        double differing = 0;
        for (int layer = 0; layer < particle.length; layer++) {
            differing += particle[layer] == bests.get(1)[layer] ? 0 : 1.0 / particle.length;
        }
        if (reference.random.nextDouble() < strategy.inertia(differing)) {
            reference.genes.mutateLayer(particle);
        }
        if (reference.random.nextDouble() < 0.9 - 0.7 * progress) {
            reference.genes.cross(particle, bests.get(0));
        }
        if (reference.random.nextDouble() < 0.4 + 0.5 * progress) {
            reference.genes.cross(particle, bests.get(1));
        }
        if (strategy.repaired()) {
            reference.genes.repair(particle);
        }
    }

    @Test
    void search_oneIteration_reportsTheFirstGeneration() {
        SearchResult genetic = new GeneticAlgorithm(9, 1, 3, 0.9, 2, false).search(problem(), options(1));
        SearchResult swarm = new PsoGa(9, 100, 0.9, 0.4, true, false).search(problem(), options(1));

        assertThat(genetic.evaluations()).isEqualTo(9);
        assertThat(genetic.bestOrClosest()).isPresent();
        assertThat(swarm.evaluations()).isEqualTo(9);
        assertThat(swarm.bestOrClosest()).isPresent();
    }

    @Test
    void geneticAlgorithm_evaluationsUsedUp_stopsAtTheLimit() {
        SearchResult result =
                GeneticAlgorithm.withDefaults().search(problem(), options(50).withStopRule(StopRule.evaluations(333)));

        assertThat(result.evaluations()).isEqualTo(333);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @ParameterizedTest
    @CsvSource({"333", "40"})
    void psoGa_evaluationsUsedUp_stopsAtTheLimit(long limit) {
        SearchResult result =
                PsoGa.withDefaults().search(problem(), options(50).withStopRule(StopRule.evaluations(limit)));

        assertThat(result.evaluations()).isEqualTo(limit);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }
}
