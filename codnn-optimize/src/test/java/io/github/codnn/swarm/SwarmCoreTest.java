package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Each part of the swarms has the effect that its definition says. All seeds are fixed, so that nothing fails by
 * chance; each test states with which probability it would fail with other seeds.
 */
class SwarmCoreTest {

    private static final int DRAWS = 4000;
    private static final double ERRORS = 4.9; // standard errors, exceeded with probability 1e-6
    private static final OffloadingProblem PROBLEM =
            OffloadingProblem.of(RandomScenarios.severalChains(4, 10, 4), Objective.ENERGY);
    private static final Arrangement ARRANGEMENT = Arrangement.of(PROBLEM);
    private static final int LAYERS = ARRANGEMENT.layers;

    /** Returns how many of the particle's genes a step takes on average from a position that differs everywhere. */
    private static double followed(DblpsoMd settings, boolean own) {
        FlightGenes genes = new FlightGenes(settings, ARRANGEMENT);
        Particle<GeneVelocity> particle = new Particle<>(new SplitMix(7), LAYERS, new GeneVelocity());
        int[] other = filled(0);
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            System.arraycopy(filled(0), 0, particle.position, 0, LAYERS);
            System.arraycopy(filled(own ? 1 : 0), 0, particle.best, 0, LAYERS);
            genes.move(particle, own ? other : filled(1), 0);
            for (int gene : particle.position) {
                sum += gene == 1 ? 1 : 0;
            }
        }
        return sum / DRAWS;
    }

    private static int[] filled(int device) {
        int[] filled = new int[LAYERS];
        Arrays.fill(filled, device);
        return filled;
    }

    /** Without flights and inertia one gene is drawn anew; the others follow. Uniform shares have deviation 0.29. */
    private static void assertFollows(DblpsoMd settings, boolean own) {
        double expected = 0.8 * 0.5 * LAYERS;
        double error = ERRORS * 0.8 * 0.29 * LAYERS / Math.sqrt(DRAWS) + 1.5; // and a gene lost or rounded
        assertThat(followed(settings, own)).isBetween(expected - error, expected + error);
    }

    /** Fails with probability 1e-6 with other seeds. Without the cognitive part nothing but the one gene changes. */
    @Test
    void genes_cognitivePart_followsItsOwnBest() {
        DblpsoMd settings = DblpsoMd.withGenes()
                .withoutFlights()
                .withVelocity(Velocity.constriction().withCoefficients(0.8, 0));
        assertFollows(settings, true);
    }

    /** Fails with probability 1e-6 with other seeds. */
    @Test
    void genes_socialPart_followsTheBestOfAll() {
        DblpsoMd settings = DblpsoMd.withGenes()
                .withoutFlights()
                .withVelocity(Velocity.constriction().withCoefficients(0, 0.8));
        assertFollows(settings, false);
    }

    /**
     * Flights alone change as many genes as their law draws, less those that draw the device they had. A share of genes
     * has a deviation below 0.5. Fails with probability 1e-6 with other seeds; a swarm without flights draws one gene.
     */
    @Test
    void genes_flights_drawAsManyGenesAsTheLawSays() {
        LevyFlight flight = LevyFlight.withDefaults().withScale(0.3);
        DblpsoMd settings = DblpsoMd.withGenes()
                .withFlight(flight)
                .withVelocity(Velocity.constriction().withCoefficients(0, 0));
        LevyFlight.Lengths lengths = flight.lengths();
        SplitMix random = new SplitMix(11);
        double drawn = 0;
        FlightGenes genes = new FlightGenes(settings, ARRANGEMENT);
        Particle<GeneVelocity> particle = new Particle<>(new SplitMix(13), LAYERS, new GeneVelocity());
        double changed = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            drawn += flight.genes(lengths.nextSize(random), 1, LAYERS);
            System.arraycopy(filled(0), 0, particle.position, 0, LAYERS);
            genes.move(particle, filled(0), 1);
            changed += Arrays.stream(particle.position)
                    .filter(device -> device != 0)
                    .count();
        }

        double others = 1 - 1.0 / ARRANGEMENT.devices;
        double error = ERRORS * 2 * 0.5 * LAYERS / Math.sqrt(DRAWS); // of both means
        assertThat(changed / DRAWS).isBetween(others * drawn / DRAWS - error, others * drawn / DRAWS + error);
        assertThat(drawn / DRAWS).isGreaterThan(1 + 2 * error);
    }

    /**
     * Median and tail of the number of genes that a flight draws anew: with scale 0.1 of 1,000 genes a step of the
     * median size 0.633 draws 64. Fails with probability 1e-6 with other seeds; without flights all draws give 1.
     */
    @Test
    void flight_sizesOfJumps_followTheLevyLaw() {
        LevyFlight flight = LevyFlight.withDefaults();
        LevyFlight.Lengths lengths = flight.lengths();
        SplitMix random = new SplitMix(3);
        int above = 0;
        int far = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            int count = flight.genes(lengths.nextSize(random), 1, 1000);
            above += count > 64 ? 1 : 0;
            far += count > 249 ? 1 : 0; // steps above 2.49, a tenth of all
        }
        assertThat((double) above / DRAWS).isBetween(0.5 - ERRORS * 0.0080, 0.5 + ERRORS * 0.0080);
        assertThat((double) far / DRAWS).isBetween(0.1 - ERRORS * 0.0048, 0.1 + ERRORS * 0.0048);
    }

    /** The twin reaches as far on average, and hardly ever far. Fails with probability 1e-6 with other seeds. */
    @Test
    void flight_lightTail_hasTheSameMeanReachAndNoTail() {
        double[] reach = new double[2];
        int[] far = new int[2];
        for (int twin = 0; twin < 2; twin++) {
            LevyFlight flight = LevyFlight.withDefaults().withScale(0.02);
            LevyFlight.Lengths lengths = (twin == 0 ? flight : flight.withLightTail()).lengths();
            SplitMix random = new SplitMix(5);
            for (int draw = 0; draw < 100_000; draw++) {
                double share = Math.min(1, flight.scale() * lengths.nextSize(random));
                reach[twin] += share / 100_000;
                far[twin] += share > 0.2 ? 1 : 0;
            }
        }
        assertThat(reach[1]).isBetween(reach[0] - 0.0012, reach[0] + 0.0012); // deviation of a share below 0.07
        assertThat(far[0]).isGreaterThan(800);
        assertThat(far[1]).isLessThan(20);
    }

    /** A jump changes the position of a particle that is to jump, and not of one that has no flights; no chance. */
    @Test
    void tasks_move_startsFromTheOwnBestAndJumps() {
        DblpsoMd settings =
                DblpsoMd.withTaskJumps().withFlight(LevyFlight.withDefaults().withScale(1));
        assertThat(changedTasks(settings)).isGreaterThan(1.5);
        assertThat(changedTasks(settings.withoutFlights())).isLessThan(1.5);
    }

    /**
     * Returns how many tasks differ from the own best on average when runs of layers and whole tasks jump. Three tasks:
     * with flights of scale 1 most jumps take all, without one at the most, but for devices that are emptied.
     */
    private static double changedTasks(DblpsoMd settings) {
        TaskFlights flights = new TaskFlights(settings, ARRANGEMENT, new FlightGenes(settings, ARRANGEMENT));
        Particle<GeneVelocity> particle = new Particle<>(new SplitMix(9), LAYERS, new GeneVelocity());
        for (int task = 0; task < ARRANGEMENT.maxStages.length; task++) {
            int first = ARRANGEMENT.firstLayer(task);
            Arrays.fill(particle.best, first, ARRANGEMENT.endLayer(task), task % ARRANGEMENT.devices);
        }
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Arrays.fill(particle.position, ARRANGEMENT.devices - 1);
            flights.move(particle, particle.best);
            for (int task = 0; task < ARRANGEMENT.maxStages.length; task++) {
                boolean changed = false;
                for (int layer = ARRANGEMENT.firstLayer(task); layer < ARRANGEMENT.endLayer(task); layer++) {
                    changed |= particle.position[layer] != particle.best[layer];
                }
                sum += changed ? 1 : 0;
            }
        }
        return sum / DRAWS;
    }

    /**
     * With c2 = 0.8 a key goes 0.4 of the way on average, 0.23 of it the deviation. Fails with probability 1e-6 with
     * other seeds; without the social part no key moves.
     */
    @Test
    void keys_eachPart_goesItsShareOfTheWay() {
        double socialShare = share(Velocity.constriction().withInertia(0).withCoefficients(0, 0.8), false);
        double ownShare = share(Velocity.constriction().withInertia(0).withCoefficients(0.8, 0), true);
        double error = ERRORS * 0.23 / Math.sqrt(DRAWS) + 0.001;
        assertThat(socialShare).isBetween(0.4 - error, 0.4 + error);
        assertThat(ownShare).isBetween(0.4 - error, 0.4 + error);
    }

    private static double share(Velocity velocity, boolean own) {
        SplitMix random = new SplitMix(11);
        Particle<KeyVelocity> particle = new Particle<>(random, DRAWS, new KeyVelocity(random, DRAWS));
        int start = KeyVelocity.KEY_LIMIT / 4;
        int goal = KeyVelocity.KEY_LIMIT / 2;
        int[] attractor = new int[DRAWS];
        for (int key = 0; key < DRAWS; key++) {
            particle.position[key] = start;
            particle.best[key] = own ? goal : start;
            attractor[key] = own ? start : goal;
        }
        particle.velocity.move(particle, attractor, KeyVelocity.FixedPoint.of(velocity, 0));
        double sum = 0;
        for (int key : particle.position) {
            sum += (double) (key - start) / (goal - start);
        }
        return sum / DRAWS;
    }

    /** Particles of the published swarm that fail fly: their keys move. Without flights they would not be relocated. */
    @Test
    void keys_relocated_moveByTheScaleOfTheFlight() {
        Optional<LevyFlight> flight = DblpsoMd.asPublished().flight();
        KeyParticles model = new KeyParticles(Dbpso.asPublished().withoutFitness(), flight, PROBLEM, ARRANGEMENT);
        Particle<KeyVelocity> particle = model.newParticle(13);
        model.beginStep(0, 0);
        model.start(particle);
        double sum = 0;
        int count = 0;
        for (int draw = 0; draw < 400; draw++) {
            int[] before = particle.position.clone();
            model.relocate(particle);
            for (int key = 0; key < before.length; key++) {
                double way = Math.abs(particle.position[key] - before[key]) / (double) KeyVelocity.KEY_LIMIT;
                sum += Math.min(way, 1 - way);
                count++;
            }
        }
        // The median step goes 0.063 of the range, the mean on the circle is a tenth, its deviation below 0.13.
        double error = ERRORS * 0.13 / Math.sqrt(count) + 0.01;
        assertThat(sum / count).isBetween(0.1 - error, 0.1 + error);
        assertThat(model.rules().patience()).isEqualTo(flight.orElseThrow().patience());
    }

    /** The formula, by hand on the figures of a placement; without deadline penalty or price it would differ. */
    @Test
    void penalisedTime_placementThatViolates_countsTimePenaltyAndPrice() {
        Scorer scorer = new Scorer(PROBLEM);
        boolean[] seen = new boolean[2];
        Consumer<int[]> check = placement -> {
            scorer.score(placement);
            Score score = scorer.last();
            double mean = scorer.evaluation().meanSeconds();
            double price = scorer.evaluation().price();
            double expected = mean * (1 + 10 * score.violation()) + price;
            assertThat(PenalisedTime.withDefaults().of(scorer.evaluation())).isEqualTo(expected);
            seen[0] |= score.violation() > 0;
            seen[1] |= price > 0;
        };
        SplitMix random = new SplitMix(1);
        int[] placement = new int[LAYERS];
        for (int draw = 0; draw < 100; draw++) {
            for (int layer = 0; layer < LAYERS; layer++) {
                placement[layer] = random.nextInt(ARRANGEMENT.devices);
            }
            check.accept(placement);
        }
        assertThat(seen).containsExactly(true, true);
    }
}
