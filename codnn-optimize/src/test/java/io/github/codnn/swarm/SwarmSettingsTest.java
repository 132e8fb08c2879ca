package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.HandMade;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of swarms: defaults as documented, changes of one setting, limits; and what a particle remembers. */
class SwarmSettingsTest {

    private static final Annealing LOCAL = new Annealing(4000, 0.01);
    private static final Velocity LINEAR = Velocity.linear(1000);
    private static final Velocity CONSTRICTION = new Velocity(0.729844, 0.729844, 1, 1.49618, 1.49618, 0.5, false);

    private static Dbpso dbpso(Swarm swarm, Velocity velocity, Decoder decoder, boolean seeded, Annealing annealing) {
        return new Dbpso(swarm, velocity, Topology.GLOBAL, decoder, Optional.empty(), seeded, annealing);
    }

    @Test
    void dbpso_defaultsAndChanges_areAsDocumented() {
        Swarm islands = new Swarm(24, 4, 1);
        Decoder decoder = Decoders.ORDER_AND_CUTS;
        Dbpso defaults = Dbpso.withDefaults();
        PenalisedTime time = PenalisedTime.withDefaults();
        assertThat(defaults).isEqualTo(dbpso(islands, CONSTRICTION, decoder, true, LOCAL));
        assertThat(defaults.withSwarmSize(30))
                .isEqualTo(dbpso(new Swarm(30, 4, 1), CONSTRICTION, decoder, true, LOCAL));
        assertThat(defaults.withIslands(2, 7))
                .isEqualTo(dbpso(new Swarm(24, 2, 7), CONSTRICTION, decoder, true, LOCAL));
        assertThat(defaults.withVelocity(LINEAR)).isEqualTo(dbpso(islands, LINEAR, decoder, true, LOCAL));
        assertThat(defaults.withInertia(0.3))
                .isEqualTo(
                        dbpso(islands, new Velocity(0.3, 0.3, 1, 1.49618, 1.49618, 0.5, false), decoder, true, LOCAL));
        assertThat(defaults.withTopology(Topology.RING))
                .isEqualTo(new Dbpso(islands, CONSTRICTION, Topology.RING, decoder, Optional.empty(), true, LOCAL));
        assertThat(defaults.withDecoder(Decoders.PER_LAYER))
                .isEqualTo(dbpso(islands, CONSTRICTION, Decoders.PER_LAYER, true, LOCAL));
        assertThat(defaults.withFitness(time))
                .isEqualTo(new Dbpso(islands, CONSTRICTION, Topology.GLOBAL, decoder, Optional.of(time), true, LOCAL));
        assertThat(defaults.withFitness(time).withoutFitness()).isEqualTo(defaults);
        assertThat(defaults.withSeeded(false)).isEqualTo(dbpso(islands, CONSTRICTION, decoder, false, LOCAL));
        assertThat(defaults.withLocalSearch(5, 0.5))
                .isEqualTo(dbpso(islands, CONSTRICTION, decoder, true, new Annealing(5, 0.5)));
        assertThat(Dbpso.asPublished().withoutFitness())
                .isEqualTo(dbpso(new Swarm(40, 1, 1), LINEAR, Decoders.PER_LAYER, false, new Annealing(0, 0)));
    }

    @Test
    void dblpsoMd_defaultsAndChanges_areAsDocumented() {
        Velocity slow = new Velocity(0.729844, 0.729844, 1, 0.3, 0.3, 0.5, false);
        LevyFlight flight = new LevyFlight(1.5, 0.1, 3, false);
        Optional<LevyFlight> some = Optional.of(flight);
        Annealing local = new Annealing(10_000, 0.004);
        PositionUpdate genes = PositionUpdate.GENES;
        Swarm islands = new Swarm(16, 4, 1);
        DblpsoMd defaults = DblpsoMd.withDefaults();
        Velocity jumps = new Velocity(0.729844, 0.729844, 1, 1, 0.3, 0.5, false);
        Optional<LevyFlight> rare = Optional.of(new LevyFlight(1.5, 0.01, 20, false));
        assertThat(defaults).isEqualTo(new DblpsoMd(islands, genes, slow, some, true, local));
        assertThat(defaults.withUpdate(PositionUpdate.REAL))
                .isEqualTo(new DblpsoMd(islands, PositionUpdate.REAL, slow, some, true, local));
        assertThat(defaults.withSwarmSize(9))
                .isEqualTo(new DblpsoMd(new Swarm(9, 4, 1), genes, slow, some, true, local));
        assertThat(defaults.withIslands(20, 3))
                .isEqualTo(new DblpsoMd(new Swarm(20, 20, 3), genes, slow, some, true, local));
        assertThat(defaults.withIslands(2, 3))
                .isEqualTo(new DblpsoMd(new Swarm(16, 2, 3), genes, slow, some, true, local));
        assertThat(defaults.withVelocity(LINEAR)).isEqualTo(new DblpsoMd(islands, genes, LINEAR, some, true, local));
        assertThat(defaults.withFlight(flight.withLightTail()))
                .isEqualTo(new DblpsoMd(
                        islands, genes, slow, Optional.of(new LevyFlight(1.5, 0.1, 3, true)), true, local));
        assertThat(defaults.withoutFlights())
                .isEqualTo(new DblpsoMd(islands, genes, slow, Optional.empty(), true, local));
        assertThat(defaults.withGuided(false)).isEqualTo(new DblpsoMd(islands, genes, slow, some, false, local));
        assertThat(defaults.withLocalSearch(7, 0.7))
                .isEqualTo(new DblpsoMd(islands, genes, slow, some, true, new Annealing(7, 0.7)));
        assertThat(DblpsoMd.withTaskJumps())
                .isEqualTo(new DblpsoMd(
                        new Swarm(1, 1, 1), PositionUpdate.TASKS, jumps, rare, true, new Annealing(1000, 0.01)));
    }

    @Test
    void partsAndOtherConfigurations_defaultsAndChanges_areAsDocumented() {
        LevyFlight flight = LevyFlight.withDefaults();
        Optional<LevyFlight> tenth = Optional.of(new LevyFlight(1.5, 0.1, 10, false));
        Swarm all = new Swarm(40, 1, 1);
        Annealing none = new Annealing(0, 0);
        assertThat(DblpsoMd.asPublished())
                .isEqualTo(new DblpsoMd(all, PositionUpdate.REAL, LINEAR, tenth, false, none));
        assertThat(DblpsoMd.withGenes())
                .isEqualTo(new DblpsoMd(all, PositionUpdate.GENES, LINEAR, Optional.of(flight), false, none));
        assertThat(flight.withBeta(1.2)).isEqualTo(new LevyFlight(1.2, 0.1, 3, false));
        assertThat(flight.withScale(0.3)).isEqualTo(new LevyFlight(1.5, 0.3, 3, false));
        assertThat(flight.withPatience(8)).isEqualTo(new LevyFlight(1.5, 0.1, 8, false));
        assertThat(Velocity.linear(50)).isEqualTo(new Velocity(0.9, 0.4, 50, 2, 2, 0.5, false));
        assertThat(Velocity.constriction()).isEqualTo(CONSTRICTION);
        assertThat(Velocity.linear(50).withCoefficients(1, 3)).isEqualTo(new Velocity(0.9, 0.4, 50, 1, 3, 0.5, false));
        assertThat(Velocity.linear(50).withMaxVelocity(0.1)).isEqualTo(new Velocity(0.9, 0.4, 50, 2, 2, 0.1, false));
        assertThat(Velocity.linear(50).fittedToBudget()).isEqualTo(new Velocity(0.9, 0.4, 50, 2, 2, 0.5, true));
        assertThat(Velocity.linear(50).withInertia(0.1)).isEqualTo(new Velocity(0.1, 0.1, 1, 2, 2, 0.5, false));
        assertThat(Swarm.of(5).withSize(6)).isEqualTo(new Swarm(6, 1, 1));
        assertThat(Swarm.of(5).withIslands(5, 2)).isEqualTo(new Swarm(5, 5, 2));
        assertThat(Annealing.NONE).isEqualTo(none);
        assertThat(PenalisedTime.withDefaults()).isEqualTo(new PenalisedTime(10, 1));
    }

    static Stream<ThrowingCallable> settings_outsideTheirRange_areRefused() {
        return Stream.of(
                () -> new Annealing(-1, 0),
                () -> new Annealing(0, -0.1),
                () -> new LevyFlight(1, 0.1, 1, false),
                () -> new LevyFlight(1.5, 0, 1, false),
                () -> new LevyFlight(1.5, 1.1, 1, false),
                () -> new LevyFlight(1.5, 0.1, 0, false),
                () -> new PenalisedTime(-1, 0),
                () -> new PenalisedTime(0, -1),
                () -> new Swarm(1, 0, 1),
                () -> new Swarm(1, 2, 1),
                () -> new Swarm(1, 1, 0),
                () -> new Velocity(1.1, 0, 1, 0, 0, 1, false),
                () -> new Velocity(0, 1.1, 1, 0, 0, 1, false),
                () -> new Velocity(0, 0, 0, 0, 0, 1, false),
                () -> new Velocity(0, 0, 1, -1, 0, 1, false),
                () -> new Velocity(0, 0, 1, 0, -1, 1, false),
                () -> new Velocity(0, 0, 1, 0, 0, 0, false));
    }

    @ParameterizedTest
    @MethodSource
    void settings_outsideTheirRange_areRefused(ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making);
    }

    @Test
    void spso2011_coefficients_areThoseOfTheStandard() {
        Velocity velocity = Velocity.spso2011();

        assertThat(velocity.inertia(0)).isEqualTo(0.721347520444, within(1e-12));
        assertThat(velocity.inertia(9)).isEqualTo(0.721347520444, within(1e-12));
        assertThat(velocity.cognitive()).isEqualTo(1.193147180560, within(1e-12));
        assertThat(velocity.social()).isEqualTo(1.193147180560, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.9", "1, 0.85", "5, 0.65", "9, 0.45", "10, 0.4", "11, 0.4"})
    void inertia_linear_fallsOverItsIterations(long iteration, double expected) {
        assertThat(Velocity.linear(10).inertia(iteration)).isEqualTo(expected, within(1e-15));
    }

    @Test
    void ofRun_fittedToBudget_takesTheIterationsThatTheRuleAllows() {
        Velocity fitted = Velocity.linear(50).fittedToBudget();

        assertThat(fitted.ofRun(run(StopRule.evaluations(1000)), 30).iterations())
                .isEqualTo(33);
        assertThat(fitted.ofRun(run(StopRule.evaluations(10)), 30).iterations()).isEqualTo(1);
        assertThat(fitted.ofRun(run(StopRule.elapsed(Duration.ofHours(1))), 30)).isEqualTo(fitted);
        assertThat(Velocity.linear(50).ofRun(run(StopRule.evaluations(1000)), 30))
                .isEqualTo(Velocity.linear(50));
        assertThat(fitted.ofRun(run(StopRule.evaluations(1000)), 30))
                .isEqualTo(new Velocity(0.9, 0.4, 33, 2, 2, 0.5, true));
    }

    private static SearchRun run(StopRule rule) {
        OffloadingProblem problem = OffloadingProblem.of(
                HandMade.scenario(new double[1][1], HandMade.chain(0, 0, 0)), metrics -> metrics.responseSeconds(0));
        return SearchRun.start(problem, SearchOptions.withDefaults().withStopRule(rule), "test");
    }

    @Test
    void velocityText_anySettings_statesThemAsPlanFilesDo() {
        String text =
                "Velocity[inertiaAtStart=0.9, inertiaAtEnd=0.4, iterations=50, cognitive=2.0, social=2.0, most=0.5";

        assertThat(Velocity.linear(50)).hasToString(text + "]");
        assertThat(Velocity.linear(50).fittedToBudget()).hasToString(text + ", budgetFitted=true]");
    }

    @Test
    void penalisedTime_label_isThatOfPlanFiles() {
        assertThat(PenalisedTime.withDefaults().label()).isEqualTo("penalised-time");
    }

    /** A step of 2 at scale 0.1 draws a fifth of the genes besides the first, all of them where that is nearly all. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, 100, 21",
        "2, 0.5, 100, 11",
        "9.89, 1, 100, 99",
        "9.9, 1, 100, 100",
        "50, 1, 100, 100",
        "0, 1, 5, 1"
    })
    void flightGenes_aStep_growsWithItAndWithTheInertia(double size, double inertia, int all, int expected) {
        assertThat(LevyFlight.withDefaults().genes(size, inertia, all)).isEqualTo(expected);
    }

    @Test
    void particle_scores_keepsTheBestPositionAndCountsFailures() {
        Particle<GeneVelocity> particle = new Particle<>(new SplitMix(1), 2, new GeneVelocity());
        remember(particle, 5, 1, 1);
        remember(particle, 5, 2, 2);
        remember(particle, 6, 3, 3);

        assertThat(particle.best).containsExactly(1, 1);
        assertThat(particle.failures()).isEqualTo(2);
        remember(particle, 4, 0, 1);
        assertThat(particle.best).containsExactly(0, 1);
        assertThat(particle.failures()).isZero();
        remember(particle, 4, 0, 0);
        particle.forgive();
        assertThat(particle.failures()).isZero();
        particle.forget();
        remember(particle, 9, 2, 0);
        assertThat(particle.best).containsExactly(2, 0);
    }

    private static void remember(Particle<GeneVelocity> particle, double value, int... position) {
        System.arraycopy(position, 0, particle.position, 0, position.length);
        particle.remember(new Score(value, 0, 0));
    }

    @Test
    void particle_scorer_keepsThePositionOfABetterPlacement() {
        Scorer scorer = new Scorer(OffloadingProblem.of(
                HandMade.scenario(new double[][] {{5, 3, 4}}, HandMade.chain(0, 0, 0)), Objective.RESPONSE));
        Particle<GeneVelocity> particle = new Particle<>(new SplitMix(1), 1, new GeneVelocity());
        for (int device = 0; device < 3; device++) {
            particle.position[0] = device;
            scorer.score(particle.position);
            particle.remember(scorer);
        }

        assertThat(particle.best).containsExactly(1);
        assertThat(particle.failures()).isEqualTo(1);
    }

    @Test
    void particle_betterGuest_isLearned() {
        Particle<GeneVelocity> one = new Particle<>(new SplitMix(1), 1, new GeneVelocity());
        Particle<GeneVelocity> other = new Particle<>(new SplitMix(2), 1, new GeneVelocity());
        remember(one, 5, 1);
        remember(other, 4, 2);

        assertThat(other.isBetterThan(one)).isTrue();
        assertThat(one.isBetterThan(other)).isFalse();
        one.learn(other);
        assertThat(one.best).containsExactly(2);
        assertThat(other.isBetterThan(one)).isFalse();
        assertThat(one.fits(1, 3)).isTrue();
        assertThat(one.fits(1, 2)).isFalse();
        assertThat(one.fits(2, 3)).isFalse();
    }

    @Test
    void splitMix_draws_areThoseOfThePublishedGenerator() {
        // The first numbers of SplitMix64 from seed 0, as published with the generator.
        SplitMix random = new SplitMix(0);

        assertThat(random.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(random.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(new SplitMix(0).nextInt(1000)).isEqualTo((int) ((0xE220A839L * 1000) >>> 32));
        assertThat(new SplitMix(0).nextDouble()).isEqualTo((0xE220A8397B1DCDAFL >>> 11) / Math.pow(2, 53));
    }
}
