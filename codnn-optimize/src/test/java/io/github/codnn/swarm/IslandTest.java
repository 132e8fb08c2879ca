package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.HandMade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order an island moves its particles, and whom they follow. */
class IslandTest {

    private static final OffloadingProblem PROBLEM = OffloadingProblem.of(
            HandMade.scenario(new double[1][9], HandMade.chain(0, 0, 0)), metrics -> metrics.responseSeconds(0));

    /** Gives particles the values that a test says, and notes what it is asked to do; a best position is its value. */
    private static final class Model implements ParticleModel<GeneVelocity> {

        private final Rules rules;
        private final Scorer scorer = new Scorer(PROBLEM);
        private final RandomPlacement sampler = new RandomPlacement(Arrangement.of(PROBLEM));
        private final List<Particle<GeneVelocity>> particles = new ArrayList<>();
        private final Deque<Integer> values = new ArrayDeque<>();
        private final List<String> calls = new ArrayList<>();

        Model(Rules rules, Integer... values) {
            this.rules = rules;
            this.values.addAll(List.of(values));
        }

        private void note(String call, Particle<GeneVelocity> particle) {
            calls.add(call.formatted(particles.indexOf(particle)));
            particle.position[0] = values.remove();
            particle.remember(new Score(particle.position[0], 0, 0));
            scorer.addCount(1);
        }

        @Override
        public Rules rules() {
            return rules;
        }

        @Override
        public Origin<GeneVelocity> origin() {
            return problem -> this;
        }

        @Override
        public Scorer scorer() {
            return scorer;
        }

        @Override
        public RandomPlacement sampler() {
            return sampler;
        }

        @Override
        public Particle<GeneVelocity> newParticle(long seed) {
            particles.add(new Particle<>(new SplitMix(seed), 1, new GeneVelocity()));
            return particles.get(particles.size() - 1);
        }

        @Override
        public boolean fits(Particle<GeneVelocity> particle) {
            return particle.position.length == 1;
        }

        @Override
        public long evaluationsPerParticle(long steps) {
            return 10 + steps;
        }

        @Override
        public void beginStep(double inertia, long steps) {
            calls.add("begin " + inertia + " " + steps);
        }

        @Override
        public void start(Particle<GeneVelocity> particle) {
            note("start %d", particle);
        }

        @Override
        public void start(Particle<GeneVelocity> particle, int[] known) {
            note("start %d from " + known[0], particle);
        }

        @Override
        public void relocate(Particle<GeneVelocity> particle) {
            note("relocate %d", particle);
        }

        @Override
        public int firstLeader(List<Particle<GeneVelocity>> all) {
            return 1;
        }

        @Override
        public void move(Particle<GeneVelocity> particle, int[] attractor) {
            note("move %d to " + attractor[0], particle);
        }
    }

    private static ParticleModel.Rules rules(int interval, Topology topology, int patience, boolean relocatesLeader) {
        return new ParticleModel.Rules(interval, Velocity.linear(4), topology, patience, relocatesLeader);
    }

    private static Island<GeneVelocity> island(Model model, int particles) {
        Island<GeneVelocity> island = new Island<>(PROBLEM, model, new long[particles]);
        island.limit(1000, () -> false);
        island.populate(List.of());
        model.calls.clear();
        return island;
    }

    @Test
    void populate_knownPlacements_startTheFirstParticles() {
        Model model = new Model(rules(1, Topology.GLOBAL, 9, true), 5, 6, 7);
        Island<GeneVelocity> island = new Island<>(PROBLEM, model, new long[3]);

        island.populate(List.of(new int[] {8}));

        assertThat(model.calls).containsExactly("begin 0.9 0", "start 0 from 8", "start 1", "start 2");
        assertThat(island.leader()).isSameAs(model.particles.get(1));
    }

    @Test
    void populate_limitOfEvaluations_leavesTheRestOut() {
        Model model = new Model(rules(1, Topology.GLOBAL, 9, true), 5, 6, 7);
        Island<GeneVelocity> island = new Island<>(PROBLEM, model, new long[3]);
        island.limit(2, () -> false);

        island.populate(List.of());

        assertThat(model.calls).containsExactly("begin 0.9 0", "start 0", "start 1");
    }

    @Test
    void run_global_followsTheLeaderAtOnce() throws InterruptedException {
        Model model = new Model(rules(2, Topology.GLOBAL, 9, true), 5, 6, 7, 8, 4, 3, 2, 9, 9);
        Island<GeneVelocity> island = island(model, 3);

        IslandState<GeneVelocity> state = island.run();

        // The model says that particle 1 leads at first, with 6.
        assertThat(model.calls)
                .containsExactly(
                        "begin 0.9 1",
                        "move 0 to 6",
                        "move 1 to 5",
                        "move 2 to 4",
                        "begin 0.775 2",
                        "move 0 to 3",
                        "move 1 to 2",
                        "move 2 to 2");
        assertThat(state.leader()).isZero();
        assertThat(state.iteration()).isEqualTo(2);
        assertThat(island.leader().best).containsExactly(2);
        island.limit(1000, () -> false);
        model.values.addAll(List.of(9, 9, 9, 9, 9, 9));
        model.calls.clear();
        island.run();
        assertThat(model.calls).startsWith("begin 0.65 3").contains("begin 0.525 4");
    }

    @Test
    void run_ring_followsTheBestOfBothNeighbours() throws InterruptedException {
        Model model = new Model(rules(1, Topology.RING, 9, true), 5, 3, 7, 2, 9, 9, 9, 9);
        Island<GeneVelocity> island = island(model, 4);

        island.run();

        assertThat(model.calls.subList(1, 5))
                .containsExactly("move 0 to 2", "move 1 to 3", "move 2 to 2", "move 3 to 2");
    }

    @Test
    void run_ringOfRisingValues_reachesAcrossBothEnds() throws InterruptedException {
        Model model = new Model(rules(1, Topology.RING, 9, true), 1, 2, 3, 4, 9, 9, 9, 9);
        Island<GeneVelocity> island = island(model, 4);

        island.run();

        assertThat(model.calls.subList(1, 5))
                .containsExactly("move 0 to 1", "move 1 to 1", "move 2 to 2", "move 3 to 1");
    }

    @Test
    void run_failures_relocateAllButALeaderThatMustStay() throws InterruptedException {
        Model model = new Model(rules(3, Topology.GLOBAL, 2, false), 5, 4, 9, 9, 9, 9, 9, 9);
        island(model, 2).run();
        Model free = new Model(rules(3, Topology.GLOBAL, 2, true), 5, 4, 9, 9, 9, 9, 9, 9);
        island(free, 2).run();

        assertThat(model.calls.subList(7, 9)).containsExactly("relocate 0", "move 1 to 4");
        assertThat(free.calls.subList(7, 9)).containsExactly("relocate 0", "relocate 1");
        assertThat(free.calls.subList(4, 6)).containsExactly("move 0 to 4", "move 1 to 4");
    }

    @Test
    void run_limitOfEvaluations_stopsWithinAStep() throws InterruptedException {
        Model model = new Model(rules(1, Topology.GLOBAL, 9, true), 5, 6, 7, 8, 8);
        Island<GeneVelocity> island = island(model, 3);
        island.limit(5, () -> false);

        island.run();

        assertThat(model.calls).containsExactly("begin 0.9 1", "move 0 to 6", "move 1 to 5");
    }

    @Test
    void evaluationsOfRun_anyStep_areThoseOfAllParticlesAtItsEnd() throws InterruptedException {
        Model model = new Model(rules(2, Topology.GLOBAL, 9, true), 5, 6, 7, 8, 8, 8);
        Island<GeneVelocity> island = island(model, 2);

        assertThat(island.evaluationsOfRun()).isEqualTo(2 * 2 * (10 + 2));
        island.run();
        assertThat(island.evaluationsOfRun()).isEqualTo(2 * 2 * (10 + 4));
    }

    @Test
    void run_interrupted_endsWithAnException() {
        Model model = new Model(rules(2, Topology.GLOBAL, 9, true), 5, 6);
        Island<GeneVelocity> island = island(model, 2);
        Thread.currentThread().interrupt();

        assertThat(Island.isInterrupted()).isTrue();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(island::run);
        assertThat(Island.isInterrupted()).isFalse();
        assertThat(model.calls).isEmpty();
    }

    @Test
    void welcome_betterGuest_replacesTheWorstAndMayLead() {
        Model model = new Model(rules(1, Topology.GLOBAL, 9, true), 5, 6, 8, 7);
        Island<GeneVelocity> island = island(model, 4);
        Particle<GeneVelocity> guest = new Particle<>(new SplitMix(1), 1, new GeneVelocity());
        guest.position[0] = 4;
        guest.remember(new Score(4, 0, 0));

        island.welcome(guest);

        assertThat(model.particles.stream().map(particle -> particle.best[0])).containsExactly(5, 6, 4, 7);
        assertThat(island.leader()).isSameAs(model.particles.get(2));
    }

    @Test
    void welcome_guestNoBetterThanTheWorst_changesNothing() {
        Model model = new Model(rules(1, Topology.GLOBAL, 9, true), 5, 6, 8);
        Island<GeneVelocity> island = island(model, 3);
        Particle<GeneVelocity> guest = new Particle<>(new SplitMix(1), 1, new GeneVelocity());
        guest.position[0] = 3;
        guest.remember(new Score(8, 0, 0));

        island.welcome(guest);

        assertThat(model.particles.stream().map(particle -> particle.best[0])).containsExactly(5, 6, 8);
        assertThat(island.leader()).isSameAs(model.particles.get(1));
    }

    @Test
    void resume_stateOfAnotherIsland_isTakenOverIfItFits() throws InterruptedException {
        Model model = new Model(rules(1, Topology.GLOBAL, 9, true), 5, 6, 7, 3);
        IslandState<GeneVelocity> state = island(model, 2).run();
        Model other = new Model(rules(1, Topology.GLOBAL, 9, true), 9, 9, 8, 8);
        Island<GeneVelocity> resumed = island(other, 2);

        resumed.resume(state);

        assertThat(resumed.leader()).isSameAs(model.particles.get(1));
        resumed.limit(1000, () -> false);
        other.particles.clear();
        other.particles.addAll(model.particles);
        resumed.run();
        assertThat(other.calls).containsExactly("begin 0.775 2", "move 0 to 3", "move 1 to 3");
        Island<GeneVelocity> larger = island(new Model(rules(1, Topology.GLOBAL, 9, true), 9, 9, 9), 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> larger.resume(state))
                .withMessageContaining("3 particles");
    }

    @Test
    void report_evaluations_areThoseSinceTheLastOne() {
        Model model = new Model(rules(1, Topology.GLOBAL, 9, true), 5, 6);
        Island<GeneVelocity> island = island(model, 2);
        List<Long> counts = new ArrayList<>();
        SearchRun run = SearchRun.start(
                PROBLEM,
                SearchOptions.withDefaults().withListener(progress -> counts.add(progress.evaluations())),
                "test");

        island.report(run);
        run.endIteration();
        island.report(run);
        run.endIteration();

        assertThat(counts).containsExactly(2L, 2L);
    }
}
