package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import io.github.codnn.testproblems.ScriptedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How particles of genes and tasks move, against their equations drawn from a generator of the same seed. */
class ParticlesTest {

    private static final int LAYERS = 9;

    /** Chains of four, three and two layers on four devices. */
    private static Scenario scenario() {
        return HandMade.scenario(
                HandMade.seconds(3, LAYERS, 4),
                HandMade.chain(0, new long[5]),
                HandMade.chain(4, new long[4]),
                HandMade.chain(7, new long[3]));
    }

    private static final Arrangement ARRANGEMENT = Arrangement.of(OffloadingProblem.of(scenario(), Objective.PERIOD));

    private static int[] digits(String text) {
        return text.chars().map(digit -> digit - '0').toArray();
    }

    private static Particle<GeneVelocity> particle(long seed, String position, String best) {
        Particle<GeneVelocity> particle = new Particle<>(new SplitMix(seed), LAYERS, new GeneVelocity());
        System.arraycopy(digits(position), 0, particle.position, 0, LAYERS);
        System.arraycopy(digits(best), 0, particle.best, 0, LAYERS);
        return particle;
    }

    @ParameterizedTest
    @CsvSource({
        "000000000, 2 3 1, 003310000, 7 4 4", // from layer 2 on, in the first task and in the second
        "000000000, 0 2, 222000000, 7 4",
        "000000000, 4 3, 000033300, 7 4",
        "000000000, 6 1 2, 000000122, 7 4 4"
    })
    void redraw_consecutiveGenes_getOneDeviceForEachTask(String before, String script, String after, String bounds) {
        int[] position = digits(before);
        Object[] numbers =
                Arrays.stream(script.split(" ")).map(Integer::valueOf).toArray();
        ScriptedRandom random = ScriptedRandom.of(numbers);

        new FlightGenes(DblpsoMd.withGenes(), ARRANGEMENT).redraw(position, 3, random);

        assertThat(position).containsExactly(digits(after));
        assertThat(random.isUsedUp()).isTrue();
        assertThat(random.bounds().stream().map(Object::toString).collect(Collectors.joining(" ")))
                .isEqualTo(bounds);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void genes_move_followsBothBestsAndDrawsSome(long seed) {
        DblpsoMd settings = DblpsoMd.withGenes()
                .withVelocity(Velocity.linear(9).withCoefficients(1.2, 0.8).withMaxVelocity(seed % 2 == 0 ? 1 : 0.3))
                .withGuided(seed % 3 == 0);
        settings = seed % 4 < 2 ? settings : settings.withoutFlights();
        Particle<GeneVelocity> particle = particle(seed, "012301230", "000111222");
        FlightGenes genes = new FlightGenes(settings, ARRANGEMENT);
        int[] attractor = digits("333333333");
        int[] expected = particle.position.clone();
        SplitMix random = new SplitMix(seed);
        double speed = 0;
        for (int step = 0; step < 4; step++) {
            int free = free(settings, speed, random);
            double own = 1.2 * random.nextDouble() * differing(expected, particle.best);
            int followed = follow(expected, particle.best, own, random);
            double social = 0.8 * random.nextDouble() * differing(expected, attractor);
            followed += follow(expected, attractor, social, random);
            genes.redraw(expected, free, random);
            if (settings.guided()) {
                new StageRepair(ARRANGEMENT).repair(expected);
            }
            speed = Math.min(settings.velocity().maxVelocity() * LAYERS, free + followed);

            genes.move(particle, attractor, 0.6);

            assertThat(particle.position).containsExactly(expected);
            assertThat(particle.velocity.genes).isEqualTo(speed);
        }
    }

    private static int free(DblpsoMd settings, double speed, SplitMix random) {
        return settings.flight()
                .map(flight -> flight.genes(flight.lengths().nextSize(random), 0.6, LAYERS))
                .orElseGet(() -> Math.max(1, (int) (0.6 * speed)));
    }

    private static int differing(int[] one, int[] other) {
        return (int) IntStream.range(0, one.length)
                .filter(gene -> one[gene] != other[gene])
                .count();
    }

    /** Copies so many genes that differ, rounded, from a random one on. */
    private static int follow(int[] position, int[] other, double wanted, SplitMix random) {
        int start = random.nextInt(LAYERS);
        int left = (int) Math.ceil(wanted - 0.5);
        int copied = 0;
        for (int gene = start; gene < start + LAYERS && copied < left; gene++) {
            if (position[gene % LAYERS] != other[gene % LAYERS]) {
                position[gene % LAYERS] = other[gene % LAYERS];
                copied++;
            }
        }
        return copied;
    }

    @Test
    void genes_scatter_drawsGenesThenTheVelocity() {
        DblpsoMd settings = DblpsoMd.withGenes().withVelocity(Velocity.linear(9).withMaxVelocity(0.4));
        Particle<GeneVelocity> particle = particle(5, "000000000", "000000000");
        SplitMix random = new SplitMix(5);

        new FlightGenes(settings, ARRANGEMENT).scatter(particle);

        for (int gene = 0; gene < LAYERS; gene++) {
            assertThat(particle.position[gene]).isEqualTo(random.nextInt(4));
        }
        assertThat(particle.velocity.genes).isEqualTo(random.nextDouble() * 0.4 * LAYERS, within(1e-12));
    }

    @Test
    void tasks_move_takesTasksOfTheBestAndJumps() {
        for (long seed = 0; seed < 60; seed++) {
            DblpsoMd some = DblpsoMd.withTaskJumps()
                    .withFlight(LevyFlight.withDefaults().withScale(0.4))
                    .withGuided(seed % 2 == 0)
                    .withVelocity(Velocity.constriction().withCoefficients(1, 0.9));
            DblpsoMd settings = seed % 5 == 0 ? some.withoutFlights() : some;
            FlightGenes genes = new FlightGenes(settings, ARRANGEMENT);
            Particle<GeneVelocity> particle = particle(seed, "000000000", "001122233");
            int[] attractor = seed % 7 == 0 ? particle.best : digits("333311100");
            SplitMix random = new SplitMix(seed);
            int[] expected = jumped(settings, genes, particle.best, attractor, random);

            new TaskFlights(settings, ARRANGEMENT, genes).move(particle, attractor);

            assertThat(particle.position).as("seed " + seed).containsExactly(expected);
        }
    }

    private static int[] jumped(DblpsoMd settings, FlightGenes genes, int[] own, int[] attractor, SplitMix random) {
        int[] ends = {0, 4, 7, 9};
        int[] position = own.clone();
        double share = 0.9 * random.nextDouble();
        for (int task = 0; task < 3 && attractor != own; task++) {
            if (random.nextDouble() < share) {
                System.arraycopy(attractor, ends[task], position, ends[task], ends[task + 1] - ends[task]);
            }
        }
        Optional<LevyFlight> flight = settings.flight();
        double size = flight.map(each -> each.lengths().nextSize(random)).orElse(0.0);
        int kind = random.nextInt(4);
        int all = kind == 0 ? 3 : kind == 1 ? 4 : LAYERS;
        int count = flight.map(each -> each.genes(size, 1, all)).orElse(1);
        for (int each = 0; each < count && kind < 2; each++) {
            if (kind == 0) {
                int task = random.nextInt(3);
                int device = random.nextBoolean() ? random.nextInt(4) : position[random.nextInt(LAYERS)];
                Arrays.fill(position, ends[task], ends[task + 1], device);
            } else {
                empty(position, ends, random);
            }
        }
        if (kind >= 2) {
            genes.redraw(position, count, random);
        }
        if (settings.guided()) {
            new StageRepair(ARRANGEMENT).repair(position);
        }
        return position;
    }

    /** What each task has on a device in use goes to another one in use. */
    private static void empty(int[] position, int[] ends, SplitMix random) {
        int from = position[random.nextInt(LAYERS)];
        for (int task = 0; task < 3; task++) {
            int to = position[random.nextInt(LAYERS)];
            for (int layer = ends[task]; layer < ends[task + 1]; layer++) {
                position[layer] = position[layer] == from ? to : position[layer];
            }
        }
    }

    @Test
    void geneParticles_withoutLocalSearch_scoreWhereTheyAre() {
        OffloadingProblem problem = PlacementRecorder.record(scenario(), Objective.MEAN);
        DblpsoMd settings = DblpsoMd.withGenes();
        GeneParticles model = new GeneParticles(settings, problem, Arrangement.of(problem), Optional.empty());
        Particle<GeneVelocity> particle = model.newParticle(4);
        PlacementRecorder.take(problem);
        model.beginStep(0.5, 1);

        model.start(particle, digits("001122233"));
        model.move(particle, digits("333311100"));
        int[] moved = particle.position.clone();
        model.start(particle);

        List<List<Integer>> tried = PlacementRecorder.take(problem);
        assertThat(tried).hasSize(3);
        assertThat(tried.get(0)).containsExactly(0, 0, 1, 1, 2, 2, 2, 3, 3);
        assertThat(tried.get(1)).isEqualTo(Arrays.stream(moved).boxed().toList());
        assertThat(tried.get(2))
                .isEqualTo(Arrays.stream(particle.position).boxed().toList());
        assertThat(model.evaluationsPerParticle(5)).isEqualTo(3);
        assertThat(model.fits(particle)).isTrue();
    }

    @Test
    void geneParticles_relocated_forgetTheirBest() {
        OffloadingProblem problem = OffloadingProblem.of(scenario(), Objective.MEAN);
        GeneParticles model =
                new GeneParticles(DblpsoMd.withGenes(), problem, Arrangement.of(problem), Optional.empty());
        Particle<GeneVelocity> particle = model.newParticle(4);
        model.beginStep(0.5, 1);
        for (int each = 0; each < 20; each++) {
            model.relocate(particle);
            assertThat(particle.best).containsExactly(particle.position);
            assertThat(particle.failures()).isZero();
        }
    }

    @Test
    void geneParticles_localSearch_improvesWithTheMovesOfTheStep() {
        OffloadingProblem problem = PlacementRecorder.record(scenario(), Objective.MEAN);
        DblpsoMd settings = DblpsoMd.withDefaults();
        Optional<Pipelines> pipelines = settings.pipelines(problem);
        GeneParticles model = new GeneParticles(settings, problem, Arrangement.of(problem), pipelines);
        Particle<GeneVelocity> particle = model.newParticle(4);
        PlacementRecorder.take(problem);
        model.beginStep(0.5, 0);

        model.start(particle, digits("000000000"));

        // The position, once more as pipelines, and up to 16 moves less that one.
        assertThat(pipelines).isPresent();
        assertThat(model.scorer().count()).isBetween(10L, 17L);
        assertThat(model.evaluationsPerParticle(0)).isEqualTo(3 + 16);
        assertThat(model.evaluationsPerParticle(1)).isEqualTo(3 + 32);
        assertThat(model.evaluationsPerParticle(20)).isEqualTo(3 + LAYERS * 4); // a move for each neighbour
        assertThat(model.firstLeader(List.of(particle))).isZero();
        Particle<GeneVelocity> worse = model.newParticle(5);
        assertThat(model.firstLeader(List.of(worse, particle))).isEqualTo(1);
        assertThat(model.firstLeader(List.of(particle, worse))).isZero();
    }

    @Test
    void rules_ofBothModels_areThoseOfTheSettings() {
        OffloadingProblem problem = OffloadingProblem.of(scenario(), Objective.MEAN);
        DblpsoMd settings = DblpsoMd.withDefaults().withIslands(4, 6);
        Arrangement arrangement = Arrangement.of(problem);

        assertThat(new GeneParticles(settings, problem, arrangement, Optional.empty()).rules())
                .isEqualTo(new ParticleModel.Rules(6, settings.velocity(), Topology.GLOBAL, 3, false));
        assertThat(new GeneParticles(DblpsoMd.withTaskJumps().withoutFlights(), problem, arrangement, Optional.empty())
                        .rules())
                .isEqualTo(new ParticleModel.Rules(
                        1, DblpsoMd.withTaskJumps().velocity(), Topology.GLOBAL, Integer.MAX_VALUE, true));
        Dbpso keys = Dbpso.withDefaults().withTopology(Topology.RING).withIslands(2, 5);
        assertThat(new KeyParticles(keys, Optional.empty(), problem, arrangement).rules())
                .isEqualTo(new ParticleModel.Rules(5, keys.velocity(), Topology.RING, Integer.MAX_VALUE, true));
    }

    @Test
    void keyParticles_knownPlacement_isScoredItselfAndEncodedIfSeeded() {
        OffloadingProblem problem = PlacementRecorder.record(scenario(), Objective.MEAN);
        Dbpso settings = Dbpso.withDefaults().withLocalSearch(0, 0);
        for (boolean seeded : new boolean[] {true, false}) {
            KeyParticles model =
                    new KeyParticles(settings.withSeeded(seeded), Optional.empty(), problem, Arrangement.of(problem));
            Particle<KeyVelocity> particle = model.newParticle(4);
            PlacementRecorder.take(problem);
            model.beginStep(0.5, 1);

            model.start(particle, digits("001122233"));

            List<List<Integer>> tried = PlacementRecorder.take(problem);
            assertThat(tried).hasSize(seeded ? 1 : 2);
            assertThat(tried.get(0)).containsExactly(0, 0, 1, 1, 2, 2, 2, 3, 3);
            assertThat(model.fits(particle)).isTrue();
            assertThat(model.firstLeader(List.of(particle))).isZero();
            assertThat(model.evaluationsPerParticle(9)).isEqualTo(3);
            model.move(particle, particle.best);
            assertThat(PlacementRecorder.take(problem)).hasSize(1);
        }
    }

    @Test
    void keyParticles_seeded_startAnywhereOnWholeStages() {
        OffloadingProblem problem = PlacementRecorder.record(scenario(), Objective.MEAN);
        Dbpso settings = Dbpso.withDefaults().withLocalSearch(0, 0);
        KeyParticles model = new KeyParticles(settings, Optional.empty(), problem, Arrangement.of(problem));
        PlacementRecorder.take(problem);
        model.beginStep(0.5, 1);
        for (long seed = 0; seed < 30; seed++) {
            model.start(model.newParticle(seed));
        }

        assertThat(PlacementRecorder.take(problem).stream().distinct()).hasSizeGreaterThan(20);
    }

    /** Up to 300 pairs of a layer and a device the settings of few tasks are taken, but for what was changed. */
    @Test
    void sized_fewLayersAndDevices_takesTheDefaults() {
        DblpsoMd jumps = DblpsoMd.withTaskJumps();
        DblpsoMd defaults = DblpsoMd.withDefaults();

        assertThat(jumps.sized(ARRANGEMENT)).isEqualTo(defaults);
        assertThat(jumps.withSwarmSize(3).sized(ARRANGEMENT))
                .isEqualTo(new DblpsoMd(
                        new Swarm(3, 1, 1),
                        PositionUpdate.GENES,
                        defaults.velocity(),
                        defaults.flight(),
                        true,
                        defaults.annealing()));
        assertThat(jumps.withoutFlights().sized(ARRANGEMENT)).isEqualTo(defaults.withoutFlights());
        assertThat(jumps.withLocalSearch(0, 0).sized(ARRANGEMENT)).isEqualTo(defaults.withLocalSearch(0, 0));
        assertThat(jumps.sized(pairs(60, 5))).isEqualTo(defaults);
        assertThat(jumps.sized(pairs(61, 5))).isEqualTo(jumps);
        assertThat(DblpsoMd.asPublished().sized(ARRANGEMENT)).isEqualTo(DblpsoMd.asPublished());
    }

    @Test
    void isForManyTasks_severalTasksOfMoreThan300Pairs_is() {
        assertThat(DblpsoMd.isForManyTasks(ARRANGEMENT)).isFalse();
        assertThat(DblpsoMd.isForManyTasks(pairs(400, 5))).isFalse(); // a single task
        assertThat(DblpsoMd.isForManyTasks(twoTasks(30, 5))).isFalse();
        assertThat(DblpsoMd.isForManyTasks(twoTasks(30, 6))).isTrue();
    }

    private static Arrangement pairs(int layers, int devices) {
        return Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(new double[layers][devices], HandMade.chain(0, new long[layers + 1])),
                Objective.PERIOD));
    }

    private static Arrangement twoTasks(int layersEach, int devices) {
        return Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(
                        new double[2 * layersEach][devices],
                        HandMade.chain(0, new long[layersEach + 1]),
                        HandMade.chain(layersEach, new long[layersEach + 1])),
                Objective.PERIOD));
    }
}
