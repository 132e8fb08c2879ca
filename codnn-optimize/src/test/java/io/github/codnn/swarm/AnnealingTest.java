package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.ScriptedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What simulated annealing accepts, counts and keeps. */
class AnnealingTest {

    private static final double[] SECONDS = {5, 6, 4, 7, 3};

    /** A single layer; a state is its device, which takes the seconds above. */
    private static Scorer scorer() {
        Scenario scenario = HandMade.scenario(new double[][] {SECONDS}, HandMade.chain(0, 0, 0));
        return new Scorer(OffloadingProblem.of(scenario, Objective.RESPONSE));
    }

    /** Proposes devices in order; nothing where it is the current one. */
    private static final class Line implements Neighbourhood {

        private final Scorer scorer;
        private final int[] proposals;
        private final int polished; // device, or -1
        private boolean isReadable = true;
        private boolean repairs;
        private int work;
        private int next;
        private int current;
        private int trial;
        private int best;

        Line(Scorer scorer, int polished, int... proposals) {
            this.scorer = scorer;
            this.polished = polished;
            this.proposals = proposals;
        }

        @Override
        public boolean read(int[] placement) {
            current = placement[0];
            trial = current;
            best = current;
            return isReadable;
        }

        @Override
        public boolean readRepairs() {
            return repairs;
        }

        @Override
        public boolean propose(RandomGenerator random) {
            trial = proposals[next++];
            return trial != current;
        }

        @Override
        public int workOfProposal() {
            return work;
        }

        @Override
        public boolean polish() {
            trial = polished;
            return polished >= 0;
        }

        @Override
        public void scoreTrial() {
            scorer.score(new int[] {trial});
        }

        @Override
        public void accept() {
            current = trial;
        }

        @Override
        public void keepBest() {
            best = current;
        }

        @Override
        public void writeBest(int[] placement) {
            placement[0] = best;
        }
    }

    private static Score at(int device) {
        return new Score(SECONDS[device], 0, 0);
    }

    private static boolean improve(SimulatedAnnealing search, int[] placement, int moves) {
        return search.improve(placement, at(placement[0]), ScriptedRandom.of(), moves, 0);
    }

    @Test
    void improve_cold_acceptsOnlyWhatIsNoWorse() {
        Scorer scorer = scorer();
        Line line = new Line(scorer, -1, 1, 0, 2, 0, 3);
        SimulatedAnnealing search = new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer);
        int[] placement = {0};

        assertThat(improve(search, placement, 5)).isTrue();

        assertThat(placement).containsExactly(2);
        assertThat(search.best()).isEqualTo(at(2));
        assertThat(line.current).isEqualTo(2);
        assertThat(line.next).isEqualTo(5);
        assertThat(scorer.count()).isEqualTo(4); // but for the state that it is in already
    }

    @Test
    void improve_nothingBetter_tellsSoAndKeepsThePlacement() {
        Scorer scorer = scorer();
        SimulatedAnnealing search =
                new SimulatedAnnealing(new Line(scorer, -1, 1, 3), Acceptance.BY_DEBS_RULES, scorer);
        int[] placement = {0};

        assertThat(improve(search, placement, 2)).isFalse();
        assertThat(placement).containsExactly(0);
    }

    /** From 4 s to 5 s is worse by a quarter: at temperature 0.8 accepted below exp(-0.25 / 0.8), 0.73. */
    @ParameterizedTest
    @CsvSource({"0.28, 0", "0.26, 2"})
    void improve_hot_acceptsWorseAtTheStartAndKeepsTheBest(double draw, int current) {
        Scorer scorer = scorer();
        Line line = new Line(scorer, -1, 0);
        int[] placement = {2};

        new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer)
                .improve(placement, at(2), ScriptedRandom.of(draw), 1, 0.8);

        assertThat(line.current).isEqualTo(current);
        assertThat(placement).containsExactly(2);
    }

    /** Three of four moves are left at the second: temperature 0.6, exp(-0.25 / 0.6) is 0.66. */
    @ParameterizedTest
    @CsvSource({"0.35, 0", "0.33, 2"})
    void improve_secondMove_isCooler(double draw, int current) {
        Scorer scorer = scorer();
        Line line = new Line(scorer, -1, 2, 0, current, current);
        int[] placement = {2};

        new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer)
                .improve(placement, at(2), ScriptedRandom.of(draw), 4, 0.8);

        assertThat(line.current).isEqualTo(current);
    }

    /** Accepts everything and notes the temperatures, the scores that it adapts to, and how often a search begins. */
    private static final class Notes implements Acceptance {

        private final List<Double> temperatures = new ArrayList<>();
        private final List<Double> adapted = new ArrayList<>();
        private int begun;

        @Override
        public boolean accepts(Score trial, Score current, double temperature, RandomGenerator random) {
            temperatures.add(temperature);
            return trial.value() < 7;
        }

        @Override
        public void begin() {
            begun++;
        }

        @Override
        public void adapt(Score current) {
            adapted.add(current.value());
        }
    }

    @Test
    void improve_moves_coolLinearlyAndAdaptAfterEach() {
        Scorer scorer = scorer();
        Notes notes = new Notes();
        int[] placement = {0};

        new SimulatedAnnealing(new Line(scorer, -1, 1, 3, 2, 4), notes, scorer)
                .improve(placement, at(0), ScriptedRandom.of(), 4, 8);

        assertThat(notes.temperatures).containsExactly(8.0, 6.0, 4.0, 2.0);
        assertThat(notes.adapted).containsExactly(6.0, 6.0, 4.0, 3.0);
        assertThat(notes.begun).isEqualTo(1);
        assertThat(placement).containsExactly(4);
    }

    @Test
    void improve_limitOfEvaluations_stopsThere() {
        Scorer scorer = scorer();
        scorer.limit(2, () -> false);
        Line line = new Line(scorer, 4, 1, 3, 2);

        int[] placement = {0};
        improve(new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer), placement, 3);

        assertThat(line.next).isEqualTo(2);
        assertThat(placement).containsExactly(0); // not polished, either
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "1, 2", "2, 2", "-1, 2"})
    void improve_polish_isKeptIfItIsBetter(int polished, int expected) {
        Scorer scorer = scorer();
        Line line = new Line(scorer, polished, 2);
        SimulatedAnnealing search = new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer);
        int[] placement = {0};

        improve(search, placement, 1);

        assertThat(placement).containsExactly(expected);
        assertThat(search.best()).isEqualTo(at(expected));
    }

    @Test
    void improve_noFormForThePlacement_changesNothing() {
        Scorer scorer = scorer();
        Line line = new Line(scorer, 4, 2);
        line.isReadable = false;
        SimulatedAnnealing search = new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer);
        int[] placement = {1};

        assertThat(improve(search, placement, 1)).isFalse();
        assertThat(search.tryStart(placement, at(1))).isFalse();
        assertThat(search.best()).isEqualTo(at(1));
        assertThatIllegalArgumentException().isThrownBy(() -> search.start(placement, at(1)));
        assertThat(placement).containsExactly(1);
        assertThat(scorer.count()).isZero();
    }

    @Test
    void improve_readThatRepairs_scoresTheStartAndCountsIt() {
        Scorer scorer = scorer();
        Line line = new Line(scorer, -1, 1, 3, 1);
        line.repairs = true;
        SimulatedAnnealing search = new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer);
        int[] placement = {0};

        // The score given is that of the placement before its repair.
        assertThat(search.improve(placement, at(3), ScriptedRandom.of(), 3, 0)).isTrue();

        assertThat(search.best()).isEqualTo(at(0));
        assertThat(line.next).isEqualTo(2);
        assertThat(scorer.count()).isEqualTo(3);
    }

    @Test
    void tryStart_readThatRepairs_scoresTheStart() {
        Scorer scorer = scorer();
        Line line = new Line(scorer, -1, 1);
        SimulatedAnnealing search = new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer);

        assertThat(search.tryStart(new int[] {0}, at(3))).isTrue();
        assertThat(search.best()).isEqualTo(at(3));
        assertThat(scorer.count()).isZero();
        line.repairs = true;
        assertThat(search.tryStart(new int[] {0}, at(3))).isTrue();
        assertThat(search.best()).isEqualTo(at(0));
        assertThat(scorer.count()).isEqualTo(1);
        scorer.limit(1, () -> false);
        assertThat(search.tryStart(new int[] {0}, at(3))).isTrue();
        assertThat(search.best()).isEqualTo(at(3));
    }

    @Test
    void move_singleMoves_countTheirWorkAndKeepTheBest() {
        Scorer scorer = scorer();
        Line line = new Line(scorer, -1, 2, 2, 4);
        line.work = 6;
        SimulatedAnnealing search = new SimulatedAnnealing(line, Acceptance.BY_DEBS_RULES, scorer);
        search.start(new int[] {0}, at(0));

        assertThat(search.best()).isEqualTo(at(0));
        assertThat(search.move(ScriptedRandom.of(), 0)).isEqualTo(7);
        assertThat(search.bestPlacement(1)).containsExactly(2);
        assertThat(search.move(ScriptedRandom.of(), 0)).isEqualTo(7);
        assertThat(search.move(ScriptedRandom.of(), 0)).isEqualTo(7);
        assertThat(search.best()).isEqualTo(at(4));
        assertThat(search.bestPlacement(1)).containsExactly(4);
    }

    /** Worse by 1 at scale 2 and temperature 0.5: accepted with probability exp(-1). */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5, 0.9, true",
        "-1, 0, 0.9, true",
        "1, 0.5, 0.64, true",
        "1, 0.5, 0.62, false",
        "1, 0, 0.999999, false"
    })
    void metropolis_worse_isAcceptedWithItsProbability(
            double worse, double temperature, double draw, boolean expected) {
        // A draw u accepts if 1 - u < exp(-1), so if u > 0.632.
        assertThat(Acceptance.metropolis(worse, 2, temperature, ScriptedRandom.of(draw)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 0, 0, 1, 1, 5, true", // less that is impossible
        "1, 2, 0, 9, 1, 5, false",
        "9, 1, 2, 1, 1, 3, true", // a smaller violation
        "1, 1, 4, 9, 1, 3, false",
        "3, 1, 3, 3, 1, 3, true", // equal
        "2, 0, 0, 3, 0, 0, true",
        "4, 0, 0, 3, 0, 0, false"
    })
    void debsRules_cold_compareImpossibleThenViolationThenValue(
            double value,
            int impossible,
            double violation,
            double now,
            int nowImpossible,
            double nowViolation,
            boolean ok) {
        assertThat(Acceptance.BY_DEBS_RULES.accepts(
                        new Score(value, impossible, violation),
                        new Score(now, nowImpossible, nowViolation),
                        0,
                        ScriptedRandom.of()))
                .isEqualTo(ok);
    }

    /** At temperature 0.1 and a current value of -20, worse by 2 passes with probability exp(-1). */
    @ParameterizedTest
    @CsvSource({"0.64, true", "0.62, false"})
    void debsRules_hot_scaleTheTemperatureByTheSizeOfTheValue(double draw, boolean expected) {
        assertThat(Acceptance.BY_DEBS_RULES.accepts(
                        new Score(-18, 0, 0), new Score(-20, 0, 0), 0.1, ScriptedRandom.of(draw)))
                .isEqualTo(expected);
    }

    /** Returns the greatest violation that a value better by 1 makes up for: the inverse of penalty times value. */
    private static double tolerated(AdaptivePenalty penalty, double current) {
        double least = 0;
        double greatest = 1e9;
        for (int round = 0; round < 100; round++) {
            double middle = (least + greatest) / 2;
            boolean isAccepted = penalty.accepts(
                    new Score(current - 1, 0, middle), new Score(current, 0, 0), 0, ScriptedRandom.of());
            least = isAccepted ? middle : least;
            greatest = isAccepted ? greatest : middle;
        }
        return least;
    }

    private static Percentage tiny() {
        return Percentage.withPercentage(1e-6);
    }

    @Test
    void adaptivePenalty_violations_weighMoreWhileThereAreAny() {
        AdaptivePenalty penalty = new AdaptivePenalty(4);
        penalty.begin();

        assertThat(tolerated(penalty, 10)).isCloseTo(0.1, tiny());
        assertThat(tolerated(penalty, -20)).isCloseTo(0.05, tiny());
        assertThat(tolerated(penalty, 0)).isCloseTo(1, tiny());
        penalty.adapt(new Score(1, 0, 0.5));
        assertThat(tolerated(penalty, 10)).isCloseTo(0.1 / 1.05, tiny());
        penalty.adapt(new Score(1, 0, 0));
        penalty.adapt(new Score(1, 0, 0));
        assertThat(tolerated(penalty, 10)).isCloseTo(0.1 * 1.05, tiny());
        penalty.begin();
        assertThat(tolerated(penalty, 10)).isCloseTo(0.1, tiny());
    }

    /** Between 0.2 for each task and a million. */
    @Test
    void adaptivePenalty_longPhases_staysWithinItsLimits() {
        AdaptivePenalty penalty = new AdaptivePenalty(4);
        for (int each = 0; each < 1000; each++) {
            penalty.adapt(new Score(1, 0, 0));
        }
        assertThat(tolerated(penalty, 10)).isCloseTo(0.1 / 0.05, tiny());
        for (int each = 0; each < 1000; each++) {
            penalty.adapt(new Score(1, 0, 1));
        }
        assertThat(tolerated(penalty, 10)).isCloseTo(1e-7, tiny());
    }
}
